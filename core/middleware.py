"""What happens around every request: its number, its headers, and whom the database serves."""

from __future__ import annotations

import uuid
from contextlib import suppress
from datetime import UTC
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.http import FileResponse
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import add_never_cache_headers

from core import audit
from core.context import acting_as, request_id
from core.days import clock
from core.quiet import asks_by_itself

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import tzinfo

    from django.http import HttpRequest, HttpResponse

PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


class PackingMiddleware(GZipMiddleware):
    """Pages and JSON travel packed, a quarter of their size; files and streams go as they are.

    Django adds bytes by chance, so that the length of a page tells nothing of its words.
    """

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        kind = response.get("Content-Type", "").partition(";")[0]
        words = kind.startswith("text/") or kind.endswith("json")
        packs = words and not response.streaming
        return super().process_response(request, response) if packs else response


class RequestMiddleware:
    """Give the request a number, and keep its answer out of every cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = request_id.set(_number(request))
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = str(request_id.get())
        finally:
            request_id.reset(token)
        response["Permissions-Policy"] = PERMISSIONS_POLICY
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response


def _number(request: HttpRequest) -> uuid.UUID:
    """That of our own proxy, where one is named to give it; else a new one.

    What has not the form of one was made up by somebody, and would stand in the history.
    """
    if header := settings.REQUEST_ID_HEADER:
        with suppress(ValueError):
            return uuid.UUID(request.headers.get(header, ""))
    return uuid.uuid4()


# Of the app that has them, the beginnings of addresses where somebody else calls than whose session
# it is, and is asked by the view.
doors: list[str] = []


class ActingMiddleware:
    """One transaction per request, in which the database shows what this person may see.

    In it, it is the day and hour of the person's office; for a key, those of UTC.

    Rendering happens inside it. An answer of 400 or more keeps nothing: Django turns exceptions
    into responses within the transaction, which would otherwise commit half a case. What such an
    answer shows all the same, a form once more, is recorded aside; who must learn of it is told
    in a transaction after it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated or request.path_info.startswith(tuple(doors)):
            return self.get_response(request)
        with audit.reads() as reads, acting_as(request.user.pk), clock.by(_zone(request)):
            response = self.get_response(request)
            if response.status_code >= 400:
                transaction.set_rollback(True)
            if response.streaming and not isinstance(response, FileResponse):
                raise ImproperlyConfigured("Case data must not be streamed: it outlives the scope.")
        if response.status_code >= 400:
            audit.keep(reads)
            if tells := getattr(request, "tells_of_refusal", None):
                with acting_as(request.user.pk):
                    tells()
        if response.status_code in {403, 404} and request.resolver_match:
            match = request.resolver_match
            audit.denied(
                f"{response.status_code} {request.method} {match.view_name}",
                actor=request.user,
                target_id=str(match.kwargs.get("pk", "")),
            )
        return response


def _zone(request: HttpRequest) -> tzinfo:
    """A program has no office: its calls go by UTC, whoever its user is."""
    by_itself = asks_by_itself(request)  # has no hour unless there is something to say
    return UTC if by_itself or getattr(request, "api_key", None) else clock.of(request.user)
