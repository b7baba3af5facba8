"""The page of a survivor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from casework.models.records import ITS_CASE
from core.web import Page
from desk.services import read_survivor
from victims.models import Involvement

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


class Survivor(Page):
    """A person of a case, by code."""

    model, service = Involvement, read_survivor

    def rows(self) -> object:
        return super().rows().select_related(*ITS_CASE, "victim")

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        context = read_survivor(self.target, actor=self.actor)
        return render(request, "desk/survivor/page.html", context)
