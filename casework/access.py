"""How a person stands to single cases: the part of the scope that casework knows."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.apps import apps
from django.db import connection
from django.db.models import Q, Value

from accounts.permissions import Perm
from accounts.roles import TEAM_LEVEL, Role
from casework.enums import READ_BY, READ_IN_EMERGENCY
from casework.models import Assignment, BreakGlass, Conflict, Disclosure
from core.access import IDENTITY, SEALED, PersonRows, Standing

if TYPE_CHECKING:
    from casework.models import Case

ANYBODY = UUID(int=0)  # stands for the person in the statement


def standing_of(user: Any) -> Standing:
    """Teams, emergencies and conflicts in one query; disclosures only for who receives any."""
    text, given = _statement()
    with connection.cursor() as cursor:
        cursor.execute(text, [user.pk if one == ANYBODY else one for one in given])
        rows = cursor.fetchall()
    found: dict[str, list[UUID]] = {"team": [], "named": [], "glass": [], "conflict": []}
    for kind, case, level in rows:
        found[kind].append(case)
        if kind == "team" and level == SEALED:
            found["named"].append(case)
    shown = _disclosed_to(user)
    if found["glass"] and _works_on_cases(user):
        for view in (Perm.CASE_VIEW, *READ_IN_EMERGENCY):
            shown.setdefault(view, []).extend(found["glass"])
    return Standing(found["team"], found["named"], shown, found["conflict"])


@cache
def _statement() -> tuple[str, tuple[Any, ...]]:
    """What every request asks, put into words once for whoever it is."""
    team = Assignment.objects.in_force().filter(Q(level__lt=SEALED) | Q(named=True))
    rows = _cases("team", team).union(
        _cases("glass", BreakGlass.objects.in_force()),
        _cases("conflict", Conflict.objects.in_force()),
        all=True,
    )
    text, given = rows.query.sql_with_params()
    return text, tuple(given)


def _cases(kind: str, rows: Any) -> Any:
    return rows.filter(user=ANYBODY).values_list(Value(kind), "case_id", "level")


def _works_on_cases(user: Any) -> bool:
    return any(TEAM_LEVEL.get(role) == IDENTITY for _office, role in user.roles)


def _disclosed_to(user: Any) -> dict[str, list[UUID]]:
    shown: dict[str, list[UUID]] = {}
    if not any(role == Role.PROSECUTOR for _office, role in user.roles):
        return shown
    for case, parts in Disclosure.objects.in_force().filter(user=user).values_list("case", "parts"):
        for view in (Perm.CASE_VIEW, *(READ_BY[part] for part in parts)):
            shown.setdefault(view, []).append(case)
    return shown


def people_of(case: Case, reader: Any) -> dict[UUID, str]:
    """The persons in a case by the codes they have there, as far as this reader sees them."""
    found: dict[UUID, str] = {}
    for model in person_tables():
        links: Any = apps.get_model(model.access.through)._default_manager
        rows = links.visible_to(reader).filter(case=case)
        found |= dict(rows.values_list(model.access.key, "code"))
    return found


def person_tables() -> list[Any]:
    """The tables of persons: reached by `PersonRows` under a key of their own."""
    tables = [(model, getattr(model, "access", None)) for model in apps.get_models()]
    return [m for m, access in tables if type(access) is PersonRows and access.own == "pk"]
