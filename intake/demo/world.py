"""Invented cases, made through the same services that people use."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import DateTimeField, OuterRef, Subquery
from django.db.models.functions import Cast

from accounts.models import User
from aftercare.enums import Need, ReferralStatus, ServiceKind
from aftercare.models import Provider, Referral
from aftercare.services.care import record_service
from aftercare.services.referrals import accept_referral, send_referral
from casework.enums import Programme, Setting, SiteKind
from casework.models import Assignment, Case
from casework.services.cases import assign, open_case
from casework.services.rescues import register_site
from casework.workflow import case_workflow
from core.context import acting_as
from intake.demo.agreeing import agreed_by
from intake.demo.borders import add_borders
from intake.demo.duplicates import add_duplicates
from intake.demo.field import add_field_work
from intake.demo.justice import add_proceedings
from intake.demo.life import add_what_ends_and_moves
from intake.demo.many_rows import tell_the_planner
from intake.demo.outside import add_outside
from intake.demo.papers import add_papers
from intake.demo.people import make_people
from intake.demo.persons import add_persons
from intake.demo.put_off import put_off_what_is_old
from intake.demo.recovery import add_recovery
from intake.demo.rehabilitation import add_rehabilitation
from intake.demo.studies import add_studies
from intake.demo.trials import add_trials
from intake.demo.under_way import add_what_is_under_way
from intake.services import log_rescue
from places.models import Agency, Jurisdiction
from prosecutions.enums import SuspectRole
from prosecutions.services.suspects import Arrested
from victims.enums import RANGES, AgeBand, Outcome, Sex
from victims.services.survivors import Person

SEED = 20_261_124
FIRST_DAY = date(2026, 1, 12)
# office -> (programme, kind of site, setting, towns)
WORK = {
    "kolkata": (
        (Programme.CSEC, SiteKind.BROTHEL, Setting.PUBLIC, "IN-WB-KOL"),
        (Programme.BONDED_LABOUR, SiteKind.KILN, Setting.PRIVATE, "IN-WB"),
        (Programme.SEX_TRAFFICKING, SiteKind.HOTEL, Setting.PRIVATE, "IN-WB-KOL"),
    ),
    "manila": (
        (Programme.OSEC, SiteKind.PRIVATE_RESIDENCE, Setting.PRIVATE, "PH-MNL"),
        (Programme.CSEC, SiteKind.BAR, Setting.PUBLIC, "PH-PAM"),
        (Programme.OSEC, SiteKind.ONLINE, Setting.PRIVATE, "PH-CEB"),
    ),
    "phnompenh": (
        (Programme.TRAFFICKED_LABOUR, SiteKind.FISHING_VESSEL, Setting.PRIVATE, "KH-PNH"),
        (Programme.CSEC, SiteKind.BAR, Setting.PUBLIC, "KH-PNH"),
        (Programme.DOMESTIC_SERVITUDE, SiteKind.PRIVATE_RESIDENCE, Setting.PRIVATE, "KH-PNH"),
    ),
}
RESCUES_PER_OFFICE, LEADS_PER_OFFICE = 6, 2


class NotEmpty(Exception):
    """There is data here that is not the demonstration's."""


@transaction.atomic
def load() -> bool:
    """Build the demonstration. False: it is already there. Raises `NotEmpty`."""
    if User.objects.filter(username="field.kolkata").exists():
        return False
    if User.objects.exists() or Case.objects.exists():
        raise NotEmpty
    users = make_people()
    chance = random.Random(SEED)  # noqa: S311 - an invented world, the same every time
    for office in WORK:
        for number in range(RESCUES_PER_OFFICE):
            _rescue(chance, users, office, number)
        for number in range(LEADS_PER_OFFICE):
            _lead(users, office, number)
    _referrals(users)
    add_proceedings(users, chance)
    add_borders(users)
    add_field_work(users)
    add_what_is_under_way(users)
    add_rehabilitation(users)
    add_recovery(users)
    add_papers(users)
    add_what_ends_and_moves(users)
    add_persons(users)
    add_duplicates(users, users["data.global"])
    add_trials(users)
    add_studies(users)
    add_outside(users)
    _as_if_from_then()
    put_off_what_is_old()
    tell_the_planner()
    return True


def _as_if_from_then() -> None:
    """Teams of the demonstration were formed when their cases were opened, not just now."""
    opened = Case.objects.filter(pk=OuterRef("case")).values("opened_on")
    Assignment.objects.update(started_at=Cast(Subquery(opened), DateTimeField()))


def _rescue(chance: random.Random, users: dict[str, User], office: str, number: int) -> None:
    field, lead = users[f"field.{office}"], users[f"lead.{office}"]
    programme, kind, setting, code = WORK[office][number % len(WORK[office])]
    place = Jurisdiction.objects.by_code(code)
    day = FIRST_DAY + timedelta(days=number * 47 + chance.randrange(20))
    with acting_as(field.pk):
        case = open_case(
            programme=programme, jurisdiction=place, opened_on=day - timedelta(days=9), actor=field
        )
        site = register_site(
            case,
            kind=kind,
            setting=setting,
            jurisdiction=place,
            exact_place="Invented lane 4, behind the market",
            actor=field,
        )
        log_rescue(
            occurred_at=datetime(
                day.year, day.month, day.day, 5, 40, tzinfo=ZoneInfo(place.time_zone)
            ),
            jurisdiction=place,
            programme=programme,
            case=case,
            site=site,
            agencies=list(Agency.objects.within(code.partition("-")[0]).order_by("name")[:2]),
            people=_people(chance, programme),
            arrests=[Arrested(SuspectRole.OWNER)] * chance.randrange(1, 3),
            needs=[Need.MEDICAL, Need.SAFE_PLACE][: chance.randrange(1, 3)],
            narrative="Invented for the demonstration: the door was opened without force.",
            actor=field,
        )
    with acting_as(lead.pk):
        for job in ("aftercare", "legal"):
            assign(case, user=users[f"{job}.{office}"], actor=lead)


def _referrals(users: dict[str, User]) -> None:
    """Two drafts go to Shelter A: one is taken up and served, one waits for its answer."""
    worker, partner = users["aftercare.kolkata"], users["provider.kolkata"]
    shelter = Provider.objects.get(name="Shelter A")
    drafts = Referral.objects.filter(status=ReferralStatus.DRAFT, need=Need.SAFE_PLACE)
    ours = drafts.filter(office=worker.home_office).order_by("case__reference", "involvement__code")
    for draft in ours[:2]:
        with acting_as(worker.pk):
            sent = send_referral(
                draft,
                provider=shelter,
                **agreed_by(draft.involvement),
                given_on=draft.case.opened_on + timedelta(days=10),
                language="bn",
                actor=worker,
            )
    with acting_as(partner.pk):
        accepted = accept_referral(sent, actor=partner)
    with acting_as(worker.pk):
        record_service(
            accepted.involvement,
            kind=ServiceKind.SHELTER,
            provided_on=accepted.case.opened_on + timedelta(days=11),
            referral=accepted,
            actor=worker,
        )


def _people(chance: random.Random, programme: str) -> list[Person]:
    bands = {
        Programme.OSEC: [AgeBand.CHILD, AgeBand.CHILD, AgeBand.TEENAGER],
        Programme.CSEC: [AgeBand.TEENAGER, AgeBand.TEENAGER, AgeBand.CHILD],
    }.get(Programme(programme), [AgeBand.ADULT, AgeBand.ADULT, AgeBand.UNKNOWN])
    sexes = (
        [Sex.MALE]
        if programme == Programme.TRAFFICKED_LABOUR
        else [Sex.FEMALE, Sex.FEMALE, Sex.MALE]
    )
    people = [
        Person(chance.choice(sexes), *RANGES[chance.choice(bands)])
        for _one in range(chance.randrange(3, 8))
    ]
    if chance.random() < 0.4:
        people.append(Person(Sex.FEMALE, *RANGES[AgeBand.ADULT], outcome=Outcome.DECLINED))
    return people


def _lead(users: dict[str, User], office: str, number: int) -> None:
    field: Any = users[f"field.{office}"]
    programme, _kind, _setting, code = WORK[office][number]
    place = Jurisdiction.objects.by_code(code)
    with acting_as(field.pk):
        case = open_case(
            programme=programme,
            jurisdiction=place,
            opened_on=place.today - timedelta(days=25 - number),
            actor=field,
        )
        if number:
            case_workflow.move(case, "assess", actor=field)
