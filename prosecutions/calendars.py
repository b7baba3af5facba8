"""Days on which courts do not sit and after which no charge is taken on: data, where it is known.

Weekends and public holidays come from the library `holidays`, by country and, where it knows it,
by state; vacations of courts are not in it. Of a country it does not know, only the rest day is
claimed. `data/limitation.json`: years after the offence, by country, statute and highest
imprisonment.
"""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from holidays import HolidayBase, country_holidays

from prosecutions.limitation import LIMITS

if TYPE_CHECKING:
    from datetime import date

    from places.models import Jurisdiction
    from prosecutions.models import Prosecution, Provision

SUNDAY, SATURDAY, FRIDAY = 6, 5, 4
REST_DAYS = {"BD": FRIDAY, "NP": SATURDAY, "SA": FRIDAY}  # where it is not Sunday
DAY = timedelta(days=1)


def is_rest_day(place: Jurisdiction, day: date) -> bool:
    """The day of the week on which no court sits. Some sit on the other day of a weekend."""
    return day.weekday() == REST_DAYS.get(place.country, SUNDAY)


def is_holiday(place: Jurisdiction, day: date) -> bool:
    known = _holidays(place.code)
    return known is not None and day in known


def is_working_day(place: Jurisdiction, day: date) -> bool:
    """Neither a public holiday nor in a weekend there."""
    known = _holidays(place.code)
    if known is None:
        return not is_rest_day(place, day)
    return not is_rest_day(place, day) and day.weekday() not in known.weekend and day not in known


def working_day_from(place: Jurisdiction, day: date) -> date:
    """This day, or the first working day after it."""
    while not is_working_day(place, day):
        day += DAY
    return day


def seat_of(prosecution: Prosecution) -> Jurisdiction:
    """Where the court of a proceeding sits: its calendar counts."""
    court = prosecution.court
    return court.jurisdiction if court else prosecution.jurisdiction


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


def limitation_of(country: str, law: Provision) -> dict[str, Any] | None:
    """The limit for an offence under this provision, or nothing where none is known."""
    for limit in LIMITS:
        fits = limit["max_years"] is None or (
            law.max_years is not None and law.max_years <= limit["max_years"]
        )
        if limit["country"] == country and limit["statute"] in (None, law.statute) and fits:
            return None if law.life_possible and limit["max_years"] else limit
    return None
