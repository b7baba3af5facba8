"""A screen that was hidden or stood still shows nothing until its person proves it once more.

The session notes when it was locked. It is open again as soon as its last proof is younger.
"""

from __future__ import annotations

import time
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import logout
from django.http import JsonResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _

from accounts.organisation import PROVIDER_PAGES
from accounts.session_store import FAILURES, LOCKED_AT, PAGE
from accounts.sign_in import failures, session
from core import audit
from core.api.errors import problem
from core.quiet import asks_by_itself

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

SEEN_AT = "seen_at"
SEEN_EVERY = 15  # seconds: noted no more often, so a screen locks at most so much early
NEVER_REFUSED = ("accounts:lock", "accounts:unlock", "logout", "healthz", "readyz")
OPEN = (*NEVER_REFUSED, *PROVIDER_PAGES)
MOST_FAILURES = 5


@cache
def never_refused() -> set[str]:
    """The addresses that no limit of calls closes."""
    return {reverse(name) for name in NEVER_REFUSED}


def lock(request: HttpRequest) -> None:
    """From now on nothing is shown. Locking what is locked changes nothing."""
    if is_locked(request):
        return
    request.session.update({LOCKED_AT: time.time(), PAGE: _page(request), FAILURES: 0})
    audit.sign_in("locked", actor=request.user)


def is_locked(request: HttpRequest) -> bool:
    return bool(request.session.get(LOCKED_AT, 0) > _proved_at(request))


def failed(request: HttpRequest) -> None:
    """A wrong try to open it. After a few, the session ends."""
    tried = failures.trace(request, request.user.get_username())
    audit.sign_in("unlock_failed", actor=request.user, **tried)
    request.session[FAILURES] = request.session.get(FAILURES, 0) + 1
    if request.session[FAILURES] >= MOST_FAILURES:
        logout(request)


def way_back(request: HttpRequest) -> str:
    """The page one was on, or the first one."""
    return request.session.get(PAGE) or reverse(settings.LOGIN_REDIRECT_URL)


class ScreenMiddleware:
    """Nothing of a case leaves through a locked session. Keys have no screen."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated or hasattr(request, "api_key"):
            return self.get_response(request)
        if asks_by_itself(request):
            shut = _stood_still(request) or is_locked(request)
            return _closed(request) if shut else self.get_response(request)
        if _stood_still(request):
            lock(request)
        if not is_locked(request):
            _note_use(request)
        elif not session.is_full(request):  # has nothing yet to prove itself with
            logout(request)
        elif request.path not in {reverse(name) for name in OPEN}:
            return _closed(request)
        return self.get_response(request)


def _closed(request: HttpRequest) -> HttpResponse:
    if request.path.startswith("/api/") or not _for_a_person(request):
        body = problem(401, _("The screen is locked."))
        return JsonResponse(body, status=401, content_type="application/problem+json")
    return redirect("accounts:unlock")


def _for_a_person(request: HttpRequest) -> bool:
    """Whether the answer fills a window, rather than going to a script."""
    wanted = request.headers.get("Accept", "")
    kind = request.headers.get("Sec-Fetch-Dest", "document")
    return kind == "document" and not wanted.startswith("application/json")


def _note_use(request: HttpRequest) -> None:
    """Which writes the session, and so renews its idle time."""
    if time.time() - _seen_at(request) >= SEEN_EVERY:
        request.session[SEEN_AT] = time.time()


def _stood_still(request: HttpRequest) -> bool:
    limit = max(settings.SCREEN_LOCKS_AFTER).total_seconds()
    return bool(time.time() - _seen_at(request) > limit)


def _seen_at(request: HttpRequest) -> float:
    begun = request.session.get(session.SIGNED_IN_AT, 0)
    return max(request.session.get(SEEN_AT, 0), begun, _proved_at(request))


def _proved_at(request: HttpRequest) -> float:
    moment = session.proved_at(request)
    return moment.timestamp() if moment else 0


def _page(request: HttpRequest) -> str:
    """The page to come back to. Without its query, which may hold words somebody typed."""
    try:
        match = resolve(_address(request))
    except (ValueError, Resolver404):
        return ""
    opens = hasattr(getattr(match.func, "view_class", None), "get")
    return _address(request) if opens and match.namespace != "accounts" else ""


def _address(request: HttpRequest) -> str:
    if request.method == "GET" and _for_a_person(request):
        return request.path
    came_from = urlsplit(request.headers.get("Referer", ""))
    return came_from.path if came_from.netloc == request.get_host() else ""
