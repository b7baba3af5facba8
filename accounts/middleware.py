"""A key in the Authorization header stands for its user; pages are limited as calls are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.core.internal.httpkit import get_client_ip
from django.http import JsonResponse
from django.utils.translation import gettext as _

from accounts import keys
from accounts.screen import never_refused
from core import audit
from core.api.errors import problem
from core.api.throttles import PerCaller
from core.pages import too_many

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse


class KeyMiddleware:
    """Keys open the API only. A wrong key is a 401, never a fall-back to the session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        header = request.headers.get("Authorization")
        if header is None or not request.path.startswith("/api/"):
            return self.get_response(request)
        kind, _space, text = header.partition(" ")
        key = keys.find(text.strip()) if kind.lower() == "bearer" else None
        if key and key.networks and not key.is_open_to(get_client_ip(request) or ""):
            # Told nothing, but put on record: most likely somebody else has the key.
            audit.denied("key.elsewhere", actor=key.user, target_id=str(key.pk))
            key = None
        if key is None:
            detail = _("This key is unknown, revoked or expired.")
            response = JsonResponse(
                problem(401, detail), status=401, content_type="application/problem+json"
            )
            response["WWW-Authenticate"] = 'Bearer realm="casework"'
            return response
        keys.note_use(key)
        if key.verbs is not None:
            key.user.act_with(key.verbs)
        request.user = key.user
        request.api_key = key  # type: ignore[attr-defined]
        return self.get_response(request)


class LimitMiddleware:
    """Pages count against the same limit as calls: a session is no way round it.

    Hiding the screen and signing out are never refused.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/api/") or request.path in never_refused():
            return self.get_response(request)
        if seconds := PerCaller().seconds_to_wait(request):
            return too_many(request, seconds)
        return self.get_response(request)
