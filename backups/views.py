"""Backups and drills, for the system administrator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from backups import alarms
from backups.services import read_backups, read_real_names
from core.web import Page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class Backups(Page):
    """When, how long, where, how large, what differed. Making one needs keys no page holds."""

    permission = read_backups.permission

    def get(self, request: HttpRequest) -> HttpResponse:
        context = read_backups(actor=self.actor) | {"is_late": alarms.is_late()}
        context["real_names"] = read_real_names(actor=self.actor)
        return render(request, "backups/list.html", context)
