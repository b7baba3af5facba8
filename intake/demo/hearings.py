"""Hearings and places of the demonstration, for every matter that needs them."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING, Any

from places.models import Jurisdiction
from prosecutions.enums import (
    Adjournment,
    Attribution,
    HearingPurpose,
    HearingResult,
)
from prosecutions.models import Hearing, Judgment, Prosecution
from prosecutions.services.courts import file_appeal, record_judgment
from prosecutions.services.hearings import list_hearing, record_hearing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from accounts.models import User
    from prosecutions.enums.courts import Disposition
    from prosecutions.models import Charge

    Listed = tuple[date, str, str]  # the day, what for, and why it was adjourned

IN_THE_MORNING = time(10, 30)


def demo_place(code: str) -> Jurisdiction:
    return Jurisdiction.objects.by_code(code)


def demo_hearings(lead: User, proceeding: Prosecution, days: list[date]) -> None:
    hearing = list_hearing(
        proceeding,
        listed_on=days[0],
        listed_at=IN_THE_MORNING,
        purpose=HearingPurpose.WITNESS,
        room="4",
        judge="Judge of the invented court",
        counsel="Counsel for the invented office",
        actor=lead,
    )
    for number, day in enumerate(days[1:]):
        adjourned = number % 2 == 0
        record_hearing(
            hearing,
            result=HearingResult.ADJOURNED if adjourned else HearingResult.HELD,
            adjourned_for=Adjournment.NO_INTERPRETER if adjourned else "",
            next_on=day,
            next_at=IN_THE_MORNING,
            actor=lead,
        )
        hearing = Hearing.objects.get(follows=hearing)


def heard(lead: User, proceeding: Prosecution, listed: Sequence[Listed]) -> Hearing:
    """Each hearing as it was listed, recorded, and followed by the next; the last one waits."""
    (day, purpose, reason), *later = listed
    hearing = list_hearing(
        proceeding,
        listed_on=day,
        purpose=purpose,
        room="11",
        counsel="Public prosecutor",
        actor=lead,
    )
    for next_on, next_purpose, next_reason in later:
        record_hearing(
            hearing,
            result=HearingResult.ADJOURNED if reason else HearingResult.HELD,
            adjourned_for=reason,
            next_on=next_on,
            next_purpose=next_purpose,
            actor=lead,
        )
        hearing, reason = Hearing.objects.get(follows=hearing), next_reason
    return hearing


def judged(
    lead: User,
    hearing: Hearing,
    decisions: list[tuple[Charge, Disposition]] | list[tuple[Charge, str]],
    appeal: Any = None,
    whose: str = Attribution.SUPPORTED,
) -> Judgment:
    """The judgment of a hearing, after which nothing is left to hear."""
    judgment = record_judgment(
        hearing.prosecution,
        decided_on=hearing.listed_on,
        attribution=whose,
        decisions=decisions,
        appeal=appeal,
        actor=lead,
    )
    hearing.refresh_from_db()
    record_hearing(hearing, result=HearingResult.HELD, actor=lead)
    return judgment


def appealed(
    lead: User,
    judgment: Judgment,
    decisions: list[tuple[Charge, str]] | list[tuple[Charge, Disposition]],
    filed_on: date,
    listed: Sequence[Listed],
) -> Judgment:
    """An appeal, heard and decided."""
    appeal = file_appeal(judgment, filed_on=filed_on, actor=lead)
    return judged(lead, heard(lead, judgment.prosecution, listed), decisions, appeal)
