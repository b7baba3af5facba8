"""Rows as CSV for a spreadsheet. What a cell says is text there, never a formula."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from django.http import HttpResponse

if TYPE_CHECKING:
    from collections.abc import Iterable

# With these a spreadsheet begins a formula, in some languages after a blank, too.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def as_csv(name: str, rows: Iterable[Iterable[object]]) -> HttpResponse:
    """A table as an answer."""
    return HttpResponse(
        as_text(rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def as_text(rows: Iterable[Iterable[object]]) -> str:
    """A table as CSV."""
    text = io.StringIO()
    csv.writer(text).writerows([[harmless(value) for value in row] for row in rows])
    return text.getvalue()


def harmless(value: object) -> object:
    """An apostrophe before what would be a formula; numbers stay numbers."""
    return f"'{value}" if is_formula(value) else value


def is_formula(value: object) -> bool:
    """Whether a spreadsheet would take it for a formula."""
    return isinstance(value, str) and value.lstrip(" ").startswith(FORMULA)
