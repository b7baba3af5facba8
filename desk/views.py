"""Today, the list of cases, the case page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from accounts.permissions import Perm
from casework.models import Case
from core.api.pagination import BadPage
from core.web import Page, RowPage
from desk.services import read_case, read_case_list, read_today
from desk.words import NOTES

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


class Today(Page):
    permission = read_today.permission

    def get(self, request: HttpRequest) -> HttpResponse:
        if request.user.has_perm(Perm.REFERRAL_ANSWER) and not request.user.has_perm(
            Perm.CASE_VIEW
        ):
            return HttpResponseRedirect(reverse("aftercare:received"))  # a provider's whole day
        note = NOTES.get(request.GET.get("note", ""))  # what closed the page one came from
        return render(request, "desk/today.html", read_today(actor=request.user) | {"note": note})


class CaseList(Page):
    permission = read_case_list.permission

    def get(self, request: HttpRequest) -> HttpResponse:
        try:
            shown = read_case_list(request.GET.dict(), actor=request.user)
        except BadPage:  # an old or mistyped link: show the first page rather than an error
            return HttpResponseRedirect(reverse("desk:cases"))
        return render(request, "desk/case_list.html", shown)


class CasePage(RowPage):
    model, service = Case, read_case

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        return render(request, "desk/case_detail.html", read_case(self.target, actor=request.user))

    def rows(self) -> object:
        return super().rows().select_related("office", "jurisdiction")
