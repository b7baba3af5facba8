"""A fault outside, remembered for a while by all processes: none needs to meet it again."""

from __future__ import annotations

from contextlib import suppress
from typing import NamedTuple

from django.core.cache import caches
from redis.exceptions import RedisError


class Remembered(NamedTuple):
    """A fault by its word, in the log and in the cache. Without Redis nothing is remembered."""

    word: str
    seconds: int

    def note(self) -> None:
        with suppress(RedisError):
            caches["calls"].set(self.word, True, self.seconds)

    def forget(self) -> None:
        caches["calls"].delete(self.word)

    def lately(self) -> bool:
        """Whether a process noted it within these seconds."""
        with suppress(RedisError):
            return bool(caches["calls"].get(self.word))
        return False
