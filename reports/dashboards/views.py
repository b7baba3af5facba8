"""The pages of dashboards, the files of their pictures, and the shapes of their maps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from accounts.permissions import Perm
from casework.enums import Programme
from core.refusals import gettext as _
from core.services import Refused
from core.sheets.spreadsheets import as_csv
from core.sheets.workbooks import as_xlsx
from core.web import Page
from prosecutions.enums import Attribution
from reports.choices import given_of, parameter_labels, wide_places
from reports.dashboards import page, tables
from reports.dashboards.paper import paper
from reports.dashboards.questions import FILTERS, DashboardQuery, all_questions, answers, asked_of
from reports.dashboards.services import request_dashboard
from reports.exports import named
from reports.fresh import refresh
from reports.maps import as_svg, boundaries
from reports.params import BadParams

if TYPE_CHECKING:
    from django.http import HttpRequest

    from reports.dashboards.declared import Dashboard


class Home(Page):
    """Sends on to the dashboard of one's own work."""

    permission = Perm.REPORT_VIEW

    def get(self, request: HttpRequest) -> HttpResponse:
        slug = page.first_for(self.actor).slug
        return HttpResponseRedirect(reverse("reports:board", args=[slug]))


class Board(Page):
    """What the doors of one dashboard share."""

    permission = Perm.REPORT_VIEW

    def board(self) -> Dashboard:
        try:
            return page.DASHBOARDS[self.kwargs["slug"]]
        except KeyError:
            raise Http404 from None

    def before(self) -> str:
        return reverse("reports:board", args=[self.kwargs["slug"]])

    def refused(self, given: dict[str, str], bad: BadParams) -> HttpResponse:
        """The page with the filters as they were given, each fault beside its field."""
        context = self.frame(given) | {"dashboard": self.board(), "errors": bad.errors}
        return render(self.request, "dashboards/board.html", context, status=400)

    def frame(self, given: dict[str, str]) -> dict[str, object]:
        return {
            "given": given,
            "labels": parameter_labels(),
            "boards": list(page.DASHBOARDS.values()),
            "programmes": Programme.choices,
            "places": wide_places(),
            "attributions": Attribution.choices,
            "chosen": given.get("attribution", "").split(","),
            "may_run": self.actor.has_perm(Perm.REPORT_RUN),
        }


class BoardPage(Board):
    """One dashboard, for the filters in the address. What is missing or old is asked for behind
    it; POST computes all of it again.

    `X-Fragment`: only how far the computing is.
    """

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        given = given_of(request.GET, FILTERS)
        try:
            asked = asked_of(given, self.actor)
        except BadParams as bad:
            return self.refused(given, bad)
        questions = all_questions(self.board(), asked.params)
        if request.headers.get("X-Fragment") == "1":
            runs = page.runs(questions, self.actor)
            return render(request, "dashboards/_run.html", {"runs": runs})
        snapshots = answers(self.actor, questions, dated=asked.dated)
        refresh(self.actor, questions, snapshots, dated=asked.dated)
        runs = page.runs(questions, self.actor)
        context = page.board(self.board(), asked, self.actor, snapshots) | self.frame(given)
        context |= {
            "runs": runs,
            "chips": page.chips(asked, request.path),
            "periods": page.periods(asked, request.path),
            "asked": page.facts(asked),
            "query": _query(given),
        }
        return render(request, "dashboards/board.html", context)

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        given = given_of(request.POST, FILTERS)
        try:
            asked = asked_of(given, self.actor)
        except BadParams as bad:
            return self.refused(given, bad)
        request_dashboard(self.board(), params=asked.params, actor=self.actor)
        return HttpResponseRedirect(f"{request.path}{_query(given)}")


def _query(given: dict[str, str]) -> str:
    return f"?{urlencode(given)}" if given else ""


class PanelFile(Board):
    """The table of one picture, as a file, for the filters in the address."""

    kind = "csv"

    def get(self, request: HttpRequest, slug: str, code: str = "") -> HttpResponse:
        panel = self.board().panel(code)
        if panel is None:
            raise Http404
        given = given_of(request.GET, FILTERS)
        try:
            seen = page.seen_of(panel, asked_of(given, self.actor), self.actor)
        except BadParams as bad:
            return self.refused(given, bad)
        if seen.snapshot is None:
            raise Refused(_("Nothing has been computed yet for these filters."))
        made = as_csv if self.kind == "csv" else as_xlsx
        last = seen.snapshot
        name = named(f"{slug}-{code}", last.as_of, last.params, self.kind)
        return made(name, tables.in_file(seen))


class BoardPaper(Board):
    """The dashboard on paper."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        given = given_of(request.GET, FILTERS)
        try:
            asked: DashboardQuery = asked_of(given, self.actor)
        except BadParams as bad:
            return self.refused(given, bad)
        return paper(self.board(), asked, self.actor)


class Shapes(Page):
    """The shapes of the map. Their digest stands in the address, so a browser keeps them."""

    permission = Perm.REPORT_VIEW

    def get(self, request: HttpRequest, digest: str) -> HttpResponse:
        shapes = boundaries()
        if digest != shapes.digest:
            raise Http404
        headers = {"Cache-Control": "private, max-age=31536000, immutable"}
        return HttpResponse(as_svg(shapes), content_type="image/svg+xml", headers=headers)
