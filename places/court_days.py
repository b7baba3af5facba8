"""Days on which courts do not sit: the rest day, public holidays, and vacations of one court.

Weekends and public holidays come from the library `holidays`, by country and, where it knows it,
by state. What one court keeps beside them stands with the court (`Agency.vacations`). Of a country
that the library does not know, only the rest day is claimed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Protocol

from holidays import HolidayBase, country_holidays

if TYPE_CHECKING:
    from collections.abc import Sequence

SUNDAY, SATURDAY, FRIDAY = 6, 5, 4
REST_DAYS = {"BD": FRIDAY, "NP": SATURDAY, "SA": FRIDAY}  # where it is not Sunday
DAY = timedelta(days=1)


class Place(Protocol):
    """What a calendar goes by: a row of `places.Jurisdiction`."""

    @property
    def code(self) -> str: ...

    @property
    def country(self) -> str: ...


@dataclass(frozen=True, order=True)
class Vacation:
    """Days on which one court does not sit, both of them included, and what they are."""

    starts_on: date
    ends_on: date
    occasion: str

    @classmethod
    def read(cls, kept: dict[str, str]) -> Vacation:
        """As the column of a court keeps it."""
        first, last = (date.fromisoformat(kept[name]) for name in ("starts_on", "ends_on"))
        return cls(first, last, kept["occasion"])

    def kept(self) -> dict[str, str]:
        days = {"starts_on": self.starts_on.isoformat(), "ends_on": self.ends_on.isoformat()}
        return days | {"occasion": self.occasion}

    def __contains__(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on


def is_rest_day(place: Place, day: date) -> bool:
    """The day of the week on which no court sits. Some sit on the other day of a weekend."""
    return day.weekday() == REST_DAYS.get(place.country, SUNDAY)


def rest_days(place: Place) -> list[int]:
    """The days of the week on which nobody works there; 0 is Monday."""
    known = _holidays(place.code)
    usual = {REST_DAYS.get(place.country, SUNDAY)}
    return sorted(usual | set(known.weekend) if known is not None else usual)


def is_holiday(place: Place, day: date) -> bool:
    known = _holidays(place.code)
    return known is not None and day in known


def is_working_day(place: Place, day: date) -> bool:
    """Neither a public holiday nor in a weekend there."""
    known = _holidays(place.code)
    if known is None:
        return not is_rest_day(place, day)
    return not is_rest_day(place, day) and day.weekday() not in known.weekend and day not in known


def court_day_from(place: Place, day: date, vacations: Sequence[Vacation] = ()) -> date:
    """This day, or the first after it on which a court there sits that keeps these vacations."""
    while not is_working_day(place, day) or any(day in vacation for vacation in vacations):
        day += DAY
    return day


def holidays_between(place: Place, first: date, last: date) -> list[Vacation]:
    """The public holidays of a place, each by itself, in order."""
    known = _holidays(place.code)
    if known is None:
        return []
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [Vacation(day, day, known[day]) for day in days if day in known]


@cache
def _holidays(code: str) -> HolidayBase | None:
    """The public holidays of a place: of its state, where the library tells states apart."""
    country, *within = code.split("-")
    try:
        known = country_holidays(country)
        states = {*known.subdivisions, *known.subdivisions_aliases}
        state = within[0] if within and within[0] in states else None
        return country_holidays(country, subdiv=state) if state else known
    except NotImplementedError:  # a country it does not know
        return None
