"""Every row that figures count has a small whole number, for good: sets of them are bitmaps.

A key of 16 bytes costs 150 in a set of Python, and a country has millions of them; of numbers a
bitmap keeps millions in a few hundred kB, and sums and differences of sets are one operation. A
row gets its number from the database in the statement that writes it (triggers of the wall, as in
reports/changes.py). The number never changes and is given to nothing else,
so that snapshots of different days can be compared. It says nothing, and nobody is shown it.
Beside it stands which table the row is of, so that a figure of persons reads the numbers of
persons and no others.

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

# The models whose rows stand behind figures, each with the number of its table, for good.
COUNTED = {
    "casework.Case": 1,
    "casework.Rescue": 2,
    "casework.Site": 3,
    "prosecutions.Charge": 4,
    "prosecutions.Complaint": 5,
    "prosecutions.Hearing": 6,
    "prosecutions.Network": 7,
    "prosecutions.Perpetrator": 8,
    "prosecutions.Prosecution": 9,
    "prosecutions.Suspect": 10,
    "reports.AnonymousRow": 11,
    "victims.Victim": 12,
}


def numbered(name: str, key: str, field: Any) -> str:
    """The join that brings the number of a row of `each`, by the column with its key. `field`: what
    the key is of; numbers of other tables are not read."""
    model = field.related_model or getattr(field, "model", None)
    table = COUNTED.get(model._meta.label) if model else None
    among = f" and {name}.of_table = {table}" if table else ""
    return f"left join reports_rownumber {name} on {name}.row_id = each.{key}{among}"


def union(sets: Iterable[Ids]) -> Ids:
    """Everybody who is in any of these."""
    return Ids().union(*sets)


def unpacked(numbers: object) -> Ids:
    """The set of what the database packed by `int4send`; of nothing the empty one."""
    return Ids(_array(numbers))


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
        " referencing new table as written for each statement"
        f" execute function number_rows({of_table});"
        for table, of_table in _tables().items()
    )


def number_rows() -> None:
    """Run as the owner, at the end of `migrate`: a row from before it was counted gets one, too;
    and of a number from before tables were told apart it is said now of which it is."""
    with connection.cursor() as cursor:
        for table, of_table in _tables().items():
            cursor.execute(
                f"insert into reports_rownumber (row_id, of_table) select id, %s from {table} each"  # noqa: S608
                " where not exists (select from reports_rownumber"
                " where row_id = each.id and of_table = %s)"
                " on conflict (row_id) do update set of_table = excluded.of_table",
                [of_table, of_table],
            )


def _tables() -> dict[str, int]:
    return {apps.get_model(label)._meta.db_table: number for label, number in COUNTED.items()}
