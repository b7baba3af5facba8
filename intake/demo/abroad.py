"""Whoever ordered abuse before a webcam, tried where he lives: the twin of the case there."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from casework.enums import LinkKind, Programme
from casework.services.links import link_cases
from intake.demo.hearings import heard, judged
from intake.demo.justice import demo_law, open_demo_case
from intake.demo.trials import charged, plead, under_way
from prosecutions.enums import (
    Adjournment,
    Attribution,
    BailCondition,
    Disposition,
    HearingPurpose,
    LimitReason,
    Release,
    SuspectRole,
)
from prosecutions.services.arrests import record_arrest
from prosecutions.services.courts import record_sentence
from prosecutions.services.custody import begin_custody, end_custody
from prosecutions.services.suspects import add_suspect

if TYPE_CHECKING:
    from accounts.models import User
    from casework.models import Case
    from prosecutions.models import Suspect

DAY, LAW_AT_HOME = date(2023, 5, 16), "SOA2003 s.48"


def tried_at_home(lead: User, case: Case, viewer: Suspect) -> None:
    """Arrested on what the other country told, on bail, convicted after a trial."""
    twin = open_demo_case(lead, "manila", "GB", Programme.OSEC, DAY + timedelta(days=30))
    link_cases(case, other=twin, kind=LinkKind.TWIN, actor=lead)
    viewer = add_suspect(twin, role=SuspectRole.ONLINE_VIEWER, same_as=viewer, actor=lead)
    found_on = DAY + timedelta(days=60)
    _arrested(lead, viewer, found_on)
    proceeding, (charge,) = charged(lead, twin, LAW_AT_HOME, DAY, [viewer], found_on, "GB")
    begun = proceeding.filed_on
    plead(lead, charge, begun + timedelta(days=30))
    hearing = heard(
        lead,
        proceeding,
        [
            (begun + timedelta(days=30), HearingPurpose.PLEA, ""),
            (begun + timedelta(days=180), HearingPurpose.WITNESS, Adjournment.OTHER),
            (begun + timedelta(days=240), HearingPurpose.WITNESS, ""),
            (begun + timedelta(days=290), HearingPurpose.JUDGMENT, ""),
        ],
    )
    ends = [(charge, Disposition.CONVICTED_TRIAL)]
    judgment = judged(lead, hearing, ends, whose=Attribution.STATE_ONLY)
    record_sentence(judgment, suspect=viewer, months=138, actor=lead)
    under_way(lead, twin, "GB", LAW_AT_HOME, DAY)


def _arrested(lead: User, viewer: Suspect, day: date) -> None:
    """Held for 36 hours, which an officer allowed, then on bail with conditions."""
    record_arrest(viewer, arrested_on=day, attribution=Attribution.STATE_ONLY, actor=lead)
    seen_on = day + timedelta(days=2)
    held = begin_custody(
        viewer,
        since=day,
        since_at=time(7, 10),
        provision=demo_law("GB", LAW_AT_HOME, DAY),
        in_court_on=seen_on,
        limit_reason=LimitReason.EXTENDED,
        court_hours=36,
        actor=lead,
    )
    terms = [BailCondition.NO_DEVICES, BailCondition.NO_CHILDREN]
    end_custody(held, ended_on=seen_on, ended=Release.BAIL, bail_conditions=terms, actor=lead)
