"""Whose calendar counts for a proceeding, and after which day no charge is taken on.

`data/limitation.json`: years after the offence, by country, statute and highest imprisonment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from prosecutions.limitation import LIMITS

if TYPE_CHECKING:
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


def limitation_of(country: str, law: Provision) -> dict[str, Any] | None:
    """The limit for an offence under this provision, or nothing where none is known."""
    for limit in LIMITS:
        fits = limit["max_years"] is None or (
            law.max_years is not None and law.max_years <= limit["max_years"]
        )
        if limit["country"] == country and limit["statute"] in (None, law.statute) and fits:
            return None if law.life_possible and limit["max_years"] else limit
    return None
