"""Places and institutions as CSV, read with every fault and its line."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.sheets.lines import read_each
from places.adding import KnownAgencies, KnownCourts, KnownPlaces
from places.columns import NewAgency, NewChoice, NewPlace, NewVacation
from places.enums import AgencyKind
from places.wording import LANGUAGES, KnownChoices, read_day, read_place

if TYPE_CHECKING:
    from collections.abc import Sequence

PLACE_COLUMNS = ("name", "level", "parent", "register_code", "code", "time_zone")
AGENCY_COLUMNS = ("name", "kind", "jurisdiction")
CHOICE_COLUMNS = ("listed", "code", "counts_as", "position", "starts_on", "ends_on", *LANGUAGES)
VACATION_COLUMNS = ("jurisdiction", "court", "occasion", "starts_on", "ends_on")
SHOWN, FIRST = 50, 5  # lines; courts of a line


@dataclass(frozen=True)
class Sheet:
    """`rows`: for the verb; `shown`: what they would make, under `head`, to be looked at."""

    rows: Sequence[object]
    head: list[str]
    shown: list[list[str]]

    @property
    def digest(self) -> str:
        """Tells what was looked at from what was changed since."""
        return sha256(repr(self.rows).encode()).hexdigest()

    @property
    def first(self) -> list[list[str]]:
        return self.shown[:SHOWN]

    @property
    def more(self) -> int:
        return max(0, len(self.shown) - SHOWN)


def read_places(text: str) -> Sheet:
    """Raises `NotASheet` with the words for every line that is wrong."""
    known, lines = KnownPlaces(), []

    def taken(given: dict[str, str]) -> NewPlace:
        new = NewPlace(**given | {"level": given["level"].lower()})
        row = known.add(new)
        above = str(row.parent or "")
        level = str(row.get_level_display())
        lines.append([row.name, row.code, level, above, row.time_zone])
        return new

    rows = read_each(text, needed=("name", "level"), columns=PLACE_COLUMNS, taken=taken)
    head = [_("Name"), _("Code"), _("Level"), _("Lies in"), _("Time zone")]
    return Sheet(rows, head, lines)


def read_agencies(text: str) -> Sheet:
    """Raises `NotASheet` with the words for every line that is wrong."""
    known, lines = KnownAgencies(KnownPlaces()), []

    def taken(given: dict[str, str]) -> NewAgency:
        new = NewAgency(**given | {"kind": given["kind"].lower()})
        row = known.add(new)
        lines.append([row.name, str(AgencyKind(row.kind).label), str(row.jurisdiction)])
        return new

    rows = read_each(text, needed=AGENCY_COLUMNS, columns=AGENCY_COLUMNS, taken=taken)
    return Sheet(rows, [_("Name"), _("Kind"), _("Place")], lines)


def read_choices(text: str) -> Sheet:
    """Raises `NotASheet` with the words for every line that is wrong."""
    known, lines = KnownChoices(), []

    def taken(given: dict[str, str]) -> NewChoice:
        names = {code: given[code] for code in LANGUAGES if given.get(code)}
        first, last = (read_day(given.get(name, ""), name) for name in ("starts_on", "ends_on"))
        position = read_place(given.get("position", ""))
        counts_as = given.get("counts_as", "").lower()
        new = NewChoice(given["listed"], given["code"], counts_as, names, position, first, last)
        row, _changes = known.take(new)
        days = [date_format(day, "j M Y") if day else "" for day in (first, last)]
        named = ", ".join(names.values())
        lines.append([str(row.list.TITLE), row.code, named, str(position or ""), *days])
        return new

    rows = read_each(text, needed=("listed", "code"), columns=CHOICE_COLUMNS, taken=taken)
    head = [_("List"), _("Code"), _("Names"), _("Order"), _("First day"), _("Last day")]
    return Sheet(rows, head, lines)


def read_vacations(text: str) -> Sheet:
    """Raises `NotASheet` with the words for every line that is wrong."""
    known, lines = KnownCourts(KnownPlaces()), []

    def taken(given: dict[str, str]) -> NewVacation:
        new = NewVacation(**given)
        days, courts = known.close(new)
        first, last = (date_format(day, "j M Y") for day in (days.starts_on, days.ends_on))
        names = ", ".join(court.name for court in courts[:FIRST])
        lines.append([days.occasion, first, last, names, str(len(courts))])
        return new

    needed = ("jurisdiction", "occasion", "starts_on")
    rows = read_each(text, needed=needed, columns=VACATION_COLUMNS, taken=taken)
    return Sheet(
        rows,
        [_("What it is"), _("First day"), _("Last day"), _("First courts"), _("How many")],
        lines,
    )
