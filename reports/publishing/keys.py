"""How a count of a table that leaves is named, and how finely the table is divided."""

from __future__ import annotations

from typing import NamedTuple

from places.enums import JurisdictionLevel

Totals = dict[str, dict[str, int]]  # by row of a country, its counts with sealed cases


class Key(NamedTuple):
    """One count: in which table (empty: the one to be released), which row, which column."""

    table: str
    row: str
    column: str


class Detail(NamedTuple):
    """How finely a table is divided."""

    level: str = JurisdictionLevel.COUNTRY
    by_programme: bool = False
