"""The columns a person fills in of a table, as its verbs take them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypedDict

from core.verbs import Column
from places.countries import COUNTRIES

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

LONGEST_WORDS = LONGEST_NOTE = 20_000  # signs
LONGEST_REMARK = 2000
Country = Annotated[str, Column(codes=list(COUNTRIES.items()))]


class IncidentColumns(TypedDict, total=False):
    media: str
    platform: str
    began_on: date
    ended_on: date | None
    customer_country: Country
    amount: Decimal | None
    currency: str
    paid_by: str
    for_publication: str
    third_party_absent: str
    for_compensation: str
