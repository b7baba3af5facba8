"""Offices, the people in them, and what belongs to their accounts."""

from __future__ import annotations

import itertools
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from allauth.socialaccount.models import SocialAccount
from django.db import connection

from accounts import keys
from accounts.models import (
    AccountChange,
    ApiKey,
    Invitation,
    LanguageReading,
    Membership,
    Notice,
    Office,
    SavedView,
    ServiceAccount,
    User,
)
from places.models import Jurisdiction

if TYPE_CHECKING:
    from collections.abc import Iterator

_numbers = itertools.count(5001)
_few: dict[str, Any] = {}  # whom and what rows share where many are made
PREFIXES = {"kolkata": "KOL", "manila": "MNL", "phnompenh": "PNH", "global": "GLO"}
PREFIXES["delhi"] = "DEL"


@contextmanager
def few() -> Iterator[None]:
    """Inside, rows that are told nothing else share three people, who come by turns (some acts
    need two), and places and offices that were looked up once."""
    people = itertools.cycle([user(), user(), user()])
    _few.update(user=lambda: next(people), place=cache(_place), office=cache(_office))
    yield
    _few.clear()


def place(code: str = "IN-WB-KOL") -> Jurisdiction:
    return _few.get("place", _place)(code)


def _place(code: str) -> Jurisdiction:
    return Jurisdiction.objects.get(code=code)


def office(code: str = "kolkata", town: str = "IN-WB-KOL") -> Office:
    return _few.get("office", _office)(code, town)


def _office(code: str, town: str) -> Office:
    known = Office.objects.filter(code=code).first()
    return known or Office.objects.create(
        code=code,
        prefix=PREFIXES[code],
        name=code.title(),
        is_global=code == "global",
        jurisdiction=place(town),
    )


def user(role: str | None = "field_officer", at: Office | None = None, **fields: Any) -> User:
    if _few and (role, at, fields) == ("field_officer", None, {}):
        return _few["user"]()
    number = next(_numbers)
    values = {"username": f"user{number}", "name": f"Invented Person {number}"}
    made = User.objects.create(**(values | fields))
    if role:
        membership(made, role, at or office())
    return made


def membership(
    of: User | None = None, role: str = "field_officer", at: Office | None = None
) -> Any:
    of, at = of or user(role=None), at or office()
    with as_owner():
        return Membership.objects.create(user=of, role=role, office=at)


@contextmanager
def as_owner() -> Iterator[None]:
    """Also while somebody acts: no application writes roles."""
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('role')")
        (role,) = cursor.fetchone()
        if role == "none":
            yield
            return
        cursor.execute("select set_config('role', 'none', true)")
        yield
        cursor.execute("select set_config('role', %s, true)", [role])


def invitation(of: User | None = None, **fields: Any) -> Invitation:
    of = of or user(role=None, is_active=False, email="invented@example.org")
    return Invitation.objects.create(user=of, **fields)


def link(of: User | None = None, uid: str = "") -> SocialAccount:
    """Somebody's account at the organisation's provider."""
    of = of or user()
    return SocialAccount.objects.create(user=of, provider="https://id.test", uid=uid or of.username)


def account_change(of: User | None = None, **fields: Any) -> AccountChange:
    """A role asked for and not decided."""
    values = {"kind": "give", "role": "auditor", "reason": "Invented reason"}
    if fields.get("kind", "give") == "give":
        values["office"] = office()
    values["asked_by"] = fields.pop("asked_by", None) or user("system_admin")
    return AccountChange.objects.create(user=of or user(), **(values | fields))


def notice(of: User | None = None, kind: str = "role-given", target: Any = None) -> Notice:
    target = target or user()
    label = target._meta.label
    told = of or user()
    return Notice.objects.create(user=told, kind=kind, target_type=label, target_id=target.pk)


def saved_view(of: User | None = None, **fields: Any) -> SavedView:
    values = {"listed": "cases", "name": "Invented view", "query": "status=lead"}
    return SavedView.objects.create(owner=of or user(), **(values | fields))


def language_reading(of: User | None = None, **fields: Any) -> LanguageReading:
    values = {"language": "bn", "edition": "0" * 12, "read_by": of or user()}
    return LanguageReading.objects.create(**(values | fields))


def api_key(of: User | None = None) -> ApiKey:
    return keys.make(of or user())[0]


def service_account(
    role: str | None = "data_officer", at: Office | None = None, *, run_by: str = "house"
) -> ServiceAccount:
    """A program with a role, and a person who answers for it."""
    said = {"purpose": "Invented purpose", "run_by": run_by}
    return ServiceAccount.objects.create(user=user(role, at), owner=user(), **said)
