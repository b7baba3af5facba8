"""Rows as CSV for a spreadsheet. What a cell says is text there, never a formula."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse

if TYPE_CHECKING:
    from collections.abc import Iterable

# With these a spreadsheet begins a formula, in some languages after a blank, too.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def as_csv(name: str, rows: Iterable[Iterable[Any]]) -> HttpResponse:
    response = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
    csv.writer(response).writerows([[harmless(value) for value in row] for row in rows])
    return response


def harmless(value: Any) -> Any:
    """An apostrophe before what would be a formula; numbers stay numbers."""
    return f"'{value}" if is_formula(value) else value


def is_formula(value: Any) -> bool:
    """Whether a spreadsheet would take it for a formula."""
    return isinstance(value, str) and value.lstrip(" ").startswith(FORMULA)
