"""The field's part of the demonstration: leads, steps, abuse online, sites closed and seen twice.

All of it is invented.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from casework.enums import Answer, CaseStatus, Programme
from casework.inquiry_codes import (
    LeadEnd,
    LeadSource,
    Media,
    PaidBy,
    Platform,
    Reliability,
    StepKind,
    StepResult,
)
from casework.models import Case, Rescue, Site
from casework.services.amending import add_narrative, amend_rescue
from casework.services.incidents import record_incident
from casework.services.leads import end_lead, record_lead
from casework.services.sites import close_site, reopen_site, same_site
from casework.services.steps import add_step
from core.context import acting_as
from intake.demo.hearings import demo_place
from places.models import Agency
from prosecutions.enums import Direction, RequestKind
from prosecutions.services.requests import record_request
from victims.models import Involvement
from victims.services.field import set_incident_survivors

if TYPE_CHECKING:
    from accounts.models import User


def add_field_work(users: dict[str, User]) -> None:
    with acting_as(users["lead.kolkata"].pk):
        _inquiries(users["lead.kolkata"])
        _sites(users["lead.kolkata"])
    with acting_as(users["lead.manila"].pk):
        _online(users["lead.manila"])


def _inquiries(lead: User) -> None:
    """A lead followed up, one that waits; a step whose day is past, one that brought something."""
    for case in Case.objects.filter(office__code="kolkata").order_by("opened_on", "pk"):
        today = case.jurisdiction.today
        heard = record_lead(
            case,
            source=LeadSource.COMMUNITY,
            reliability=Reliability.LIKELY,
            jurisdiction=case.jurisdiction,
            received_on=case.opened_on,
            text="Invented: a shopkeeper saw people led in at night who never come out.",
            informant="Invented shopkeeper",
            actor=lead,
        )
        add_step(
            case,
            kind=StepKind.SURVEILLANCE,
            done_on=min(case.opened_on + timedelta(days=2), today),
            result=StepResult.CONFIRMED,
            lead=heard,
            text="Invented: two men at the door, a van at four in the morning.",
            actor=lead,
        )
        if case.status == CaseStatus.LEAD:
            add_step(
                case, kind=StepKind.SITE_VISIT, planned_for=today - timedelta(days=3), actor=lead
            )
            record_lead(
                case,
                source=LeadSource.HOTLINE,
                jurisdiction=case.jurisdiction,
                received_on=today - timedelta(days=20),
                text="Invented: a caller who gave no name.",
                actor=lead,
            )
            continue
        done = min(case.opened_on + timedelta(days=6), today)
        end_lead(heard, version=1, ended=LeadEnd.FOLLOWED_UP, ended_on=done, actor=lead)


def _sites(lead: User) -> None:
    """Two sites closed, one of them open again; the third is the place of the first."""
    sites = Site.objects.filter(case__office__code="kolkata", kind="brothel")
    first, second = sites.select_related("case__jurisdiction").order_by("created_at", "pk")[:2]
    police = Agency.objects.filter(jurisdiction__code__startswith="IN").order_by("name").first()
    for site, days in ((first, 150), (second, 90)):
        today = site.case.jurisdiction.today
        close_site(site, closed_on=today - timedelta(days=days), closed_by=police, actor=lead)
    reopen_site(first, reopened_on=today - timedelta(days=60), actor=lead)
    same_site(first, other=second, actor=lead)
    rescue = Rescue.objects.filter(case=first.case).select_related("jurisdiction", "case").first()
    if rescue and police:
        amended = amend_rescue(
            rescue,
            version=rescue.version,
            occurred_at=rescue.occurred_at + timedelta(minutes=20),
            jurisdiction=rescue.jurisdiction,
            agencies=[police],
            led_by_agency=police,
            actor=lead,
        )
        add_narrative(amended, text="Invented: a second door was found later.", actor=lead)


def _online(lead: User) -> None:
    """Live streams for customers abroad; the police there asked, a step taken by it."""
    cases = Case.objects.filter(office__code="manila", programme=Programme.OSEC)
    open_cases = cases.exclude(status=CaseStatus.CLOSED).visible_to(lead)
    for number, case in enumerate(open_cases.order_by("opened_on", "pk")[:3]):
        today = case.jurisdiction.today
        incident = record_incident(
            case,
            media=Media.LIVE if number % 2 == 0 else Media.VIDEO,
            platform=Platform.SKYPE,
            began_on=case.opened_on - timedelta(days=30),
            customer_country="DE",
            amount=Decimal(50),
            currency="USD",
            paid_by=PaidBy.REMITTANCE,
            for_publication=Answer.YES,
            third_party_absent=Answer.YES,
            for_compensation=Answer.YES if number % 2 == 0 else Answer.UNKNOWN,
            actor=lead,
        )
        people = list(Involvement.objects.filter(case=case).order_by("code")[:2])
        set_incident_survivors(incident, survivors=people, actor=lead)
        step = add_step(
            case, kind=StepKind.FOREIGN_REQUEST, planned_for=today - timedelta(days=5), actor=lead
        )
        if number == 0:
            record_request(
                case,
                direction=Direction.TO,
                kind=RequestKind.INFORMATION,
                jurisdiction=demo_place("TH"),
                asked_on=today - timedelta(days=4),
                step=step,
                incident=incident,
                actor=lead,
            )
