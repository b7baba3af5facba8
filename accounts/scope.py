"""The first wall's arithmetic: from memberships and single cases to arrays of ids.

`open_context` in the database does the same sum from the same tables, on its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps

from accounts.permissions import Perm
from accounts.roles import GRANTS, OFFICE_LEVEL, TEAM_LEVEL
from core.access import CONTENT, EXISTS, IDENTITY
from core.scopes import CountScope, Scope, Standing, standings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID


def standing_of(user: Any) -> Standing:
    """How this person stands to single cases. Nobody without a role stands to any."""
    if not user.roles:
        return Standing(team={}, shown={}, conflicts=[])
    (source,) = standings
    return source(user)


def scope_of(user: Any) -> Scope:
    team_level = _team_level(user)
    levels = (EXISTS, CONTENT, IDENTITY)
    offices = _reach(user, {level: _offices(user, level) for level in levels})
    team = {level: user.standing.team if team_level >= level else {} for level in levels}
    return Scope(
        offices=offices,
        cases={level: _beyond(offices[level], team[level]) for level in levels},
        shown=user.standing.shown,
        conflicts=user.standing.conflicts,
    )


def count_scope_of(user: Any) -> CountScope:
    """What this person's figures are made of. Nothing that is done for practice."""
    if user.practises:
        return CountScope([], [])
    mine = {office for office, role in user.roles if Perm.REPORT_VIEW in GRANTS[role]}
    offices = _reach(user, {0: mine})[0]
    return CountScope(offices, user.standing.named if offices and _team_level(user) else [])


def _beyond(offices: list[UUID], team: Mapping[UUID, UUID | None]) -> list[UUID]:
    """The cases of a team that these offices do not open. A manager of an office may be on the team
    of each of its cases: every statement of every page would name them all for nothing."""
    opened = set(offices)
    return [case for case, office in team.items() if office not in opened]


def _team_level(user: Any) -> int:
    return max((TEAM_LEVEL.get(role, 0) for _office, role in user.roles), default=0)


def _offices(user: Any, level: int) -> set[UUID]:
    return {office for office, role in user.roles if OFFICE_LEVEL.get(role, 0) >= level}


def _reach(user: Any, mine: dict[int, set[UUID]]) -> dict[int, list[UUID]]:
    """These offices; all of them but those for practice where one is the global office."""
    by_level = {level: list(offices) for level, offices in mine.items()}
    everywhere = [level for level, offices in mine.items() if offices & user.globally]
    if everywhere:
        every = list(apps.get_model("accounts.Office").objects.real().values_list("pk", flat=True))
        by_level |= dict.fromkeys(everywhere, every)
    return by_level
