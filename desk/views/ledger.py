"""The ledger of one survivor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from core.web import Page
from desk.services import read_ledger
from victims.models import Involvement

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from core.access import ScopedQuerySet


class LedgerPage(Page):
    model, service = Involvement, read_ledger

    def rows(self) -> ScopedQuerySet:
        beside = ("case__office", "case__jurisdiction", "victim", "rescue")
        return super().rows().select_related(*beside)

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        return render(request, "desk/ledger.html", read_ledger(self.target, actor=self.actor))
