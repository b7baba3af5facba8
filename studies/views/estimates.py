"""Estimates and pairs: entering, publishing, comparing; and planning how many to count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from core.web import Page
from studies.belonging import is_own
from studies.comparing import behind, compare, interval_of, share_of
from studies.forms.planning import SampleSizeForm
from studies.forms.studies import PairForm
from studies.models import Estimate, Pair, Stratum
from studies.services.estimates import (
    estimate_from_visits,
    pair_estimates,
    part_estimates,
    publish_estimate,
)
from studies.views.pages import (
    AboutPage,
    StudyPage,
    between,
    parts,
    percent,
)

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet
    from django.http import HttpRequest

    from accounts.models import User
    from core.access import ScopedQuerySet

OF_STRATUM = ("stratum__study", "stratum__jurisdiction")
OF_BOTH = tuple(f"{side}__{path}" for side in ("baseline", "endline") for path in OF_STRATUM)


def line_of(row: Estimate) -> dict[str, object]:
    """An estimate as the pages show it: the share with k and n, the interval, the marks."""
    interval, counts = interval_of(row), behind(row)
    return {
        "row": row,
        "share": percent(share_of(row)),
        "interval": between(*interval) if interval else "",
        "as_published": row.low is not None and row.basis == "entered",
        "counts": counts,
        "representative": row.stratum.study.is_representative,
    }


def estimate_lines(rows: QuerySet[Estimate], user: User) -> list[dict[str, object]]:
    """Newest first, with what may be done with each."""
    ordered = rows.select_related(*OF_STRATUM).order_by("-created_at", "-id")
    return [
        line_of(row)
        | {"keeps": is_own(row, user), "publishes": is_own(row, user, Perm.STUDY_PUBLISH)}
        for row in ordered
    ]


def pair_lines(rows: QuerySet[Pair]) -> list[dict[str, object]]:
    ordered = rows.select_related(*OF_BOTH).order_by("-created_at", "-id")
    return [{"row": row, "found": compare(row.baseline, row.endline)} for row in ordered]


class EstimateFromVisits(Page):
    """The button that keeps what the visits say now."""

    model, service = Stratum, estimate_from_visits

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        estimate_from_visits(self.target, actor=self.actor)
        return HttpResponseRedirect(self.target.get_absolute_url())


class PublishEstimate(Page):
    """The button that lets an estimate stand in figures."""

    model, service = Estimate, publish_estimate

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        publish_estimate(self.target, version=self.version, actor=self.actor)
        return HttpResponseRedirect(self.before())


class PairEstimates(StudyPage):
    """Chooses an endline; why the two cannot be compared is said in words."""

    model, service, form_class = Estimate, pair_estimates, PairForm
    submit_label = gettext_lazy("Compare")


class _OfPair(Page):
    model = Pair

    def rows(self) -> ScopedQuerySet:
        return super().rows().select_related(*OF_BOTH)


class PartEstimates(_OfPair):
    """The button that takes a pair apart."""

    service = part_estimates

    def before(self) -> str:
        return str(self.target.baseline.stratum.study.get_absolute_url())

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        part_estimates(self.target, actor=self.actor)
        return HttpResponseRedirect(self.before())


class OnePair(_OfPair, AboutPage):
    """A baseline and an endline: what became less, with its interval, or why none can be said."""

    template_name = "studies/pair.html"

    def get_context(self) -> dict[str, object]:
        comparison = compare(self.target.baseline, self.target.endline)
        figures = {
            name: {"value": percent(of.value), "interval": between(of.low, of.high)}
            for name in ("reduction", "with_effect")
            if (of := getattr(comparison, name))
        }
        return {
            "found": comparison,
            "shown": figures,
            "difference": between(*comparison.difference) if comparison.difference else "",
            "sides": [line_of(self.target.baseline), line_of(self.target.endline)],
        }


class SampleSize(Page):
    """How many people must be counted before and after."""

    permission = Perm.REPORT_VIEW

    def get(self, request: HttpRequest) -> HttpResponse:
        form = SampleSizeForm(request.GET or None)
        asked = form.is_bound and form.is_valid()
        context = {
            "form": form,
            "size": form.size() if asked else None,
            "parts": parts(),
            "here": request.path,
            "own_url": reverse("studies:sample-size"),
        }
        status = 400 if form.is_bound and not asked else 200
        return render(request, "studies/sample_size.html", context, status=status)
