"""Whose calendar counts for a proceeding, and after which day no charge is taken on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prosecutions.enums import LawKind
from prosecutions.laws import Limit, in_force

if TYPE_CHECKING:
    from datetime import date

    from places.court_days import Vacation
    from places.models import Jurisdiction
    from prosecutions.models import Prosecution, Provision


def seat_of(prosecution: Prosecution) -> Jurisdiction:
    """Where the court of a proceeding sits: its calendar counts."""
    court = prosecution.court
    return court.jurisdiction if court else prosecution.jurisdiction


def vacations_of(prosecution: Prosecution) -> list[Vacation]:
    """The days on which its court does not sit beside those of its place."""
    return prosecution.court.closed if prosecution.court else []


def limitation_of(country: str, law: Provision, day: date) -> Limit | None:
    """The limit for an offence of this day under this provision; nothing where none is known."""
    limits = in_force(LawKind.LIMITATION, country, day)
    return next((limit for limit in limits if limit.fits(law)), None)
