"""Pages of the workbook: an empty one to fill in, and a filled one sent, looked at, taken in."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from core.sheets.workbooks import CONTENT_TYPE, Workbook
from core.web import FormPage, Page
from exchange.services.workbooks import confirm_workbook, end_workbook, send_workbook
from exchange.workbooks.forms import SendWorkbookForm
from exchange.workbooks.giving import write_empty
from exchange.workbooks.left_out import LEFT_OUT
from exchange.workbooks.models import WorkbookImport
from exchange.workbooks.words import progress

if TYPE_CHECKING:
    from uuid import UUID

    from django.forms import BaseForm
    from django.http import HttpRequest

SHOWN = 10  # of those sent before


class SendWorkbook(FormPage):
    """What an organisation brings when it moves in."""

    takes_files = True
    service, permission = send_workbook, send_workbook.permission
    form_class, template_name = SendWorkbookForm, "exchange/send_workbook.html"

    def before(self) -> str:
        return reverse("desk:cases")

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        rows = WorkbookImport.objects.visible_to(self.actor).select_related("job")
        mine = list(rows.order_by("-created_at", "-id")[:SHOWN])
        return super().get_context_data(mine=mine, left_out=list(LEFT_OUT), **kwargs)

    def act(self, form: BaseForm) -> str:
        return send_workbook(file=form.cleaned_data["file"], actor=self.actor).get_absolute_url()


class EmptyWorkbook(Page):
    """Its sheets and columns, and what each takes. Nothing of any case."""

    permission = send_workbook.permission

    def get(self, request: HttpRequest) -> HttpResponse:
        out = BytesIO()
        book = Workbook(out)
        write_empty(book)
        book.close()
        given = {"Content-Disposition": 'attachment; filename="workbook.xlsx"'}
        return HttpResponse(out.getvalue(), content_type=CONTENT_TYPE, headers=given)


class WorkbookImportPage(Page):
    """How one stands, and what was found in it. `X-Fragment`: only how far it is."""

    model = WorkbookImport

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        context = progress(self.target)
        if request.headers.get("X-Fragment") == "1":
            return render(request, "exchange/_workbook_progress.html", context)
        return render(request, "exchange/workbook_import.html", context)


class ConfirmWorkbook(Page):
    model, service = WorkbookImport, confirm_workbook

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        confirm_workbook(self.target, version=self.version, actor=self.actor)
        return HttpResponseRedirect(self.target.get_absolute_url())


class EndWorkbook(Page):
    model, service = WorkbookImport, end_workbook

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        end_workbook(self.target, actor=self.actor)
        return HttpResponseRedirect(self.target.get_absolute_url())
