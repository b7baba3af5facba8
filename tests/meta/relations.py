"""Who may see a row, in words of decisions.md: the oracle both walls are held against.

Written apart from accounts/scope.py, accounts/roles.py and walls.sql; it shares nothing with them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import Membership, User
from casework.models import Assignment, Case
from tests import factories
from tests.meta.tables import walled

LONG_AGO, LATER = timedelta(days=-30), timedelta(days=30)


@dataclass(frozen=True)
class Relation:
    """How a person stands to a case. `team`: None, or whether the assignment is in force."""

    at: str = "kolkata"
    team: bool | None = None
    sealed: bool = False
    named: bool = False
    ends: Any = None


@dataclass(frozen=True)
class Person:
    """`roles`: (role, office) with whether it is in force; nothing else gives sight."""

    roles: tuple[tuple[str, str], ...] = ()
    over: bool = False
    to_come: bool = False
    active: bool = True


RELATIONS = {
    "own team": Relation(team=True),
    "own team, until later": Relation(team=True, ends=LATER),
    "own team, ended": Relation(team=False, ends=LONG_AGO),
    "own office": Relation(),
    "other office": Relation(at="manila"),
    "team in another office": Relation(at="manila", team=True),
    "team in another office, ended": Relation(at="manila", team=False, ends=LONG_AGO),
    "sealed": Relation(sealed=True),
    "sealed, on the team, not named": Relation(sealed=True, team=True),
    "sealed and named": Relation(sealed=True, team=True, named=True),
    "sealed and named elsewhere": Relation(at="manila", sealed=True, team=True, named=True),
    "sealed and named, ended": Relation(sealed=True, team=False, named=True, ends=LONG_AGO),
}
# decisions.md, "Roles (code · what they see)": on their cases, and on every case of their office.
SEES = {
    "field_officer": (3, 1),
    "aftercare_worker": (3, 1),
    "legal_officer": (3, 1),
    "case_manager": (3, 3),
    "prosecutor": (0, 0),
    "programme_manager": (0, 0),
    "data_officer": (0, 2),
    "safeguarding_lead": (0, 1),
    "auditor": (0, 0),
    "system_admin": (0, 0),
    "provider_partner": (0, 0),
    "api_client": (0, 0),
}
PEOPLE = (
    {f"{role} in the office": Person(((role, "kolkata"),)) for role in SEES}
    | {f"{role} in the global office": Person(((role, "global"),)) for role in SEES}
    | {
        "no role": Person(),
        "membership over": Person((("case_manager", "kolkata"),), over=True),
        "membership to come": Person((("case_manager", "kolkata"),), to_come=True),
        "global membership over": Person((("data_officer", "global"),), over=True),
        "not active": Person((("case_manager", "kolkata"),), active=False),
        "global, not active": Person((("case_manager", "global"),), active=False),
        "two offices": Person((("field_officer", "kolkata"), ("data_officer", "manila"))),
        "two roles": Person((("legal_officer", "kolkata"), ("safeguarding_lead", "global"))),
    }
)


def may(person: Person, relation: Relation, level: int) -> bool:
    """Is a row at this level in this person's scope?"""
    if not person.active or person.over or person.to_come:
        return False
    on_team = bool(relation.team) and (relation.named or not relation.sealed)
    if on_team and any(SEES[role][0] >= level for role, _at in person.roles):
        return True
    return not relation.sealed and any(
        SEES[role][1] >= level and at in (relation.at, "global") for role, at in person.roles
    )


def offices():
    return {
        "kolkata": factories.office("kolkata"),
        "manila": factories.office("manila", "PH-MNL"),
        "global": factories.office("global"),
    }


def build():
    """For every relation a case with at least one row in every table of case data."""
    at = offices()
    cases = {}
    for name, relation in RELATIONS.items():
        case = factories.case(at[relation.at], level=4 if relation.sealed else 1)
        for model in walled():
            if model is not Case:
                factories.FACTORIES[model](case=case)
        cases[name] = case
    return cases


def place(person: Person, cases) -> User:
    """Make this person, with memberships and a place on the teams."""
    at, now = offices(), timezone.now()
    user = factories.user(role=None, is_active=person.active)
    for role, office in person.roles:
        Membership.objects.create(
            user=user,
            role=role,
            office=at[office],
            started_at=now + (LATER if person.to_come else 2 * LONG_AGO),
            ended_at=now + LONG_AGO if person.over else None,
        )
    for name, relation in RELATIONS.items():
        if relation.team is not None:
            Assignment.objects.create(
                case=cases[name],
                user=user,
                named=relation.named,
                ended_at=relation.ends and now + relation.ends,
            )
    return User.objects.get(pk=user.pk)
