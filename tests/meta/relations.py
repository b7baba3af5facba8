"""Who may see a row: the matrix in words, the oracle both walls are held against.

Written apart from accounts/scope.py, accounts/roles.py and walls.sql; it shares nothing with them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import Membership, User
from casework.models import Assignment, Case, CaseLink
from tests import factories
from tests.factories import justice
from tests.factories.people import few
from tests.meta.matrix import ROLES, is_shown, sees
from tests.meta.tables import know_sizes, walled

LONG_AGO, LATER = timedelta(days=-30), timedelta(days=30)


@dataclass(frozen=True)
class Relation:
    """How a person stands to a case. `team`: None, or whether the assignment is in force."""

    at: str = "kolkata"
    team: bool | None = None
    sealed: bool = False
    named: bool = False
    ends: Any = None
    disclosed: dict[str, Any] | None = None  # fields of the disclosure to this person
    glass: dict[str, Any] | None = None  # fields of the broken glass
    conflict: dict[str, Any] | None = None  # fields of the conflict of interest

    @property
    def is_conflicted(self) -> bool:
        return self.conflict == {}

    def to(self, office: str) -> str:
        """The line of the matrix for somebody of this office; the global one is everywhere."""
        at_home = office in (self.at, "global")
        if self.is_conflicted:
            return "conflicted"
        if self.team and self.sealed and self.named:
            return "sealed and named"
        if self.sealed:
            return "sealed"
        if self.team:
            return "on the team" if at_home else "on a team elsewhere"
        return "of the own office" if at_home else "of another office"


@dataclass(frozen=True)
class Person:
    """`roles`: (role, office) with whether it is in force; nothing else gives sight."""

    roles: tuple[tuple[str, str], ...] = ()
    over: bool = False
    to_come: bool = False
    active: bool = True

    @property
    def works(self) -> bool:
        """Has a role that is in force now."""
        return self.active and not self.over and not self.to_come and bool(self.roles)


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
    "conflicted": Relation(conflict={}),
    "conflicted, on the team": Relation(team=True, conflict={}),
    "conflicted, sealed and named": Relation(sealed=True, team=True, named=True, conflict={}),
    "conflict lifted": Relation(conflict={"status": "lifted"}),
    "disclosed": Relation(at="manila", disclosed={}),
    "disclosed in part": Relation(at="manila", disclosed={"parts": ["people", "court"]}),
    "disclosure expired": Relation(at="manila", disclosed={"expires_at": LONG_AGO}),
    "disclosure proposed": Relation(at="manila", disclosed={"status": "proposed"}),
    "disclosure ended": Relation(at="manila", disclosed={"status": "ended"}),
    "disclosed, then sealed": Relation(at="manila", sealed=True, disclosed={}),
    "disclosed while sealed": Relation(at="manila", sealed=True, disclosed={"named": True}),
    "disclosed and conflicted": Relation(at="manila", disclosed={}, conflict={}),
    "glass broken": Relation(at="manila", glass={}),
    "glass over": Relation(at="manila", glass={"expires_at": LONG_AGO}),
    "glass ended": Relation(at="manila", glass={"status": "ended"}),
    "glass broken, then sealed": Relation(at="manila", sealed=True, glass={}),
    "glass broken and conflicted": Relation(at="manila", glass={}, conflict={}),
}
DISCLOSABLE = ("rescue", "narrative", "site", "people", "identity", "suspect", "court", "document")
PEOPLE = (
    {f"{role} in the office": Person(((role, "kolkata"),)) for role in ROLES.values()}
    | {f"{role} in the global office": Person(((role, "global"),)) for role in ROLES.values()}
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


def may(person: Person, relation: Relation, level: int, part: str | None) -> bool:
    """Is a row at this level, of this part of the case, in this person's scope?"""
    if not person.works or relation.is_conflicted:
        return False
    if part and shown(person, relation, part):
        return True
    if part and part != "document" and in_emergency(person, relation):
        return True
    return reaches(person, relation, level)


def reaches(person: Person, relation: Relation, level: int) -> bool:
    """Is such a row open to this person also to write, whatever was shown?"""
    return person.works and any(sees(role, relation.to(at)) >= level for role, at in person.roles)


def shown(person: Person, relation: Relation, part: str) -> bool:
    """Does a disclosure in force show this part of the case to this person?"""
    told = relation.disclosed
    if told is None or not any(is_shown(role, "disclosed") for role, _at in person.roles):
        return False
    in_force = told.get("status", "confirmed") == "confirmed" and "expires_at" not in told
    parts = told.get("parts", DISCLOSABLE)
    hidden = relation.sealed and not told.get("named")
    return in_force and not hidden and part in ("case", *parts)


def in_emergency(person: Person, relation: Relation) -> bool:
    """Has this person, who works on cases, broken the glass of this one, and not too long ago?"""
    works = any(is_shown(role, "glass broken") for role, _at in person.roles)
    return relation.glass == {} and works and not relation.sealed


def own(person: Person, relation: Relation, name: str) -> bool:
    """Is the row of this table that is about the person open to the person?"""
    if name == "casework_conflict":
        return relation.conflict is not None
    if not person.works or relation.is_conflicted:
        return False
    if name == "casework_disclosure":
        return shown(person, relation, "case")
    if name == "prosecutions_answer":
        return shown(person, relation, "court") or in_emergency(person, relation)
    return name == "casework_breakglass" and in_emergency(person, relation)


def offices():
    return {
        "kolkata": factories.office("kolkata"),
        "manila": factories.office("manila", "PH-MNL"),
        "global": factories.office("global"),
    }


def bare(name):
    """A case that can stand in this relation, and nothing that hangs from it."""
    relation = RELATIONS[name]
    return factories.case(offices()[relation.at], level=4 if relation.sealed else 1)


def build(names=tuple(RELATIONS)):
    """For each of these relations a case with at least one row in every table of case data."""
    cases = {}
    with few():
        for name in names:
            case = bare(name)
            for model in walled():
                if model not in (Case, CaseLink):
                    factories.FACTORIES[model](case=case)
            cases[name] = case
            if len(cases) == 1:
                know_sizes()  # else what the others hang from is looked for row by row
    known = cases.get("own office")  # to whoever reads a link; its own leads to another of theirs
    for case in cases.values():
        factories.case_link(case, other=cases.get("own team") if case is known else known)
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
    for name, case in cases.items():
        relation = RELATIONS[name]
        if relation.team is not None:
            Assignment.objects.create(
                case=case,
                user=user,
                named=relation.named,
                ended_at=relation.ends and now + relation.ends,
            )
        stand(user, case, relation)
    return User.objects.get(pk=user.pk)


def stand(user: User, case: Case, relation: Relation) -> None:
    """What was shown to this person of the case, and what forbids it."""
    now = timezone.now()

    def dated(fields: dict[str, Any]) -> dict[str, Any]:
        return {k: now + v if isinstance(v, timedelta) else v for k, v in fields.items()}

    if relation.disclosed is not None:
        factories.disclosure(case, user, **dated(relation.disclosed))
    if relation.glass is not None:
        fields = dated(relation.glass)
        if "expires_at" in fields:
            fields["started_at"] = fields["expires_at"] - timedelta(minutes=60)
        factories.break_glass(case, user, **fields)
    if relation.disclosed is not None or relation.glass is not None:
        justice.answer(case, user=user)
    if relation.conflict is not None:
        lifted = relation.conflict and {"lifted_by": factories.user(), "lifted_at": now}
        factories.conflict(case, user, **relation.conflict, **lifted)
