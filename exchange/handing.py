"""A file of HTCDS as an answer to a page or a program: CSV or XLSX of the same table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse

from core.days import clock
from core.sheets.workbooks import as_xlsx
from exchange.enums import GivenAs

if TYPE_CHECKING:
    from exchange.services.htcds import Exported


def handed(made: Exported, form: str) -> HttpResponse:
    """The file. Its name says how many are not in it because they have not agreed."""
    without = f"-without-{made.left_out}" if made.left_out else ""
    name = f"htcds-{clock.today()}{without}.{form or GivenAs.CSV}"
    if form == GivenAs.XLSX:
        response = as_xlsx(name, made.table, "HTCDS")
    else:
        response = HttpResponse(
            made.text,
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )
    response["Cache-Control"] = "no-store"
    return response
