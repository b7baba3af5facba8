"""No session gets above "set up your second factor" without one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth import logout
from django.http import JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.organisation import PROVIDER_PAGES
from accounts.sign_in import devices, session
from core.api.errors import problem
from core.context import confirmed_at, session_mark

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

# What a session may open that has not given a second factor.
OPEN = {"login", "logout", "accounts:lock", "accounts:language", "healthz", "readyz"}
OPEN |= {*PROVIDER_PAGES}
SET_UP = {"mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate"}
CONFIRM = {"account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"}


class SessionMiddleware:
    """Ends what has lived too long, keeps back what is half signed in. Keys are not sessions."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _in_session(request) and session.is_over(request):
            logout(request)
        inside = _in_session(request)
        confirmed = confirmed_at.set(session.confirmed_at(request) if inside else None)
        mark = session_mark.set(session.mark(request) if inside else None)
        try:
            response = self.get_response(request)
        finally:
            confirmed_at.reset(confirmed)
            session_mark.reset(mark)
        if _in_session(request) and session.is_full(request):
            devices.remember(request, response)
        return response

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        if not _in_session(request) or session.is_full(request):
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        enrolled = session.has_factor(request.user)
        if name in OPEN | (CONFIRM if enrolled else SET_UP):
            return None
        if request.path.startswith("/api/"):
            detail = _("First give your second factor on the Casework page.")
            return JsonResponse(
                problem(403, detail), status=403, content_type="application/problem+json"
            )
        return redirect("account_reauthenticate" if enrolled else "mfa_activate_totp")


def _in_session(request: HttpRequest) -> bool:
    return request.user.is_authenticated and not hasattr(request, "api_key")
