"""What can be put right of each record of police and courts, as the verb takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypedDict

from core.verbs import Column
from prosecutions.enums import BailCondition, Correction

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, time
    from decimal import Decimal

    from places.models import Agency, Jurisdiction
    from prosecutions.models import Complaint, Prosecution, Provision, Suspect

Because = Annotated[str, Column(codes=Correction)]
Known = Annotated["date", Column(needed=True)]  # a day that is not taken away
Conditions = Annotated[
    "Sequence[Annotated[str, Column(codes=BailCondition)]]", Column(length=len(BailCondition))
]


class SuspectColumns(TypedDict, total=False):
    role: str
    identified_on: Known


class ComplaintColumns(TypedDict, total=False):
    number: str
    filed_on: date
    jurisdiction: Jurisdiction
    agency: Agency | None


class PoliceReportColumns(TypedDict, total=False):
    kind: str
    reported_on: date


class CustodyEndColumns(TypedDict, total=False):
    ended_on: date | None
    ended: str
    bail_conditions: Conditions
    sureties: Annotated[int, Column(most=99)] | None
    bail_amount: Decimal | None
    bail_currency: str
    breached_on: date | None
    breach: str


class StageColumns(TypedDict, total=False):
    reached_on: date


class ListingColumns(TypedDict, total=False):
    listed_on: date
    listed_at: time | None
    purpose: str


class ProsecutionColumns(TypedDict, total=False):
    jurisdiction: Jurisdiction
    filed_on: date
    docket: str
    court: Agency | None
    complaint: Complaint | None


class ChargeColumns(TypedDict, total=False):
    suspect: Suspect
    provision: Provision
    offence_on: date
    filed_on: date
    framed_on: date | None
    plea: str
    pleaded_on: date | None
    final_provision: Provision | None
    amended_on: date | None


class JudgmentColumns(TypedDict, total=False):
    decided_on: date


class AppealColumns(TypedDict, total=False):
    filed_on: date
    appellant: Annotated[str, Column(needed=True)]
    suspect: Suspect | None


class SentenceColumns(TypedDict, total=False):
    months: Annotated[int, Column(most=1200)] | None
    life: bool
    suspended: bool
    fine: Decimal | None
    compensation: Decimal | None
    currency: str


class NetworkColumns(TypedDict, total=False):
    identified_on: date


class MemberColumns(TypedDict, total=False):
    role: str
    known_on: date
    left_on: date | None


class LegColumns(TypedDict, total=False):
    kind: str
    jurisdiction: Jurisdiction


class RequestColumns(TypedDict, total=False):
    direction: str
    kind: str
    jurisdiction: Jurisdiction
    agency: Agency | None
    prosecution: Prosecution | None
    asked_on: date
    reminders: Annotated[int, Column(most=99)]
    reminded_on: date | None
    answer: str
    answered_on: date | None


class ProtectionColumns(TypedDict, total=False):
    kind: str
    asked_on: date
    prosecution: Prosecution | None
    answer: str
    answered_on: date | None


class AccusationColumns(TypedDict, total=False):
    offence: str
    accused_on: date
    ended: str
    ended_on: date | None


class ParticipationColumns(TypedDict, total=False):
    kind: str
    happened_on: date
    declined_for: str
    accompanied_by: str
    prosecution: Prosecution | None
    travelled_from: Jurisdiction | None
