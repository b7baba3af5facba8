"""SCIM 2.0 (RFC 7643, 7644), as much as it takes to let somebody go: users are read and closed.

By a key that says so and belongs to the provider. Nobody is made, nothing else is changed.
"""

from __future__ import annotations

import re
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404, JsonResponse
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View
from rest_framework.exceptions import APIException

from accounts.api.scim_words import MOST, USER
from accounts.permissions import Perm
from accounts.services.off_boarding import (
    AN_HOUR,
    TooMany,
    off_board,
    read_linked,
    tell_of_refusal,
)
from core.api.parsers import StrictJSONParser
from core.api.throttles import PerCaller
from core.refusals import gettext as _
from core.services import Refused

if TYPE_CHECKING:
    from uuid import UUID

    from allauth.socialaccount.models import SocialAccount
    from django.http import HttpRequest, HttpResponse, HttpResponseBase

    from core.refusals import Words

MESSAGES = "urn:ietf:params:scim:api:messages:2.0"
RULE = "urn:casework:params:scim:api:messages:2.0:Rule"  # an extension: which rule refuses
FILTER = re.compile(r'\s*(userName|externalId|id)\s+eq\s+"([^"]{1,200})"\s*', re.IGNORECASE)


class Scim(View):
    """Only by a key of the provider that is set up: a session is none."""

    key: Any
    actor: Any

    @method_decorator(csrf_exempt)
    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if settings.ORGANISATION is None:
            raise Http404
        self.key, self.actor = getattr(request, "api_key", None), request.user
        if self.key is None:
            return problem(401, _("Send the key of the provider."))
        if not self.actor.has_perm(Perm.PEOPLE_OFF_BOARD) or (
            self.key.provider != settings.ORGANISATION.issuer
        ):
            return problem(403, _("This key is not one of this provider."))
        if seconds := PerCaller().seconds_to_wait(request):
            return too_many(_("Too many calls."), seconds)
        try:
            return super().dispatch(request, *args, **kwargs)
        except Refused as fault:
            request.tells_of_refusal = partial(tell_of_refusal, self.key)  # type: ignore[attr-defined]
            late = isinstance(fault, TooMany)
            return too_many(fault.words, AN_HOUR) if late else problem(409, fault.words)

    def people(self) -> list[SocialAccount]:
        return read_linked(self.key, actor=self.actor)


class Discovery(Scim):
    """What this door can do: one of the parts of `scim_words`, whole or by its id."""

    part: Any = None

    def get(self, request: HttpRequest, name: str = "") -> HttpResponse:
        if not isinstance(self.part, list):
            return answered(self.part)
        if not name:
            return answered(listed(self.part))
        there = [each for each in self.part if each["id"] == name]
        return answered(there[0]) if there else problem(404, _("There is no such thing here."))


class Users(Scim):
    def get(self, request: HttpRequest) -> HttpResponse:
        people, wanted = self.people(), request.GET.get("filter", "")
        if wanted:
            match = FILTER.fullmatch(wanted)
            if match is None:
                return problem(400, _("Filter by userName, externalId or id."), "invalidFilter")
            people = _matching(people, match[1].lower(), match[2])
        first = max(_number(request, "startIndex", 1), 1)
        several = people[first - 1 :][: min(_number(request, "count", MOST), MOST)]
        rows = [_told(request, account) for account in several]
        return answered(listed(rows, first, in_all=len(people)))

    def post(self, request: HttpRequest) -> HttpResponse:
        words = _("Casework makes nobody by SCIM. An administrator invites people.")
        return problem(403, words)


class OneUser(Scim):
    """Whoever is not linked to this provider is not there."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        return self.answer(pk, lambda account: answered(_told(request, account)))

    def patch(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        try:
            active = _active(StrictJSONParser().parse(BytesIO(request.body)))
        except (APIException, TypeError, AttributeError, KeyError):
            return problem(400, _("This is no SCIM message."), "invalidSyntax")
        return self.answer(pk, lambda account: self.change(account, active))

    put = patch

    def delete(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        return self.answer(pk, lambda account: self.change(account, False, status=204))

    def answer(self, pk: UUID, what: Any) -> HttpResponse:
        matches = [account for account in self.people() if account.user_id == pk]
        there: HttpResponse = (
            what(matches[0]) if matches else problem(404, _("There is nobody here."))
        )
        return there

    def change(
        self, account: SocialAccount, active: bool | None, status: int = 200
    ) -> HttpResponse:
        if active and not account.user.is_active:
            return problem(409, _("Only an administrator opens an account: by an invitation."))
        if active is False:
            account.user = off_board(account, actor=self.actor)
        return answered(_told(self.request, account) if status == 200 else {}, status)


def problem(status: int, words: Words, kind: str = "") -> HttpResponse:
    """Several refusals have one status, and the RFC has no word for most of them."""
    message = {"schemas": [f"{MESSAGES}:Error", RULE], "status": str(status), "detail": words}
    message |= {"scimType": kind} if kind else {}
    return answered(message | {RULE: {"code": words.code}}, status)


def too_many(words: Words, seconds: int) -> HttpResponse:
    answer = problem(429, words)
    answer["Retry-After"] = str(seconds)
    return answer


def listed(rows: list[Any], first: int = 1, in_all: int | None = None) -> dict[str, object]:
    """A page of rows that begins with the `first`, of so many in all."""
    return {
        "schemas": [f"{MESSAGES}:ListResponse"],
        "totalResults": len(rows) if in_all is None else in_all,
        "startIndex": first,
        "itemsPerPage": len(rows),
        "Resources": rows,
    }


def answered(message: object, status: int = 200) -> HttpResponse:
    return JsonResponse(message, status=status, content_type="application/scim+json")


def _told(request: HttpRequest, account: SocialAccount) -> dict[str, object]:
    """No name and no address: the provider has them."""
    there = request.build_absolute_uri(f"/api/scim/v2/Users/{account.user_id}")
    return {
        "schemas": [USER],
        "id": str(account.user_id),
        "externalId": account.uid,
        "userName": account.user.username,
        "active": account.user.is_active,
        "meta": {"resourceType": "User", "location": there},
    }


def _matching(people: list[SocialAccount], name: str, value: str) -> list[SocialAccount]:
    """Nobody rather than the wrong one: what the provider calls people goes before our names."""
    matches = [account for account in people if value.casefold() in _names(account)[name]]
    exact = [account for account in matches if account.uid == value] or matches
    return exact if len(exact) == 1 else []


def _names(account: SocialAccount) -> dict[str, list[str]]:
    """By what a filter may ask for somebody: a provider may call people by their address."""
    user = account.user
    return {
        "username": [account.uid.casefold(), user.username.casefold(), user.email.casefold()],
        "externalid": [account.uid.casefold()],
        "id": [str(account.user_id)],
    }


def _number(request: HttpRequest, name: str, default: int) -> int:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else default


def _active(message: Any) -> bool | None:
    """Whether a message wants an account open or closed; None: it is about something else, which
    stays ours."""
    changes = message.get("Operations") or [{"value": message}]
    wanted = None
    for change in changes:
        value = change.get("value")
        if str(change.get("path", "")).lower() != "active":
            value = value.get("active") if isinstance(value, dict) else None
        if value is not None:
            wanted = {"true": True, "false": False}[str(value).lower()]
    return wanted
