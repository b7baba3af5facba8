"""The columns that are put right together, as verbs take them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypedDict

from django.utils.translation import gettext_lazy as _

from aftercare.codes import CancelReason, Category
from aftercare.enums import MoveReason, Need
from core.verbs.arguments import Column
from victims.enums import OLDEST_MONTHS, Sex

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from aftercare.models import Provider
    from places.models import Agency, Jurisdiction

TEAM_ONLY = _("Kept encrypted, open to the team only.")
ANEW = _("Enter it only if it changes. Kept encrypted, open to the team only.")
ESCORT, REFERENCE = _("Who goes along"), _("Reference of the bank")

Why = Annotated[
    str,
    Column(
        length=300,
        label=_("Reason"),
        help=_("The sender reads it and looks for help elsewhere. Leave names out."),
    ),
]
Note = Annotated[str, Column(length=4000)]
EscortWords = Annotated[str, Column(length=400, blank=True, label=ESCORT, help=TEAM_ONLY)]
EscortAnew = Annotated[str, Column(length=400, blank=True, label=ESCORT, help=ANEW)]
Reference = Annotated[str, Column(length=200, blank=True, label=REFERENCE, help=TEAM_ONLY)]
ReferenceAnew = Annotated[str, Column(length=200, blank=True, label=REFERENCE, help=ANEW)]
AllThatIsOpen = Annotated[
    "Decimal | None",
    Column(help=_("If empty: all of this part that the scheme still owes.")),
]
CategoryOwed = Annotated[str, Column(codes=Category, label=_("Category"))]
SessionWords = Annotated[
    str,
    Column(
        length=8000,
        label=_("Notes of the session"),
        help=_("Encrypted and open to the team only. Each opening is recorded."),
    ),
]
LeftFor = Annotated[
    str,
    Column(
        codes=MoveReason,
        label=_("Why the person leaves the present place"),
        help=_("The present placement ends on the first night here."),
    ),
]
Happened = Annotated["date", Column(label=_("Day"))]
CancelledFor = Annotated[str, Column(codes=CancelReason, label=_("Why it is cancelled"))]
Left = Annotated["date | None", Column(help=_("Only if the person has left already."))]
BedsFrom = Annotated[
    "date",
    Column(
        ahead=True,
        label=_("Other beds: from which day"),
        help=_("If empty: from today. Earlier nights keep their number of beds."),
    ),
]
Beds = Annotated[int, Column(most=9999)]
Months = Annotated[int, Column(most=OLDEST_MONTHS)]


class ProviderName(TypedDict, total=False):
    name: str


class ProviderOffer(TypedDict, total=False):
    services: Annotated[Sequence[Annotated[str, Column(codes=Need)]], Column(length=20)]
    sexes: Annotated[Sequence[Annotated[str, Column(codes=Sex)]], Column(length=10)]
    age_min_months: Months | None
    age_max_months: Months | None
    places_female: Beds | None
    places_male: Beds | None
    places_any: Beds | None
    agreement_from: date | None
    agreement_until: Annotated[date, Column(ahead=True)] | None
    is_active: bool


class ProviderColumns(ProviderName, ProviderOffer, total=False):
    pass


class PaymentColumns(TypedDict, total=False):
    payer: str
    tranche: str
    amount: Decimal
    paid_on: date
    not_counted: str


class JourneyColumns(TypedDict, total=False):
    purpose: str
    wish: str
    origin: Jurisdiction
    destination: Jurisdiction
    planned_for: Annotated[date, Column(ahead=True)]
    receiver: Agency | None
    provider: Provider | None
