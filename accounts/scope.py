"""The first wall's arithmetic: from memberships and teams to arrays of ids.

`open_context` in the database does the same sum from the same tables, on its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps

from accounts.permissions import Perm
from accounts.roles import GRANTS, OFFICE_LEVEL, TEAM_LEVEL
from core.access import (
    CONTENT,
    EXISTS,
    IDENTITY,
    CountScope,
    Scope,
    case_grants,
    conflict_sources,
    named_case_sources,
)

if TYPE_CHECKING:
    from uuid import UUID


def scope_of(user: Any) -> Scope:
    team_level = max((TEAM_LEVEL.get(role, 0) for _office, role in user.roles), default=0)
    team = [case for grants in case_grants for case in grants(user)] if team_level else []
    levels = (EXISTS, CONTENT, IDENTITY)
    return Scope(
        offices={level: _offices(user, level) for level in levels},
        cases={level: team if team_level >= level else [] for level in levels},
        conflicts=[case for source in conflict_sources for case in source(user)],
    )


def count_scope_of(user: Any) -> CountScope:
    """What this person's figures are made of."""
    mine = {office for office, role in user.roles if Perm.REPORT_VIEW in GRANTS[role]}
    offices = _reach(mine)
    named = [case for source in named_case_sources for case in source(user)] if offices else []
    return CountScope(offices, named)


def _offices(user: Any, level: int) -> list[UUID]:
    return _reach({office for office, role in user.roles if OFFICE_LEVEL.get(role, 0) >= level})


def _reach(mine: set[UUID]) -> list[UUID]:
    """These offices; all of them where one is the global office."""
    if not mine:
        return []
    offices = apps.get_model("accounts.Office").objects
    if offices.filter(pk__in=mine, is_global=True).exists():
        return list(offices.values_list("pk", flat=True))
    return list(mine)
