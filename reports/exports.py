"""A report as a table of plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reports.base import Report


def as_table(report: Report, rows: list[dict[str, Any]]) -> list[list[Any]]:
    """A head and one line a row; a figure that does not exist stays empty."""
    names = [column.name for column in report.columns]
    table: list[list[Any]] = [[*report.row_names(), *names]]
    for row in rows:
        values = [*report.row_values(row), *(row[name] for name in names)]
        table.append([_plain(value) for value in values])
    return table


def _plain(value: Any) -> Any:
    """Amounts by currency as one text."""
    if isinstance(value, dict):
        return "; ".join(f"{currency} {amount}" for currency, amount in value.items())
    return "" if value is None else value
