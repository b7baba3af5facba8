"""Visits as CSV: read with every fault and its line, and written in the same columns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from core.days.moments import CannotBe, check_day
from core.sheets.lines import read_each

if TYPE_CHECKING:
    from studies.models import Stratum, Visit

NEEDED = ("venue", "visited_on", "counted", "minors")
COLUMNS = ("venue", "visited_on", "establishments", "counted", "minors")
WRITTEN = (*COLUMNS, "left_out")
LONGEST = 40
WHOLE = re.compile(r"[0-9]{1,9}")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class Sheet:
    visits: list[dict[str, Any]]

    @property
    def digest(self) -> str:
        """Tells what was looked at from what was changed since."""
        return sha256(repr(self.visits).encode()).hexdigest()

    @property
    def counted(self) -> int:
        return sum(visit["counted"] for visit in self.visits)

    @property
    def minors(self) -> int:
        return sum(visit["minors"] for visit in self.visits)


def read(text: str) -> Sheet:
    """Raises `NotASheet` with the words for every line that is wrong."""
    return Sheet(read_each(text, needed=NEEDED, columns=COLUMNS, taken=_visit))


def _visit(given: dict[str, str]) -> dict[str, Any]:
    visit: dict[str, Any] = {"venue": _venue(given["venue"]), "visited_on": _day(given)}
    visit |= {name: _whole(name, given[name]) for name in ("counted", "minors")}
    if given.get("establishments"):
        visit["establishments"] = _whole("establishments", given["establishments"])
    if visit["minors"] > visit["counted"]:
        raise ValueError(_("more minors than people were counted."))
    if visit.get("establishments") == 0:
        raise ValueError(_("at least one establishment was visited."))
    return visit


def _venue(code: str) -> str:
    if not code or len(code) > LONGEST or not code.isprintable():
        raise ValueError(_("venue: a code of at most 40 characters is expected."))
    return code


def _day(given: dict[str, str]) -> date:
    try:
        if not DAY.fullmatch(given["visited_on"]):
            raise ValueError
        day = date.fromisoformat(given["visited_on"])
    except ValueError:
        raise ValueError(_("visited_on: a date like 2026-11-24 is expected.")) from None
    try:
        return check_day(day)
    except CannotBe as exc:
        raise ValueError(f"visited_on: {exc}") from None


def _whole(name: str, value: str) -> int:
    if not WHOLE.fullmatch(value):
        raise ValueError(_("%(name)s: a whole number is expected.") % {"name": name})
    return int(value)


def as_rows(stratum: Stratum, visits: list[Visit]) -> list[list[object]]:
    """The visits of a stratum as a table; what is not representative says so in every line."""
    representative = "yes" if stratum.study.is_representative else "no"
    lines = [[*(getattr(visit, name) for name in WRITTEN), representative] for visit in visits]
    return [[*WRITTEN, "representative"], *lines]
