"""The cache that every request asks, in Redis: how many calls somebody made, which faults are met.

Django makes a client for each command. That was a sixth of what an open page costs when it asks
what is new, and nothing of it is kept from one command to the next.
"""

from __future__ import annotations

from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from django.utils.functional import cached_property


class OneClient(RedisCacheClient):
    """One server, one client; its connections are of a pool, one for each thread that asks."""

    @cached_property
    def _client_of_all(self) -> Any:
        return super().get_client()

    def get_client(self, key: object = None, *, write: bool = False) -> Any:
        return self._client_of_all


class CallsCache(RedisCache):
    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = OneClient
