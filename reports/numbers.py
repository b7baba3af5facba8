"""Every row that figures count has a small whole number, for good: sets of them are bitmaps.

A key of 16 bytes costs 150 in a set of Python, and a country has millions of them; of numbers a
bitmap keeps millions in a few hundred kB, and sums and differences of sets are one operation. A
row gets its number from the database in the statement that writes it (triggers of the wall, as in
reports/changes.py). The number never changes and is given to nothing else,
so that snapshots of different days can be compared. It says nothing, and nobody is shown it.

Weighed and left: numbers filled in when a report begins (a row written meanwhile has none, and two
reports wait for each other); a column on each table (the record that stands for a person may be
one the report role cannot see); sorted arrays of numpy (16 MB a country instead of 0.5).
"""

from __future__ import annotations

from array import array
from sys import byteorder
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import connection
from pyroaring import BitMap

if TYPE_CHECKING:
    from collections.abc import Iterable

Ids = BitMap

# The models whose rows stand behind figures.
COUNTED = (
    "casework.Case",
    "casework.Rescue",
    "casework.Site",
    "prosecutions.Charge",
    "prosecutions.Complaint",
    "prosecutions.Hearing",
    "prosecutions.Network",
    "prosecutions.Perpetrator",
    "prosecutions.Prosecution",
    "prosecutions.Suspect",
    "reports.AnonymousRow",
    "victims.Victim",
)


def union(sets: Iterable[Ids]) -> Ids:
    """Everybody who is in any of these."""
    return Ids().union(*sets)


def unpacked(numbers: object) -> Ids:
    """The set of what the database packed by `int4send`; of nothing the empty one."""
    return Ids(_array(numbers))


def pairs(packed: object) -> Iterable[tuple[int, int]]:
    """Numbers that the database packed with another one each."""
    values = _array(packed)
    return zip(values[::2], values[1::2], strict=True)


def _array(packed: Any) -> array[int]:
    values = array("I")
    values.frombytes(packed or b"")
    if byteorder == "little":
        values.byteswap()
    return values


def triggers() -> str:
    """SQL for the wall: a row gets its number when it is written (core/wall/figures.sql)."""
    return "\n".join(
        f"create trigger {f'{table}_numbered'[:63]} after insert on {table}"
        " referencing new table as written for each statement execute function number_rows();"
        for table in _tables()
    )


def number_rows() -> None:
    """Run as the owner, at the end of `migrate`: a row from before it was counted gets one, too."""
    with connection.cursor() as cursor:
        for table in _tables():
            cursor.execute(
                f"insert into reports_rownumber (row_id) select id from {table} each"  # noqa: S608
                " where not exists (select from reports_rownumber where row_id = each.id)"
                " on conflict do nothing"
            )


def _tables() -> list[str]:
    return [apps.get_model(label)._meta.db_table for label in COUNTED]
