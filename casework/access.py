"""How a person stands to single cases: the part of the scope that casework knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, UUIDField, Value
from django.db.models.functions import Cast

from accounts.models import Membership
from accounts.permissions import Perm
from accounts.roles import TEAM_LEVEL, Role
from casework.enums import READ_BY, READ_IN_EMERGENCY
from casework.models import Assignment, BreakGlass, Conflict, Disclosure
from core.access import IDENTITY, SEALED, PersonRows
from core.context import session_mark
from core.scopes import Standing
from core.shortcuts.prepared import Prepared

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import Model, QuerySet

    from accounts.models import User
    from casework.models import Case
    from core.access import ScopedQuerySet


def standing_of(user: User) -> Standing:
    """Teams, emergencies and conflicts in one query; disclosures only for who receives any."""
    cases: dict[str, dict[UUID, UUID | None]] = {"team": {}, "glass": {}, "conflict": {}}
    for kind, case, level, office, session in _standing(user.pk):
        if kind == "glass" and session != session_mark.get():
            continue  # broken in another session, or asked for by a key
        cases[kind][case] = None if level == SEALED else office
    disclosures = _disclosed_to(user)
    if cases["glass"] and _works_on_cases(user):
        for view in (Perm.CASE_VIEW, *READ_IN_EMERGENCY):
            disclosures.setdefault(view, []).extend(cases["glass"])
    return Standing(cases["team"], disclosures, list(cases["conflict"]))


NO_SESSION = Cast(Value(None), UUIDField())


def _of(person: object) -> QuerySet[Model]:
    """What every request asks of its person. A role for practice opens no other case, nor one of
    work a case for practice."""
    roles = Membership.objects.in_force().filter(user=person)
    same_world = roles.filter(office__is_practice=OuterRef("office__is_practice"))
    team = Assignment.objects.in_force().filter(Q(level__lt=SEALED) | Q(named=True))
    team = team.filter(Exists(same_world))
    return _cases("team", team, person).union(
        _cases("glass", BreakGlass.objects.in_force().exclude(session=None), person, "session"),
        _cases("conflict", Conflict.objects.in_force(), person),
        all=True,
    )


def _cases(
    kind: str, rows: ScopedQuerySet, person: object, session: Any = NO_SESSION
) -> QuerySet[Model]:
    return rows.filter(user=person).values_list(
        Value(kind), "case_id", "level", "office_id", session
    )


_standing = Prepared(_of)


def _works_on_cases(user: User) -> bool:
    return any(TEAM_LEVEL.get(role) == IDENTITY for _office, role in user.roles)


def _disclosed_to(user: User) -> dict[str, list[UUID]]:
    cases: dict[str, list[UUID]] = {}
    if not any(role == Role.PROSECUTOR for _office, role in user.roles):
        return cases
    for case, parts in Disclosure.objects.in_force().filter(user=user).values_list("case", "parts"):
        for view in (Perm.CASE_VIEW, *(view for part in parts for view in READ_BY[part])):
            cases.setdefault(view, []).append(case)
    return cases


def people_of(case: Case, reader: User) -> dict[UUID, str]:
    """The persons in a case by the codes they have there, as far as this reader sees them."""
    people: dict[UUID, str] = {}
    for model in person_tables():
        links: Any = apps.get_model(model.access.through)._default_manager
        rows = links.visible_to(reader).filter(case=case).order_by("code")
        people |= dict(rows.values_list(model.access.key, "code"))
    return people


def person_tables() -> list[Any]:
    """The tables of persons: reached by `PersonRows` under a key of their own."""
    tables = [(model, getattr(model, "access", None)) for model in apps.get_models()]
    return [m for m, access in tables if type(access) is PersonRows and access.own == "pk"]
