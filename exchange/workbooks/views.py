"""Pages of the workbook: an empty one to fill in, and a filled one taken in."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from django.http import HttpResponse

from core.web import Page
from core.workbooks import CONTENT_TYPE, Workbook
from exchange.services.workbooks import import_workbook, preview_workbook
from exchange.take_page import TakePage
from exchange.workbooks.forms import TakeWorkbookForm
from exchange.workbooks.giving import write_empty

if TYPE_CHECKING:
    from django.http import HttpRequest


class TakeWorkbook(TakePage):
    """What an organisation brings when it moves in."""

    looks, takes, permission = preview_workbook, import_workbook, import_workbook.permission
    form_class, template_name = TakeWorkbookForm, "exchange/take_workbook.html"


class EmptyWorkbook(Page):
    """Its sheets and columns, and what each takes. Nothing of any case."""

    permission = import_workbook.permission

    def get(self, request: HttpRequest) -> HttpResponse:
        out = BytesIO()
        book = Workbook(out)
        write_empty(book)
        book.close()
        given = {"Content-Disposition": 'attachment; filename="workbook.xlsx"'}
        return HttpResponse(out.getvalue(), content_type=CONTENT_TYPE, headers=given)
