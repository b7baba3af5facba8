"""What a session has proved, read from the steps that django-allauth keeps in it."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from allauth.account.internal.flows.login import (
    AUTHENTICATION_METHODS_SESSION_KEY,
    get_authentication_records,
)
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.conf import settings

if TYPE_CHECKING:
    from django.http import HttpRequest

SIGNED_IN_AT = "signed_in_at"
MARK = "mark"
DEMONSTRATION = "demonstration"
PROVIDER = "provider"  # as a method, with what it said
FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]  # recovery codes only stand in


def begin(request: HttpRequest) -> None:
    """Note the moment of sign-in, from which the longest life of the session counts."""
    request.session[SIGNED_IN_AT] = time.time()
    request.session[MARK] = str(uuid4())


def mark(request: HttpRequest) -> UUID:
    """What stands for this session where its key may not; a new sign-in is another session."""
    return UUID(request.session.setdefault(MARK, str(uuid4())))


def is_over(request: HttpRequest) -> bool:
    """Whether it has lived as long as any session may, however busy."""
    began = request.session.get(SIGNED_IN_AT, 0)
    return bool(time.time() - began >= settings.SESSION_LONGEST.total_seconds())


def without_factor(request: HttpRequest) -> bool:
    """The printed sign-ins of the demonstration need no second factor; nobody else is let off."""
    return bool(settings.DEMO and request.session.get(DEMONSTRATION))


def is_full(request: HttpRequest) -> bool:
    """Whether a second factor was given in this very session, not only set up somewhere."""
    return bool(_factors(request)) or without_factor(request)


def proved_at(request: HttpRequest) -> datetime | None:
    """When this session last proved who it is: by its second factor, or all it has."""
    ways = (
        _factors(request),
        _moments(request, "password"),
        [at for at, _asked in confirmed_by_provider(request)],
    )
    moments = next((way for way in ways if way), [])
    return datetime.fromtimestamp(max(moments), UTC) if moments else None


def confirmed_at(request: HttpRequest) -> datetime | None:
    """The same, as a grave step asks for it: who signed in by a provider was asked there as well,
    anew, so that whom it lets in no longer takes none."""
    proved, there = proved_at(request), [when for _at, when in confirmed_by_provider(request)]
    if proved is None or not there:
        return proved
    return min(proved, datetime.fromtimestamp(max(there), UTC))


def confirmed_by_provider(request: HttpRequest) -> list[tuple[float, float]]:
    """Each time a provider said who this is, and when it had asked its person."""
    return [(record["at"], record["asked"]) for record in _by_provider(request, request.user)]


def must_ask(request: HttpRequest) -> bool:
    """Whether a grave step goes to the provider first: who signed in by it, but for the last
    minutes."""
    moments = [when for _at, when in confirmed_by_provider(request)]
    recent = time.time() - max(moments, default=0) < settings.STEP_UP_WITHIN.total_seconds()
    return bool(moments) and not (recent and has_factor(request.user))


def way_out(request: HttpRequest) -> str:
    """Where a session that began at a provider ends there as well, if it says where."""
    records = _by_provider(request, request.user)
    return records[-1]["way_out"] if records else ""


def vouched(request: HttpRequest, user: object) -> bool:
    """Whether the provider says that it asked this person for a second factor."""
    return any(record["factor"] for record in _by_provider(request, user))


def _factors(request: HttpRequest) -> list[float]:
    there = [record["at"] for record in _by_provider(request, request.user) if record["factor"]]
    return _moments(request, "mfa") + there


def _by_provider(request: HttpRequest, user: object) -> list[Any]:
    """What it said, while there is one."""
    records = get_authentication_records(request, user) if settings.ORGANISATION else []
    return [record for record in records if record["method"] == PROVIDER]


def has_factor(user: object) -> bool:
    """Whether this person has set up a second factor."""
    return bool(is_mfa_enabled(user, FACTORS))


def renew(request: HttpRequest) -> None:
    """Another number for this session: what is worth more, or less, than before is not the same.

    A slower request that still holds the old one cannot write it back.
    """
    old = request.session.session_key
    request.session.cycle_key()
    rows = UserSession.objects.filter(session_key=old)
    rows.update(session_key=request.session.session_key)


def forget_factor(request: HttpRequest) -> None:
    """The last factor is gone: this session is back where one is set up."""
    renew(request)
    moment = max(_moments(request, "mfa"), default=0.0)
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "password", "at": moment}]


def _moments(request: HttpRequest, method: str) -> list[float]:
    records = get_authentication_records(request, request.user)
    return [record["at"] for record in records if record["method"] == method]
