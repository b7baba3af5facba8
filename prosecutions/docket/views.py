"""The docket as a list and as a month, and the cause list of a day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from core.days import clock
from core.days.typed import read_day
from core.web import Page
from prosecutions.docket import DocketQuery, read_cause_list, read_docket
from prosecutions.docket.asking import page_of
from prosecutions.docket.causes import CauseList, Whose

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PRINT = "print"


class Docket(Page):
    """Every open proceeding of the reader, the urgent first."""

    permission = read_docket.permission

    def get(self, request: HttpRequest) -> HttpResponse:
        if request.GET.get("view") == PRINT:
            return HttpResponseRedirect(reverse("prosecutions:cause-list"))
        context = read_docket(asked=DocketQuery.of(request.GET), actor=self.actor)
        return render(request, "prosecutions/docket.html", context)


class Causes(Page):
    """What is listed on a day, a page for each court."""

    permission = read_cause_list.permission

    def get(self, request: HttpRequest) -> HttpResponse:
        day = day_of(request.GET.get("day", "")) or self._today()
        asked = request.GET.get("whose", "")
        whose = Whose(asked) if asked in Whose.values else Whose.ALL
        causes = read_cause_list(day=day, page=page_of(request.GET), whose=whose, actor=self.actor)
        return render(request, "prosecutions/cause_list.html", vars(causes) | _links(causes))

    def _today(self) -> date:
        """The day it is in the reader's office, as on the dates of its hearings."""
        office = self.actor.home_office
        return office.jurisdiction.today if office else clock.today()


def _links(causes: CauseList) -> dict[str, object]:
    """The addresses of the days and pages beside, and of the same day for somebody else."""

    def address(day: date, page: int = 1, whose: Whose = causes.whose) -> str:
        asked = {"day": str(day)} | ({"whose": whose.value} if whose != Whose.ALL else {})
        asked |= {"page": str(page)} if page > 1 else {}
        return f"{reverse('prosecutions:cause-list')}?{urlencode(asked)}"

    day, number, step = causes.day, causes.page, timedelta(days=1)
    return {
        "previous_url": address(day - step),
        "next_url": address(day + step),
        "more_url": address(day, number + 1) if number < causes.pages else "",
        "before_url": address(day, number - 1) if number > 1 else "",
        "choices": [(who.label, address(day, whose=who), who == causes.whose) for who in Whose],
    }


def day_of(text: str) -> date | None:
    """A day of these years, as it was typed or as links write it."""
    try:
        day = read_day(text, today=clock.today())
    except ValueError:
        return None
    return day if 1990 <= day.year <= 2100 else None
