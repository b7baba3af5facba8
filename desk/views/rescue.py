"""The page of one rescue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render

from casework.models import Rescue
from casework.models.records import ITS_CASE
from core.web import Page
from desk.services import read_rescue

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


class RescuePage(Page):
    model, service = Rescue, read_rescue

    def rows(self) -> Any:
        return super().rows().select_related(*ITS_CASE, "jurisdiction", "led_by")

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        return render(request, "desk/rescue_page.html", read_rescue(self.target, actor=self.actor))
