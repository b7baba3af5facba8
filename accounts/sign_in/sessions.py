"""Where one is signed in: listed, and ended one by one or all at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from allauth.usersessions.models import UserSession
from allauth.usersessions.views import ListUserSessionsView
from django.dispatch import Signal
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.sign_in.guards import Fresh

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

ended = Signal()  # somebody's sessions were ended before their time

# Mark in the user agent: word. The first that fits; browsers name their ancestors as well.
BROWSERS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "CrOS": "ChromeOS",
    "Windows": "Windows",
    "Mac OS X": "Mac",
    "Linux": "Linux",
}


def device_words(user_agent: str) -> str:
    """What a person recognises a device by."""
    browser = _first(BROWSERS, user_agent)
    system = _first(SYSTEMS, user_agent)
    if browser and system:
        return pgettext("device", "%(browser)s on %(system)s") % {
            "browser": browser,
            "system": system,
        }
    return browser or system or _("Unknown device")


def end_all(user: object, *, but: str | None = None, request: object = None) -> int:
    """End this person's sessions, except the one with this key; says how many there were."""
    rows = [row for row in UserSession.objects.filter(user=user) if row.session_key != but]
    for row in rows:
        row.end()
    if rows:
        ended.send(UserSession, user=user, number=len(rows), request=request)
    return len(rows)


def end_others(request: HttpRequest) -> int:
    return end_all(request.user, but=request.session.session_key, request=request)


class Sessions(Fresh, ListUserSessionsView):
    """The list; each row but one's own has a button that ends it."""

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        context = super().get_context_data(**kwargs)
        for row in context["sessions"]:
            row.device = device_words(row.user_agent)
        return context

    def form_valid(self, form: object) -> HttpResponse:
        """One's own number in the form ends that one; no number ends all others."""
        number = self.request.POST.get("session", "")
        if not number:
            end_others(self.request)
        elif row := self._mine(number):
            row.end()
            ended.send(UserSession, user=self.request.user, number=1, request=self.request)
        return super(ListUserSessionsView, self).form_valid(form)

    def _mine(self, number: str) -> UserSession | None:
        if not (number.isascii() and number.isdigit() and len(number) < 19):
            return None
        rows = UserSession.objects.filter(user=self.request.user, pk=int(number))
        return rows.exclude(session_key=self.request.session.session_key).first()


def _first(names: dict[str, str], text: str) -> str:
    return next((word for mark, word in names.items() if re.search(rf"\b{mark}\b", text)), "")
