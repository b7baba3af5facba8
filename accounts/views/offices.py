"""Offices, for the system administrator: the list, one each, opened and changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render

from accounts.models import Office
from accounts.permissions import Perm
from core.web import Page
from places.history import history_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


class Offices(Page):
    permission = Perm.OFFICE_KEEP

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = Office.objects.visible_to(self.actor).select_related("jurisdiction")
        return render(request, "people/offices.html", {"rows": rows.order_by("name")})


class OneOffice(Page):
    model: Any = Office
    permission = Perm.OFFICE_KEEP

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        context = {"row": self.target, "history": history_of(self.target)}
        return render(request, "people/office.html", context)
