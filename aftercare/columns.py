"""The columns that are put right together, as verbs take them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypedDict

from aftercare.enums import Need
from core.verbs import Column
from victims.enums import OLDEST_MONTHS, Sex

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from aftercare.models import Provider
    from places.models import Agency, Jurisdiction

Why = Annotated[str, Column(length=300)]
Note = Annotated[str, Column(length=4000)]
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
