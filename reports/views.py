"""The page of reports, a report, a run with its progress, and the rows behind a figure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from accounts.permissions import Perm
from casework.enums import Programme
from core.models import Job, JobState
from core.sheets.spreadsheets import as_csv
from core.web import Page
from reports.base import REPORTS, report_of
from reports.charts import draw
from reports.choices import (
    asked_for,
    given_of,
    near_as_links,
    options_of,
    parameter_labels,
    wide_places,
)
from reports.closed import newest_as_links, params_of
from reports.contents import contents, every_question
from reports.dashboards.page import runs
from reports.dashboards.questions import Question, answers
from reports.exports import as_table, file_of, mark_in_file
from reports.fresh import refresh
from reports.models import Snapshot
from reports.on_paper import paper, year_before
from reports.params import NAMES, OUTSIDE, BadParams, Params, as_query
from reports.present import may_open, opened, rows_for
from reports.progress import progress
from reports.readers import counts_only, sees_periods_over
from reports.services import cancel_report, read_behind, read_difference, request_report
from reports.submission.page import statements
from reports.tables import by_measure, by_place, figure_words, first_head, head

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from accounts.models import User
    from core.access import ScopedQuerySet
    from reports.base import Report


class Reports(Page):
    """Every report, with the newest figure of each for this reader.

    `X-Fragment`: only how far the computing is.
    """

    permission = Perm.REPORT_VIEW

    def get(self, request: HttpRequest) -> HttpResponse:
        questions = every_question(self.actor)
        if request.headers.get("X-Fragment") == "1":
            return render(request, "dashboards/_run.html", {"runs": runs(questions, self.actor)})
        snapshots = answers(self.actor, questions, dated=False)
        refresh(self.actor, questions, snapshots)
        context = {
            "closed": counts_only(self.actor),
            "may_export": self.actor.has_perm(Perm.CASE_EXPORT),
            "subjects": contents(questions, snapshots, self.actor),
            "runs": runs(questions, self.actor),
        }
        return render(request, "reports/reports.html", context)


class ReportPage(Page):
    """One report: what it says, for the parameters in the address. What is missing or old is asked
    for behind it; POST computes it again. `X-Fragment`: only how far the computing is.
    """

    permission = Perm.REPORT_VIEW

    def report(self) -> Report:
        try:
            return REPORTS[self.kwargs["slug"]]
        except KeyError:
            raise Http404 from None

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        report, given = self.report(), given_of(request.GET, NAMES)
        try:
            params = params_of(given, report, self.actor)
        except BadParams as bad:
            return self._page(report, given, errors=bad.errors, status=400)
        question = Question(slug, params)
        if request.headers.get("X-Fragment") == "1":
            return render(request, "dashboards/_run.html", {"runs": runs([question], self.actor)})
        dated = "as_of" in given
        before = year_before(slug, params)  # for the change on paper
        questions = [question, before] if before else [question]
        snapshots = answers(self.actor, questions, dated=dated)
        refresh(self.actor, questions, snapshots, dated=dated)
        last = snapshots.get(question.key())  # read again, with all who stand behind it
        snapshot = Snapshot.objects.filter(pk=last.pk).first() if last else None
        return self._page(report, given, params=params, snapshot=snapshot)

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        report, given = self.report(), given_of(request.POST, NAMES)
        try:
            params = params_of(given, report, self.actor)
        except BadParams as bad:
            return self._page(report, given, errors=bad.errors, status=400)
        run = request_report(report, params=params, actor=self.actor)
        return HttpResponseRedirect(reverse("reports:run", args=[run.pk]))

    def _page(
        self,
        report: Report,
        given: dict[str, str],
        *,
        params: Params | None = None,
        snapshot: Snapshot | None = None,
        errors: object = None,
        status: int = 200,
    ) -> HttpResponse:
        closed = sees_periods_over(self.actor, report)
        context = {
            "report": report.variant(params.measure if params else None),
            "given": given,
            "options": options_of(report, given),
            "labels": parameter_labels(),
            "params": params,
            "errors": errors or {},
            "programmes": Programme.choices,
            "places": wide_places(),
            "asked": asked_for(params.as_json()) if params else [],
            "may_run": self.actor.has_perm(Perm.REPORT_RUN),
            "closed": closed,
            "periods": newest_as_links(report, given, self.request.path, closed=closed),
            "near": near_as_links(report, self.actor, given, self.request.path),
            "runs": runs([Question(report.slug, params)], self.actor) if params else {},
        }
        if snapshot:
            context |= snapshot_context(snapshot, self.actor)
        return render(self.request, "reports/report.html", context, status=status)


def snapshot_context(snapshot: Snapshot, reader: User) -> dict[str, Any]:
    """A snapshot on a page: its table, its picture, its date."""
    report = report_of(snapshot)
    rows = rows_for(snapshot, reader)
    opens = may_open(report, reader)
    table = by_place if report.by_place else by_measure
    context = {
        "report": report,
        "snapshot": snapshot,
        "picture": draw(report, rows, snapshot.params) if rows else None,
        "first": first_head(report),
        "head": head(report),
        "rows": table(snapshot, report, rows),
        "masked": any(row.get("hidden") for row in rows),
        "may_open": opens,
        "asked": asked_for(snapshot.params),
    }
    return context | statements(snapshot, rows, opens=opens) if report.layout else context


class RunPage(Page):
    """How far a run is; sends on to the figures when it is done. `X-Fragment`: only the state."""

    model = Job

    def needed(self) -> list[str]:
        return [Perm.REPORT_VIEW]

    def rows(self) -> ScopedQuerySet:
        return super().rows().filter(kind="report")

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        run = self.target
        fragment = request.headers.get("X-Fragment") == "1"
        if run.state == JobState.DONE and not fragment:
            return HttpResponseRedirect(reverse("reports:snapshot", args=[run.result["snapshot"]]))
        template = "reports/_progress.html" if fragment else "reports/run.html"
        return render(request, template, progress(run) | self._asked(run))

    def _asked(self, run: Job) -> dict[str, object]:
        params = run.parameters["params"]
        return {
            "asked": asked_for(params),
            "given": as_query(params),
            "may_run": self.actor.has_perm(Perm.REPORT_RUN),
        }

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        cancel_report(self.target, actor=self.actor)
        return HttpResponseRedirect(reverse("reports:run", args=[pk]))


def _without_them(snapshot: Snapshot) -> str:
    """Of figures that count everybody: where they are asked for without those who said no."""
    if snapshot.params.get("audience", OUTSIDE) == OUTSIDE:
        return ""
    asked = as_query(snapshot.params | {"audience": OUTSIDE})
    return f"{reverse('reports:report', args=[snapshot.report])}?{urlencode(asked)}"


class SnapshotPage(Page):
    """Figures as they were computed."""

    model = Snapshot

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        context = snapshot_context(self.target, self.actor) | {
            "given": as_query(self.target.params),
            "may_run": self.actor.has_perm(Perm.REPORT_RUN),
            "may_release": report_of(self.target).sums is not None
            and self.actor.has_perm(Perm.RELEASE_PROPOSE),
            "without_them": _without_them(self.target),
        }
        return render(request, "reports/snapshot.html", context)


class SnapshotCsv(Page):
    model = Snapshot

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        report = report_of(self.target)
        table = as_table(
            report, rows_for(self.target, self.actor), mark_in_file(self.target.params)
        )
        return as_csv(file_of(self.target, "csv"), table)


class SnapshotPdf(Page):
    """A report on paper."""

    model = Snapshot

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        return paper(self.target, self.actor)


class Behind(Page):
    """The records behind a figure, as far as this reader may open them."""

    model, service = Snapshot, read_behind

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        cell, of = request.GET.get("cell", ""), request.GET.get("of", "")
        context = read_behind(self.target, cell=cell, of=of, actor=self.actor)
        report = report_of(self.target)
        context |= {"snapshot": self.target, "report": report, "kept": opened(report, cell, of)}
        context |= figure_words(self.target, report, cell, of)
        return render(request, "reports/behind.html", context)


class Difference(Page):
    """What came to these figures since others were computed, and what went; `with` says which."""

    model, service = Snapshot, read_difference

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        snapshot, report = self.target, report_of(self.target)
        context = {"snapshot": snapshot, "report": report, "asked": asked_for(snapshot.params)}
        if "with" in request.GET:
            other = self._other(request.GET["with"])
            figures = read_difference(snapshot, other=other, actor=self.actor)
            context |= {"other": other, "figures": figures}
        else:
            context["others"] = [_choice(earlier) for earlier in others(snapshot, self.actor)]
        return render(request, "reports/difference.html", context)

    def _other(self, given: str) -> Snapshot:
        other = self.rows().filter(pk=given).first() if UUID_TEXT.fullmatch(given) else None
        if other is None:
            raise Http404
        return other


UUID_TEXT = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
MOST = 50


def others(snapshot: Snapshot, reader: User) -> list[Snapshot]:
    """What these figures can be compared with, newest first."""
    same = Snapshot.objects.visible_to(reader).filter(
        report=snapshot.report, report_version=snapshot.report_version
    )
    rows = same.exclude(pk=snapshot.pk).defer("rows").order_by("-created_at")[:MOST]
    measure = snapshot.params.get("measure")
    return [row for row in rows if row.params.get("measure") == measure]


def _choice(snapshot: Snapshot) -> dict[str, object]:
    asked = asked_for(snapshot.params)
    return {"pk": snapshot.pk, "as_of": snapshot.as_of, "created_at": snapshot.created_at} | {
        "asked": asked[:-1]
    }
