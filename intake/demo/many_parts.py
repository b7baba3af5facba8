"""Who the many invented survivors are: how many of which office and kind, and how old."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from casework.enums import Programme
from victims.enums import RANGES, AgeBand

if TYPE_CHECKING:
    import random

LAST_MINOR = 215  # months: the last of being 17
EVENLY = 0.2  # of the cases that grew up to a year, the share of every year alike
Age = tuple[int | None, int | None]
Ages = Callable[["random.Random", int], list[Age]]


def of_online(chance: random.Random, number: int) -> list[Age]:
    """45 of 100 whose age is known are 12 or younger; with those of the other cases it is 47."""
    unknown = number // 42
    young = round((number - unknown) * 0.4512)
    months = [chance.randrange(4, 156) for _one in range(young)]
    months += [chance.randrange(156, 216) for _one in range(number - unknown - young)]
    ages: list[Age] = [(month, month) for month in months]
    ages += [RANGES[AgeBand.UNKNOWN]] * unknown
    chance.shuffle(ages)
    return ages


def between(least: int, most: int, often: int) -> Ages:
    """Mostly known to the month; of some only the years, of few nothing."""

    def ages(chance: random.Random, number: int) -> list[Age]:
        ranges: list[Age] = []
        for _person in range(number):
            month, how = int(chance.triangular(least, most, often)), chance.random()
            band = AgeBand.TEENAGER if month <= LAST_MINOR else AgeBand.ADULT
            if how < 0.02:
                ranges.append(RANGES[AgeBand.UNKNOWN])
            else:
                ranges.append(RANGES[band] if how < 0.1 else (month, month))
        return ranges

    return ages


@dataclass(frozen=True)
class Part:
    """The cases of one office and kind: how many, since when, who was met in them."""

    office: str
    place: str
    programme: Programme
    cases: int
    people: int
    since: int
    until: int
    boys: float
    siblings: float  # share of the cases
    language: str
    ages: Ages
    most: int = 0  # the year with most cases, where they grew up to it; 0: every year alike

    def opening(self, chance: random.Random) -> date:
        """The day one of the cases is opened."""
        first, last = date(self.since, 1, 10), date(self.until, 10, 20)
        days = (last - first).days
        if not self.most or chance.random() < EVENLY:
            return first + timedelta(days=chance.randrange(days))
        often = (date(self.most, 7, 1) - first).days
        return first + timedelta(days=int(chance.triangular(0, days, often)))


GIRLS, TEENS, GROWN = between(144, 216, 210), between(156, 260, 204), between(190, 560, 300)
CSEC, OSEC, OTHER = Programme.CSEC, Programme.OSEC, Programme.SEX_TRAFFICKING
LABOUR = Programme.BONDED_LABOUR
OPENED = {"mumbai": 2000, "manila": 2001, "kolkata": 2006, "cebu": 2006, "pampanga": 2012}
PARTS = (
    Part("kolkata", "IN-WB-KOL", CSEC, 90, 400, 2010, 2025, 0.03, 0.02, "bn", GIRLS),
    Part("kolkata", "IN-WB-KOL", OTHER, 45, 190, 2010, 2025, 0.03, 0.02, "bn", GIRLS),
    Part("mumbai", "IN-MH-MUM", CSEC, 95, 420, 2010, 2025, 0.03, 0.02, "mr", GIRLS),
    Part("mumbai", "IN-MH-MUM", OTHER, 40, 170, 2010, 2025, 0.03, 0.02, "hi", GIRLS),
    Part("manila", "PH-MNL", CSEC, 105, 610, 2002, 2024, 0.07, 0.03, "tl", TEENS, 2015),
    Part("cebu", "PH-CEB", CSEC, 90, 520, 2006, 2024, 0.07, 0.03, "ceb", TEENS, 2015),
    Part("pampanga", "PH-PAM", CSEC, 70, 390, 2012, 2024, 0.07, 0.03, "tl", TEENS, 2016),
    Part("manila", "PH-MNL", OSEC, 50, 168, 2012, 2025, 0.4, 0.5, "tl", of_online),
    Part("cebu", "PH-CEB", OSEC, 45, 147, 2012, 2025, 0.4, 0.5, "ceb", of_online),
    Part("pampanga", "PH-PAM", OSEC, 32, 105, 2013, 2025, 0.4, 0.5, "tl", of_online),
    Part("delhi", "IN-OD", LABOUR, 5, 36, 2017, 2023, 0.6, 0.2, "or", GROWN),
    Part("delhi", "IN-RJ", LABOUR, 5, 32, 2017, 2023, 0.6, 0.2, "hi", GROWN),
    Part("delhi", "IN-UP", LABOUR, 5, 34, 2017, 2023, 0.6, 0.2, "hi", GROWN),
)
