"""Days on which courts do not sit and after which no charge is taken on: data, where it is known.

`data/holidays.json`: public holidays of a fixed day; those that move are not claimed.
`data/limitation.json`: years after the offence, by country, statute and highest imprisonment.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date

DATA = Path(__file__).parent / "data"
HOLIDAYS: dict[str, list[str]] = json.loads((DATA / "holidays.json").read_text(encoding="utf-8"))
LIMITS: list[dict[str, Any]] = json.loads((DATA / "limitation.json").read_text(encoding="utf-8"))
SUNDAY, SATURDAY, FRIDAY = 6, 5, 4
REST_DAYS = {"BD": FRIDAY, "NP": SATURDAY, "SA": FRIDAY}  # where it is not Sunday


def is_rest_day(country: str, day: date) -> bool:
    return day.weekday() == REST_DAYS.get(country, SUNDAY)


def is_holiday(country: str, day: date) -> bool:
    return f"{day:%m-%d}" in HOLIDAYS.get(country, ())


def years_after(day: date, years: int) -> date:
    """The same day so many years later; of 29 February the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
