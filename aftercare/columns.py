"""The columns that are put right together, as verbs take them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypedDict

from core.verbs import Column

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from aftercare.models import Provider
    from places.models import Agency, Jurisdiction


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
