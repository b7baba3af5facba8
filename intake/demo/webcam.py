"""An invented matter before a webcam: those who arranged it are tried in the Philippines, the man
who ordered it in his own country.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from casework.enums import Programme, Setting, SiteKind
from core.context import acting_as
from intake.demo.abroad import DAY, tried_at_home
from intake.demo.hearings import appealed, demo_place, heard, judged
from intake.demo.justice import GIRL, demo_law, demo_rescue, open_demo_case
from intake.demo.people import demo_court
from intake.demo.trials import plead, under_way
from prosecutions.enums import (
    Adjournment,
    Attribution,
    Companion,
    Direction,
    Disposition,
    HearingPurpose,
    Measure,
    MeasureAnswer,
    Plea,
    PoliceReportKind,
    RequestAnswer,
    RequestKind,
    SuspectRole,
    TakingPart,
)
from prosecutions.services.charges import file_charge, frame_charges, record_plea
from prosecutions.services.compensation import record_compensation_payment
from prosecutions.services.complaints import record_complaint, record_police_report
from prosecutions.services.courts import open_prosecution, record_judgment, record_sentence
from prosecutions.services.requests import answer_request, record_request
from prosecutions.services.stages import reach_stage
from prosecutions.services.survivors import (
    answer_protection,
    ask_protection,
    record_participation,
)
from prosecutions.services.suspects import add_suspect
from victims.enums import RANGES, AgeBand, Sex
from victims.services.survivors import Person

if TYPE_CHECKING:
    from accounts.models import User
    from casework.models import Case
    from prosecutions.models import Charge, Complaint, Prosecution, Suspect
    from victims.models import Involvement

CHILD = (Sex.FEMALE, *RANGES[AgeBand.CHILD])
BOY = (Sex.MALE, *RANGES[AgeBand.CHILD])


@dataclass(frozen=True)
class Webcam:
    """The case before a webcam: who was harmed, who arranged it, who ordered it."""

    case: Case
    people: list[Involvement]
    mother: Suspect
    helper: Suspect
    viewer: Suspect


def before_a_webcam(lead: User) -> None:
    with acting_as(lead.pk):
        case = open_demo_case(lead, "manila", "PH-MNL", Programme.OSEC, DAY)
        harmed = [Person(*CHILD), Person(*BOY), Person(*GIRL)]
        logged = demo_rescue(
            lead, case, SiteKind.PRIVATE_RESIDENCE, Setting.PRIVATE, DAY, harmed, 2
        )
        mother, helper = (arrest.suspect for arrest in logged.arrests)
        viewer = add_suspect(case, role=SuspectRole.ONLINE_VIEWER, actor=lead)
        matter = Webcam(case, list(logged.people), mother, helper, viewer)
        _told_by_police_abroad(lead, matter)
        _tried_in_manila(lead, matter)
        under_way(lead, case, "PH-MNL", "RA9208 s.6", DAY)
        tried_at_home(lead, case, viewer)


def _told_by_police_abroad(lead: User, matter: Webcam) -> None:
    """The matter began with a question from abroad, and ends with our evidence there."""
    for direction, kind, days, lasted in (
        (Direction.FROM, RequestKind.IDENTIFY, 10, 8),
        (Direction.TO, RequestKind.INFORMATION, 5, 60),
        (Direction.FROM, RequestKind.EVIDENCE, 0, 40),
    ):
        asked_on = DAY - timedelta(days=days)
        row = record_request(
            matter.case,
            direction=direction,
            kind=kind,
            jurisdiction=demo_place("GB"),
            asked_on=asked_on,
            actor=lead,
        )
        answer_request(
            row,
            version=row.version,
            answer=RequestAnswer.GIVEN,
            answered_on=asked_on + timedelta(days=lasted),
            actor=lead,
        )


def _tried_in_manila(lead: User, matter: Webcam) -> None:
    """One pleads to an attempt and spares the children; one is convicted after a trial."""
    case, law = matter.case, "RA9208 s.6"
    filed_on = DAY + timedelta(days=20)
    complaint = _complaint(lead, matter, filed_on)
    manila = demo_place("PH-MNL")
    proceeding = open_prosecution(
        case,
        jurisdiction=manila,
        court=demo_court(manila),
        filed_on=filed_on,
        docket="Invented R-MNL-23-0016",
        complaint=complaint,
        actor=lead,
    )
    charges = [
        file_charge(
            proceeding,
            suspect=suspect,
            provision=demo_law("PH", law, DAY),
            offence_on=DAY,
            filed_on=filed_on,
            survivors=matter.people,
            actor=lead,
        )
        for suspect in (matter.mother, matter.helper)
    ]
    _protected(lead, matter, proceeding, filed_on)
    framed_on = filed_on + timedelta(days=45)
    frame_charges(proceeding, framed_on=framed_on, charges=charges, actor=lead)
    _plead(lead, proceeding, charges[0], framed_on)
    _tried_to_the_end(lead, proceeding, charges[1], framed_on)


def _tried_to_the_end(lead: User, proceeding: Prosecution, charge: Charge, day: date) -> None:
    """Held on appeal: life, a fine, and part of the compensation paid."""
    reach_stage(proceeding, stage="trial", reached_on=day + timedelta(days=60), actor=lead)
    plead(lead, charge, day)
    hearing = heard(
        lead,
        proceeding,
        [
            (day + timedelta(days=70), HearingPurpose.WITNESS, Adjournment.NO_INTERPRETER),
            (day + timedelta(days=105), HearingPurpose.WITNESS, ""),
            (day + timedelta(days=150), HearingPurpose.ARGUMENTS, Adjournment.LAWYER_ABSENT),
            (day + timedelta(days=210), HearingPurpose.JUDGMENT, ""),
        ],
    )
    ends = [(charge, Disposition.CONVICTED_TRIAL)]
    judgment = judged(lead, hearing, ends)
    decided_on = judgment.decided_on
    sentence = record_sentence(
        judgment,
        suspect=charge.suspect,
        life=True,
        fine=Decimal(2_000_000),
        compensation=Decimal(600_000),
        currency="PHP",
        actor=lead,
    )
    record_compensation_payment(
        sentence, amount=Decimal(150_000), paid_on=decided_on + timedelta(days=200), actor=lead
    )
    filed_on, heard_on = decided_on + timedelta(days=14), decided_on + timedelta(days=300)
    appealed(lead, judgment, ends, filed_on, [(heard_on, HearingPurpose.JUDGMENT, "")])


def _complaint(lead: User, matter: Webcam, sheet_on: date) -> Complaint:
    complaint = record_complaint(
        matter.case,
        number="Invented 16/2023",
        filed_on=DAY + timedelta(days=1),
        jurisdiction=matter.case.jurisdiction,
        suspects=[matter.mother, matter.helper],
        actor=lead,
    )
    record_police_report(
        complaint, kind=PoliceReportKind.CHARGE_SHEET, reported_on=sheet_on, actor=lead
    )
    return complaint


def _protected(lead: User, matter: Webcam, proceeding: Prosecution, day: date) -> None:
    """The eldest testifies by video, with somebody beside her; the little ones need not."""
    eldest = matter.people[-1]
    for kind in (Measure.VIDEO_LINK, Measure.CLOSED_COURT):
        asked = ask_protection(eldest, kind=kind, asked_on=day, prosecution=proceeding, actor=lead)
        answer_protection(
            asked,
            version=asked.version,
            answer=MeasureAnswer.GRANTED,
            answered_on=day + timedelta(days=12),
            actor=lead,
        )
    for step, later in ((TakingPart.WILLING, 5), (TakingPart.VIDEO, 115)):
        record_participation(
            eldest,
            kind=step,
            happened_on=day + timedelta(days=later),
            prosecution=proceeding,
            accompanied_by=Companion.SUPPORT_PERSON,
            actor=lead,
        )


def _plead(lead: User, proceeding: Prosecution, charge: Charge, day: date) -> None:
    """Guilty of an attempt: what was charged stays beside what it became."""
    lesser = demo_law("PH", "RA9208 s.4-A", DAY)
    charge.refresh_from_db()
    record_plea(
        charge,
        version=charge.version,
        plea=Plea.GUILTY,
        pleaded_on=day,
        lesser=lesser,
        actor=lead,
    )
    judgment = record_judgment(
        proceeding,
        decided_on=day + timedelta(days=10),
        attribution=Attribution.SUPPORTED,
        decisions=[(charge, Disposition.CONVICTED_PLEA)],
        actor=lead,
    )
    record_sentence(
        judgment,
        suspect=charge.suspect,
        months=180,
        fine=Decimal(500_000),
        currency="PHP",
        actor=lead,
    )
