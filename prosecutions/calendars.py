"""Days on which courts do not sit and after which no charge is taken on: data, where it is known.

`data/holidays.json`: public holidays of a fixed day; those that move are not claimed.
`data/limitation.json`: years after the offence, by country, statute and highest imprisonment.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from prosecutions.limitation import DATA, LIMITS

if TYPE_CHECKING:
    from datetime import date

    from prosecutions.models import Provision

HOLIDAYS: dict[str, list[str]] = json.loads((DATA / "holidays.json").read_text(encoding="utf-8"))
SUNDAY, SATURDAY, FRIDAY = 6, 5, 4
REST_DAYS = {"BD": FRIDAY, "NP": SATURDAY, "SA": FRIDAY}  # where it is not Sunday


def is_rest_day(country: str, day: date) -> bool:
    return day.weekday() == REST_DAYS.get(country, SUNDAY)


def is_holiday(country: str, day: date) -> bool:
    return f"{day:%m-%d}" in HOLIDAYS.get(country, ())


def limitation_of(country: str, law: Provision) -> dict[str, Any] | None:
    """The limit for an offence under this provision, or nothing where none is known."""
    for limit in LIMITS:
        fits = limit["max_years"] is None or (
            law.max_years is not None and law.max_years <= limit["max_years"]
        )
        if limit["country"] == country and limit["statute"] in (None, law.statute) and fits:
            return None if law.life_possible and limit["max_years"] else limit
    return None
