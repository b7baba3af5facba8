"""Visits as CSV: read with every fault and its line, and written in the same columns."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from core.moments import CannotBe, check_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studies.models import Stratum, Visit

NEEDED = ("venue", "visited_on", "counted", "minors")
COLUMNS = ("venue", "visited_on", "establishments", "counted", "minors")
WRITTEN = (*COLUMNS, "left_out")
MOST, MOST_FAULTS, LONGEST = 2000, 50, 40
WHOLE = re.compile(r"[0-9]{1,9}")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class NotASheet(ValueError):
    """What cannot be read, line by line."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__(" ".join(lines))
        self.lines = lines


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
    names, rows = _lines(text)
    visits, faults = [], []
    for line, row in rows:
        try:
            visits.append(_visit(names, row))
        except ValueError as exc:
            faults.append(_("Line %(line)s: %(words)s") % {"line": line, "words": exc})
    if faults:
        raise NotASheet(_cut(faults))
    return Sheet(visits)


def _lines(text: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The names of the columns, and every other line with its number."""
    lines = csv.reader(io.StringIO(text.strip(), newline=""), strict=True)
    try:
        found = [(lines.line_num, row) for row in lines if any(map(str.strip, row))]
    except csv.Error:
        said = _("Line %(line)s: this is no CSV; look for a quotation mark that does not end.")
        raise NotASheet([said % {"line": lines.line_num}]) from None
    if not found:
        raise NotASheet([_("The file has no lines.")])
    (_number, head), *rows = found
    names = [name.strip().lower() for name in head]
    if faults := list(_head_faults(names)):
        raise NotASheet(faults)
    if not rows:
        raise NotASheet([_("The file has no visits.")])
    if len(rows) > MOST:
        raise NotASheet([_("At most %(most)s visits at once.") % {"most": MOST}])
    return names, rows


def _cut(faults: list[str]) -> list[str]:
    more = len(faults) - MOST_FAULTS
    if more <= 0:
        return faults
    return [*faults[:MOST_FAULTS], _("And %(more)s more lines.") % {"more": more}]


def _head_faults(names: list[str]) -> Iterator[str]:
    for name in NEEDED:
        if name not in names:
            yield _("The first line does not name the column %(name)s.") % {"name": name}
    for name in dict.fromkeys(names):
        if name not in COLUMNS:
            yield _("There is no column %(name)s.") % {"name": name[:40] or "–"}
        elif names.count(name) > 1:
            yield _("The column %(name)s is there twice.") % {"name": name}


def _visit(names: list[str], row: list[str]) -> dict[str, object]:
    if len(row) != len(names):
        raise ValueError(
            _("%(found)s values, %(wanted)s columns.") % {"found": len(row), "wanted": len(names)}
        )
    given = {name: value.strip() for name, value in zip(names, row, strict=True)}
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
