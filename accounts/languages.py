"""In which language the interface speaks to somebody.

A person's choice is kept in their account. What was chosen in a browser, before signing in, is kept
there until it is closed. Where nobody chose, Django goes by what the browser asks for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import activate, get_language

from accounts.permissions import Perm
from accounts.services.own import choose_language

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from accounts.models import User


class LanguageMiddleware:
    """Pages are in the language of whoever is signed in. Calls with a key ask for theirs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        person: Any = request.user
        chosen = "" if hasattr(request, "api_key") else getattr(person, "language", "")
        if chosen and chosen != get_language():
            activate(chosen)
            request.LANGUAGE_CODE = chosen
        return self.get_response(request)


def chosen_here(request: HttpRequest) -> str:
    """What was chosen in this browser; empty, or a language we have."""
    code = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return code if code in dict(settings.LANGUAGES) else ""


def keep_here(response: HttpResponse, code: str) -> None:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def take_over(request: HttpRequest, user: User) -> None:
    """Whoever signs in for the first time keeps what they chose on the page before."""
    if not user.language and (code := chosen_here(request)):
        choose(code, user)


def choose(code: str, user: User) -> None:
    """In the account. Who has no role yet can change nothing, and reads by the browser."""
    if code != user.language and user.has_perm(Perm.LANGUAGE_CHOOSE):
        choose_language(code, actor=user)
