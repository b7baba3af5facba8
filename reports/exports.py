"""A report as a table of plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reports.base import Report

PLACE = ("jurisdiction", "name", "level", "programme")


def as_table(report: Report, rows: list[dict[str, Any]]) -> list[list[Any]]:
    """A head and one line a row; a figure that does not exist stays empty."""
    names = [column.name for column in report.columns]
    table: list[list[Any]] = [[*PLACE, *names]]
    for row in rows:
        place = row["jurisdiction"]
        where = [place["code"], place["name"], place["level"], row["programme"] or "all"]
        table.append([*where, *("" if row[name] is None else row[name] for name in names)])
    return table
