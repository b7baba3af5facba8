"""A report as a table of plain values, and what its files are called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from reports.params import OUTSIDE

if TYPE_CHECKING:
    from datetime import date

    from reports.base import Report
    from reports.models import Snapshot


def file_of(snapshot: Snapshot, kind: str) -> str:
    """The name of a file of these figures: what is for our own work says so."""
    return named(snapshot.report, snapshot.as_of, snapshot.params, kind)


def named(what: str, as_of: date, params: dict[str, object], kind: str) -> str:
    inside = "-inside" if mark_of(params) else ""
    return f"{what}-{as_of}{inside}.{kind}"


def mark_of(params: dict[str, object]) -> str:
    """What figures that count everybody carry wherever they go; nothing on those to be released."""
    leaves = params.get("audience") == OUTSIDE
    return "" if leaves else _("for our own work, everybody counted")


def mark_in_file(params: dict[str, object]) -> str:
    """The same in a file of data, which is one text whoever takes it."""
    with override("en"):
        return mark_of(params)


def as_table(report: Report, rows: list[dict[str, object]], mark: str = "") -> list[list[object]]:
    """A head and one line a row; a figure that does not exist stays empty. `mark`: on each line."""
    names = [column.name for column in report.columns]
    dated = ["as_of"] if any("as_of" in row for row in rows) else []
    more = [*dated, *(["audience"] if mark else [])]
    table: list[list[Any]] = [[*report.row_names(), *names, *more]]
    for row in rows:
        values = [*report.row_values(row), *(row[name] for name in names)]
        values += [row.get("as_of", "") for _one in dated]
        values += [mark] if mark else []
        table.append([_plain(value) for value in values])
    return table


def _plain(value: object) -> object:
    """Amounts by currency as one text."""
    if isinstance(value, dict):
        return "; ".join(f"{currency} {amount}" for currency, amount in value.items())
    return "" if value is None else value
