"""What rests on a person: numbers by office, for readers who see no case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection

from accounts.models import Office

if TYPE_CHECKING:
    from accounts.models import Membership, User


@dataclass(frozen=True)
class Held:
    """Open cases, those with nobody else at work on them, open tasks, and cases offered."""

    office: Office
    cases: int
    alone: int
    tasks: int
    offers: int


@dataclass(frozen=True)
class Stranded:
    """Open cases nobody could read, as they are sealed, and those nobody would manage."""

    office: Office
    sealed: int
    unmanaged: int


def stranded_by(user: User, membership: Membership | None = None) -> list[Stranded]:
    """What would be open to nobody if this person left, or had this role no more."""
    role = membership.pk if membership else None
    with connection.cursor() as cursor:
        cursor.execute(
            "select office_id, sealed, unmanaged from stranded_by(%s, %s)", [user.pk, role]
        )
        numbers = {office: rest for office, *rest in cursor.fetchall()}
    offices = Office.objects.filter(pk__in=numbers).order_by("name")
    return [Stranded(office, *map(int, numbers[office.pk])) for office in offices]


def held_by(user: User) -> list[Held]:
    with connection.cursor() as cursor:
        cursor.execute("select office_id, cases, alone, tasks, offers from held_by(%s)", [user.pk])
        numbers = {office: rest for office, *rest in cursor.fetchall()}
    offices = Office.objects.filter(pk__in=numbers).order_by("name")
    return [Held(office, *map(int, numbers[office.pk])) for office in offices]
