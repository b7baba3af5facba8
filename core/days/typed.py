"""Days as people type them: `12 Mar 2026`, `12/3/2026`, `12/3`, `today`; and as programs write
them: `2026-03-12`. The day comes before the month, whatever the browser thinks of it."""

from __future__ import annotations

import calendar
import re
import unicodedata
from contextlib import suppress
from datetime import date, timedelta

from django.utils.dates import MONTHS, MONTHS_3
from django.utils.formats import date_format
from django.utils.translation import gettext as _

TYPED = re.compile(r"(\d{1,2})[\s./-]+(\d{1,2}|[^\d\s,/-]+)\.?(?:[\s.,/-]+(\d{4}|\d{2}))?")
WRITTEN = re.compile(r"\d{4}-\d\d-\d\d")
NEXT_CENTURY = 10  # two figures of a year are at most so many years ahead


def say_day(day: date) -> str:
    """As a form shows it, and takes it back."""
    return date_format(day, "j M Y")


def read_day(text: str, *, today: date, ahead: bool = True, year: bool = False) -> date:
    """The day that was meant. Without a year it is the one nearest to today; where nothing lies
    `ahead`, the last one there was. `year`: one must be said, in four figures: of 45 nobody knows
    whether it is 1945, 2545 of the Buddhist era, or the age.

    ValueError: it cannot be read, or there is no such day.
    """
    text = "".join(map(_figure, text.strip().casefold()))
    near = {_("today"): 0, _("yesterday"): -1, _("tomorrow"): 1}
    if text in near:
        return today + timedelta(days=near[text])
    if WRITTEN.fullmatch(text):
        return date.fromisoformat(text)
    match = TYPED.fullmatch(text)
    if not match or (year and len(match[3] or "") != 4):
        raise ValueError(text)
    day, month = int(match[1]), _month(match[2])
    if match[3]:
        return date(_full(match[3], today), month, day)
    return _nearest(month, day, today, ahead=ahead)


def _figure(sign: str) -> str:
    """Figures of every script are figures."""
    return str(unicodedata.decimal(sign, sign))


def _month(word: str) -> int:
    """By its number, or its name in the reader's language or in English: as it is shortened
    here, or the first letters, three at least."""
    if word.isdigit():
        return int(word)
    word = word.rstrip(".")
    for number, name in MONTHS.items():
        if word == str(MONTHS_3[number]).casefold().rstrip("."):
            return number
        names = (str(name).casefold(), calendar.month_name[number].casefold())
        if len(word) >= 3 and any(spelling.startswith(word) for spelling in names):
            return number
    raise ValueError(word)


def _full(year: str, today: date) -> int:
    number = int(year)
    if len(year) == 4:
        return number
    return 2000 + number if 2000 + number <= today.year + NEXT_CENTURY else 1900 + number


def _nearest(month: int, day: int, today: date, *, ahead: bool) -> date:
    there = []
    for year in (today.year - 1, today.year, today.year + 1):
        with suppress(ValueError):  # 29 February
            there.append(date(year, month, day))
    return min(
        (guess for guess in there if ahead or guess <= today), key=lambda guess: abs(guess - today)
    )
