"""Each request is counted, and leaves a line: route, status, how long it took, its number."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

from django.conf import settings

from core import traces
from core.watch import counters

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

log = logging.getLogger("core.watch")
NO_ROUTE, NO_METHOD = "none", "other"  # of what somebody made up, nothing is said
METHODS = {"GET", "POST", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"}
OF_WATCHERS = {"healthz", "readyz", "metrics"}


class WatchMiddleware:
    """Stands within `RequestMiddleware`, which gives the number, and around all that takes time.

    Of the address only the first word is looked at: the rest may hold an id, or what is searched.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        with traces.of_request() as say:
            response = self.get_response(request)
            match, status = request.resolver_match, response.status_code
            route = match.view_name if match else NO_ROUTE
            method = request.method if request.method in METHODS else NO_METHOD
            say(route, method, status)
        took = time.perf_counter() - began
        counters.answered(route, _side(request.path, route), method, status, took)
        if settings.ACCESS_LOG:
            line = {"route": route, "method": method, "status_code": status}
            log.info("answered", extra=line | {"ms": round(took * 1000)})
        return response


def _side(path: str, route: str) -> str:
    if route in OF_WATCHERS:
        return "watch"
    return "api" if path.startswith("/api/") else "page"
