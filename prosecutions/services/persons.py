"""Looking at a person across cases, and at two records side by side, is an act: it is recorded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from accounts.permissions import Perm
from core import audit
from core.services import service
from prosecutions.models import Merge, Perpetrator, Suspect
from prosecutions.networks import seats_of
from prosecutions.persons import alike, records_of, roles_of
from prosecutions.roles import on_record

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.db.models import QuerySet

    from accounts.models import User
    from casework.models import Case


OFFERED = 200


@dataclass(frozen=True)
class Person:
    """A person as one reader may know it: nothing of cases that are not open."""

    records: list[Perpetrator]
    roles: list[Suspect]

    @property
    def stands(self) -> Perpetrator:
        """The record that stands for the person, or the eldest of those open to the reader."""
        return self.records[0]


@service(Perm.SUSPECT_VIEW)
def read_person(perpetrator: Perpetrator, *, actor: User) -> dict[str, Any]:
    """The person with every role and arrest, the merges behind it, and who may be the same."""
    person = _person(perpetrator, actor)
    roles = on_record(person.roles, actor)
    seats = seats_of(person.roles, actor)
    others = _alike(person.records, actor)
    theirs = [role for _row, roles in others for role in roles]
    merges = _merges_of(person.records, actor)
    ids = [*_ids([*person.roles, *theirs]), *(seat.network_id for seat in seats)]
    audit.read("perpetrator.read", perpetrator, actor=actor, shown=ids)
    return {
        "person": person,
        "roles": roles,
        "seats": seats,
        "merges": list(merges),
        "alike": others,
    }


@service(Perm.SUSPECT_NAME)
def offer_known(case: Case, *, actor: User) -> list[Suspect]:
    """Suspects of other cases, the newest first, of whom one may be a suspect of this one, too."""
    rows = Suspect.objects.visible_to(actor).exclude(case=case)
    suspects = list(rows.select_related("case", "perpetrator").order_by("-created_at")[:OFFERED])
    audit.read("suspect.offered", case, actor=actor, shown=_ids(suspects))
    return suspects


@service(Perm.PERPETRATOR_MERGE)
def compare_perpetrators(
    perpetrator: Perpetrator, *, other: Perpetrator, actor: User
) -> tuple[Person, Person]:
    """Two persons side by side, before they are said to be one."""
    pair = _person(perpetrator, actor), _person(other, actor)
    ids = _ids(role for person in pair for role in person.roles)
    audit.read("perpetrators.compared", perpetrator, actor=actor, shown=ids)
    return pair


@service(Perm.SUSPECT_VIEW)
def read_alike(perpetrator: Perpetrator, *, actor: User) -> list[tuple[Perpetrator, list[Suspect]]]:
    """Who may be the same person, each with the roles of that record."""
    others = _alike(records_of(perpetrator, actor), actor)
    ids = _ids(role for _row, roles in others for role in roles)
    audit.read("perpetrator.alike", perpetrator, actor=actor, shown=ids)
    return others


def _person(record: Perpetrator, user: User) -> Person:
    records = records_of(record, user)
    return Person(records, list(roles_of(records, user).with_standing()))


def _alike(records: list[Perpetrator], user: User) -> list[tuple[Perpetrator, list[Suspect]]]:
    others = alike(records, user)
    roles = list(roles_of(others, user)) if others else []
    return [(row, [role for role in roles if role.perpetrator_id == row.pk]) for row in others]


def _merges_of(records: list[Perpetrator], user: User) -> QuerySet[Merge]:
    """The merges in force of which both records are open to the reader."""
    open_to = Perpetrator.objects.visible_to(user)
    rows = Merge.objects.visible_to(user).filter(kept__in=records, undone_at=None)
    return rows.filter(other__in=open_to).select_related("merged_by").order_by("created_at", "pk")


def _ids(roles: Iterable[Suspect]) -> list[UUID]:
    """The cases, suspects and persons seen with these roles."""
    return [pk for role in roles for pk in (role.case_id, role.pk, role.perpetrator_id)]
