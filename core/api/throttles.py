"""How often one caller may call, pages and API together. Past it: 429, with the seconds to wait.

Pages share the limit, or a session would be a way round it. Hiding the screen and signing out are
never refused.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.cache import caches
from redis.exceptions import RedisError
from rest_framework.throttling import SimpleRateThrottle

if TYPE_CHECKING:
    from django.http import HttpRequest
    from rest_framework.request import Request


class PerCaller(SimpleRateThrottle):
    """One budget per person or key's user. A cache that is away limits nobody: work goes on."""

    scope = "caller"
    kind = "calls"
    cache = caches["calls"]

    def get_rate(self) -> str | None:
        rate: str | None = settings.API_RATE
        return rate

    def get_cache_key(self, request: Request, view: object) -> str | None:
        return f"{self.kind}:{request.user.pk}" if request.user.is_authenticated else None

    def allow_request(self, request: Any, view: Any) -> bool:
        try:
            allowed = bool(super().allow_request(request, view))
        except RedisError:
            return True
        if self.rate and self.key:
            request.limit = self
        return allowed

    def headers(self) -> dict[str, str]:
        """How many calls are left, and in how many seconds there are more again."""
        most, during = self.parse_rate(self.rate)
        left = max((most or 0) - len(self.history), 0)
        more = ceil((during or 0) - (self.now - self.history[-1])) if self.history else 0
        return {
            "RateLimit-Policy": f'"{self.scope}";q={most};w={during}',
            "RateLimit": f'"{self.scope}";r={left};t={more}',
        }

    def seconds_to_wait(self, request: HttpRequest) -> int:
        """For pages: none, and the request is counted; or how long until the next one."""
        return 0 if self.allow_request(request, None) else ceil(self.wait() or 1)


class PerDraft(PerCaller):
    """Drafts have a budget of their own beside it: a page sends one each two seconds at most."""

    scope, kind = "draft", "drafts"

    def get_rate(self) -> str | None:
        rate: str | None = settings.DRAFT_RATE
        return rate
