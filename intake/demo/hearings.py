"""Hearings and places of the demonstration, for every matter that needs them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from places.models import Jurisdiction
from prosecutions.enums import (
    Adjournment,
    HearingPurpose,
    HearingResult,
)
from prosecutions.models import Hearing, Prosecution
from prosecutions.services.hearings import list_hearing, record_hearing

if TYPE_CHECKING:
    from datetime import date


def demo_place(code: str) -> Jurisdiction:
    return Jurisdiction.objects.by_code(code)


def demo_hearings(lead: Any, proceeding: Prosecution, days: list[date]) -> None:
    hearing = list_hearing(
        proceeding, listed_on=days[0], purpose=HearingPurpose.WITNESS, actor=lead
    )
    for number, day in enumerate(days[1:]):
        adjourned = number % 2 == 0
        record_hearing(
            hearing,
            result=HearingResult.ADJOURNED if adjourned else HearingResult.HELD,
            adjourned_for=Adjournment.NO_INTERPRETER if adjourned else "",
            next_on=day,
            actor=lead,
        )
        hearing = Hearing.objects.get(follows=hearing)
