"""Today, the list of cases, the case page."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from accounts.permissions import Perm
from casework.models import Case
from core.lists.pagination import BadPage
from core.services import Refused
from core.web import Page
from desk.case.checks import new_checks
from desk.case.file import OVERVIEW, TIMELINE, framed
from desk.case.parts import Parts
from desk.search import LONGEST
from desk.services import (
    give_summary,
    read_case,
    read_case_list,
    read_setting_up,
    read_summary,
    read_timeline,
    read_today,
    read_ways,
    search,
)
from desk.timeline import Kind
from desk.today.page import figures_are_all
from desk.words import NOTES
from prosecutions.views.survivors import warnings_once

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


def is_part(request: HttpRequest) -> bool:
    """Whether a script asks, for what it shows on another page."""
    return request.headers.get("X-Fragment") == "1"


class Today(Page):
    permission = read_today.permission

    def get(self, request: HttpRequest) -> HttpResponse:
        """Of whoever has another day than this page, that page."""
        if request.user.has_perm(Perm.REFERRAL_ANSWER) and not request.user.has_perm(
            Perm.CASE_VIEW
        ):
            return HttpResponseRedirect(reverse("aftercare:received"))  # a provider's whole day
        note = NOTES.get(request.GET.get("note", ""))  # what closed the page one came from
        context = read_today(actor=self.actor)
        if not note and figures_are_all(context, self.actor):
            return HttpResponseRedirect(reverse("reports:boards"))
        return render(request, "desk/today.html", context | {"note": note})


class SettingUp(Page):
    """Where an organisation begins: each step, whose it is, and whether it is done."""

    permission = read_setting_up.permission

    def get(self, request: HttpRequest) -> HttpResponse:
        context = {"setting_up": read_setting_up(actor=self.actor)}
        return render(request, "desk/setting_up.html", context)


class Search(Page):
    """By POST only: what is typed may be a name, which stands in no address."""

    permission = search.permission

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "desk/search.html", {})

    def post(self, request: HttpRequest) -> HttpResponse:
        typed = request.POST.get("q", "")
        template = "desk/search_parts.html" if is_part(request) else "desk/search.html"
        try:
            hits = search(typed, actor=self.actor)
        except Refused as refusal:
            context = {"typed": typed[:LONGEST], "refusal": str(refusal)}
            return render(request, template, context, status=400)
        kinds = [kind for kind in hits if kind.hits]
        return render(request, template, {"typed": typed, "asked": True, "kinds": kinds})


class Go(Page):
    """Where one can go from everywhere; a script shows the same on any page."""

    permission = read_ways.permission

    def get(self, request: HttpRequest) -> HttpResponse:
        context = {**read_ways(actor=self.actor), "part": is_part(request)}
        return render(request, f"desk/{'going' if is_part(request) else 'go'}.html", context)


class CaseList(Page):
    permission = read_case_list.permission

    def get(self, request: HttpRequest) -> HttpResponse:
        try:
            context = read_case_list(request.GET.dict(), actor=self.actor)
        except BadPage:  # an old or mistyped link: show the first page rather than an error
            return HttpResponseRedirect(reverse("desk:cases"))
        return render(request, "desk/case_list.html", context)


class CaseSummary(Page):
    """A case on one sheet."""

    model, service = Case, read_summary

    def rows(self) -> object:
        return super().rows().select_related("office", "jurisdiction")

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        whom = request.GET.get("for", "")
        context = read_summary(self.target, whom=whom, actor=self.actor)
        gives = self.actor.has_perm(give_summary.permission)
        takes = self.actor.has_perm(Perm.EXPORT_MAKE) and not whom
        return render(request, "desk/summary.html", context | {"gives": gives, "takes": takes})


class GiveSummary(Page):
    """The button under a sheet for somebody outside: then it may be printed."""

    model, service = Case, give_summary

    def rows(self) -> object:
        return super().rows().select_related("office", "jurisdiction")

    def before(self) -> str:
        return reverse("desk:case-summary", args=[self.target.pk])

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        whom = request.POST.get("for", "")
        give_summary(self.target, whom=whom, actor=self.actor)
        return HttpResponseRedirect(f"{self.before()}?{urlencode({'for': whom})}")


class OfCase(Page):
    model = Case

    def rows(self) -> object:
        return super().rows().select_related("office", "jurisdiction")


class CasePage(OfCase):
    """One page of a case; `page` is its name in `casework/case_pages.py`."""

    service = read_case
    page = OVERVIEW

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        new = request.GET.getlist("new")
        context = read_case(self.target, page=self.page, actor=self.actor)
        checks = new_checks(self.target, self.actor, new) if new and "pages" in context else []
        warnings = {"new_checks": checks, "namesakes": warnings_once(request, [self.target.pk])}
        name = "closed" if "pages" not in context else self.page.replace("-", "_")
        return render(request, f"desk/case/{name}.html", context | warnings)


class Timeline(OfCase):
    """What happened in a case, page by page."""

    service = read_timeline

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        asked = request.GET
        kind = asked.get("kind", "")
        try:
            page = read_timeline(
                self.target,
                kind=kind if kind in Kind.values else "",
                cursor=asked.get("cursor", ""),
                item=asked.get("item", ""),
                actor=self.actor,
            )
        except BadPage:  # an old or mistyped link: the first page rather than an error
            return HttpResponseRedirect(reverse("desk:timeline", args=[pk]))
        framed_by = framed(Parts(self.target, self.actor), TIMELINE)
        return render(request, "desk/timeline.html", framed_by | {"timeline": page})
