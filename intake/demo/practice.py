"""What an office for practice begins with: a few rescues, all of them invented."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.contrib.auth.hashers import make_password
from django.db import connection

from accounts.models import Office, User
from accounts.services.offices import open_office
from aftercare.enums import Need
from casework.enums import Programme
from core.context import acting_as
from intake.services import log_rescue
from places.models import Jurisdiction
from prosecutions.enums import SuspectRole
from prosecutions.services.suspects import Arrested
from victims.enums import RANGES, AgeBand, Outcome, Sex
from victims.services.survivors import Person

AUTHOR, NAME = "practice", "Practice (invented)"
# How many days ago, against what, and of what age the people were.
RESCUES = (
    (160, Programme.BONDED_LABOUR, (AgeBand.ADULT, AgeBand.ADULT, AgeBand.CHILD)),
    (95, Programme.CSEC, (AgeBand.TEENAGER, AgeBand.TEENAGER)),
    (40, Programme.DOMESTIC_SERVITUDE, (AgeBand.TEENAGER,)),
    (12, Programme.BONDED_LABOUR, (AgeBand.ADULT, AgeBand.UNKNOWN, AgeBand.CHILD)),
)


def office_for_practice(place: Jurisdiction | None, actor: User) -> Office | None:
    """The one that is open; else a new one, where its place is named."""
    there = Office.objects.filter(is_practice=True, closed_on=None).order_by("created_at").first()
    if there is not None or place is None:
        return there
    return open_office(
        name="Practice",
        code="practice",
        prefix="PRA",
        jurisdiction=place,
        is_practice=True,
        actor=actor,
    )


def add_practice(office: Office) -> int:
    """How many rescues were logged, by somebody who is nobody and can never sign in."""
    author, _made = User.objects.get_or_create(
        username=AUTHOR, defaults={"name": NAME, "password": make_password(None)}
    )
    _open(author, is_active=True)
    with connection.cursor() as cursor:
        cursor.execute("select begin_practice(%s, %s)", [author.pk, office.pk])
    place: Jurisdiction = Jurisdiction.objects.get(offices=office)
    with acting_as(author.pk):
        for days, programme, bands in RESCUES:
            _rescue(author, place, days, programme, bands)
    _open(author, is_active=False)
    return len(RESCUES)


def _rescue(
    author: User,
    place: Jurisdiction,
    days: int,
    programme: Programme,
    bands: tuple[AgeBand, ...],
) -> None:
    people = [
        Person(Sex.FEMALE if number % 2 else Sex.MALE, *RANGES[band])
        for number, band in enumerate(bands)
    ]
    people.append(Person(Sex.FEMALE, *RANGES[AgeBand.ADULT], outcome=Outcome.DECLINED))
    day = place.today - timedelta(days=days)
    log_rescue(
        occurred_at=place.moment(datetime.combine(day, time(5, 40))),
        jurisdiction=place,
        programme=programme,
        people=people,
        arrests=[Arrested(SuspectRole.OWNER)],
        needs=[Need.MEDICAL, Need.SAFE_PLACE],
        narrative="Practice. Invented: the door was opened without force.",
        actor=author,
    )


def _open(author: User, *, is_active: bool) -> None:
    author.is_active = is_active
    author.save(update_fields=["is_active"])
