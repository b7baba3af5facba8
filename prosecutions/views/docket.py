"""The docket as a list and as a month, and the cause list of a day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from core import clock
from core.typed_days import read_day
from core.web import Page
from prosecutions.services.docket import Asked, read_cause_list, read_docket
from prosecutions.services.docket.asking import page_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PRINT = "print"


class Docket(Page):
    """Every open proceeding of the reader, the urgent first."""

    permission = read_docket.permission

    def get(self, request: HttpRequest) -> HttpResponse:
        if request.GET.get("view") == PRINT:
            return HttpResponseRedirect(reverse("prosecutions:cause-list"))
        shown = read_docket(asked=Asked.of(request.GET), actor=self.actor)
        return render(request, "prosecutions/docket.html", shown)


class CauseList(Page):
    """What is listed on a day, a page for each court."""

    permission = read_cause_list.permission

    def get(self, request: HttpRequest) -> HttpResponse:
        day = day_of(request.GET.get("day", "")) or self._today()
        shown = read_cause_list(day=day, page=page_of(request.GET), actor=self.actor)
        address = reverse("prosecutions:cause-list")
        one = timedelta(days=1)
        beside = {"previous_url": day - one, "next_url": day + one}
        links = {name: f"{address}?day={other}" for name, other in beside.items()}
        number, here = shown["page"], f"{address}?day={day}&page="
        links["more_url"] = f"{here}{number + 1}" if number < shown["pages"] else ""
        links["before_url"] = f"{here}{number - 1}" if number > 1 else ""
        return render(request, "prosecutions/cause_list.html", shown | links)

    def _today(self) -> date:
        """The day it is in the reader's office, as on the dates of its hearings."""
        office = self.actor.home_office
        return office.jurisdiction.today if office else clock.today()


def day_of(text: str) -> date | None:
    """A day of these years, as it was typed or as links write it."""
    try:
        day = read_day(text, today=clock.today())
    except ValueError:
        return None
    return day if 1990 <= day.year <= 2100 else None
