"""What can be put right of each record of police and courts, as the verb takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypedDict

from django.utils.translation import gettext_lazy as _

from core.verbs.arguments import Column
from prosecutions.enums import BailCondition, Correction, HearingResult, NetworkRole

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date, time
    from decimal import Decimal

    from places.models import Agency, Jurisdiction
    from prosecutions.models import Charge, Complaint, Hearing, Prosecution, Provision, Suspect
    from victims.models import Involvement

MOST_MONTHS = 1200
Months = Annotated["int | None", Column(most=MOST_MONTHS)]
Because = Annotated[str, Column(codes=Correction, label=_("Why"))]
Reached = Annotated["date", Column(label=_("Reached on"))]
Framed = Annotated["date", Column(label=_("Day"))]
Revived = Annotated["date", Column(label=_("Taken up again on"))]
Charges = Annotated["Sequence[Charge]", Column(length=200, label=_("Charges"))]
NotDecided = Annotated["Sequence[Charge]", Column(length=200, label=_("It did not decide"))]
Named = Annotated[
    "Sequence[Involvement]",
    Column(
        length=200,
        label=_("Survivors it is about"),
        help=_("If the charge names them."),
    ),
]
Against = Annotated["Sequence[Suspect]", Column(label=_("Against"))]
SentUp = Annotated[
    "Sequence[Suspect] | None",
    Column(
        label=_("Sent up"),
        help=_("The people the charge sheet names. Leave out those the police left out."),
    ),
]
Met = Annotated[
    "Collection[Suspect]",
    Column(
        label=_("Suspects who were there"),
        help=_(
            "Suspects of this case who were not arrested in this rescue. If one is missing, first"
            " add the suspect to the case."
        ),
    ),
]
NewProvision = Annotated[
    "Provision",
    Column(
        label=_("New provision"),
        help=_("Only laws in force on the day of the offence are offered."),
    ),
]
Lesser = Annotated[
    "Provision | None",
    Column(
        label=_("To a lesser offence"),
        help=_("Only with a plea of guilty, as in plea bargaining."),
    ),
]
CourtHours = Annotated["int | None", Column(least=1, most=2160, label=_("Hours until a court"))]
Abated = Annotated[
    "date | None",
    Column(
        null=True,
        label=_("Day the court closed the charges"),
        help=_("If empty: the day of the death."),
    ),
]
NameUnlessKnown = Annotated[
    str,
    Column(
        length=200,
        label=_("Name"),
        help=_("In any script. Leave it empty if it is not known yet."),
    ),
]
FoundName = Annotated[str, Column(help=_("In any script."))]
OtherName = Annotated[str, Column(label=_("Other name"), help=_("In any script."))]
Identified = Annotated["date | None", Column(help=_("If empty: today."))]
SameAs = Annotated[
    "Suspect | None",
    Column(
        label=_("Same person as"),
        help=_("Case and code of a known suspect, such as KOL-2026-0147 A-1."),
    ),
]
RoleInNetwork = Annotated[str, Column(codes=NetworkRole, label=_("What they do in the network"))]
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


class SittingColumns(TypedDict, total=False):
    room: str
    judge: str
    counsel: str


class ListingColumns(SittingColumns, total=False):
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
    months: Months
    life: bool
    suspended: bool
    fine: Decimal | None
    compensation: Decimal | None
    currency: str


class CompensationColumns(TypedDict, total=False):
    amount: Decimal
    paid_on: date
    payer: str
    involvement: Involvement | None
    received_on: date | None


class NetworkColumns(TypedDict, total=False):
    identified_on: date


class MemberColumns(TypedDict, total=False):
    role: str
    known_on: date
    left_on: date | None


class LegColumns(TypedDict, total=False):
    kind: str
    jurisdiction: Jurisdiction


class AnswerColumns(TypedDict, total=False):
    kind: Annotated[str, Column(needed=True)]
    hearing: Hearing | None
    result: Annotated[str, Column(codes=HearingResult.RECORDED)]
    adjourned_for: str
    next_on: Annotated[date | None, Column(ahead=True)]
    next_at: time | None
    next_purpose: str
    no_next_date: str
    asked: str
    words: Annotated[str, Column(length=2000)]


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


class ProvisionColumns(TypedDict):
    """A provision of a statute, as somebody proposes it."""

    statute: str
    title: str
    number: str
    offence: str
    min_years: Decimal | None
    max_years: Decimal | None
    life_possible: bool
    fine: str
    iccs: str
    exploitation: bool
    of_child: bool
    in_force_from: Annotated[date | None, Column(ahead=True)]
    in_force_to: Annotated[date | None, Column(ahead=True)]
