"""Studies: the list, one study with its strata, a stratum with visits and estimates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.sheets.spreadsheets import as_csv
from core.web import Page
from studies.forms.studies import (
    UploadForm,
)
from studies.models import Estimate, Observation, Pair, Recapture, Stratum, Study, Visit
from studies.samples import sample_of
from studies.services.visits import (
    record_observation,
    record_visits,
)
from studies.statistics import chapman
from studies.views.estimates import estimate_lines, pair_lines
from studies.views.pages import (
    AboutPage,
    Cell,
    ListPage,
    Row,
    StudyPage,
    between,
    day,
    percent,
    whose,
)
from studies.visit_rules import faults_of
from studies.visit_sheet import as_rows

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from core.access import ScopedQuerySet

SHOWN = 200  # visits on the page of a stratum; all of them are in its CSV


class Studies(ListPage):
    title = gettext_lazy("Studies")
    intro = gettext_lazy("How many minors there are among people who are sold, counted in rounds.")
    empty = gettext_lazy("A study has strata, visits, and a share with its interval.")
    head = (
        gettext_lazy("Study"),
        gettext_lazy("Phase"),
        gettext_lazy("How people were found"),
        gettext_lazy("Fieldwork"),
        gettext_lazy("Belongs to"),
    )
    add_url = "studies:new-study"
    add_label = gettext_lazy("Record a study")

    def rows(self) -> list[Row]:
        rows = Study.objects.visible_to(self.actor).select_related("jurisdiction", "office")
        return [
            Row(
                [
                    Cell(row.title, row.get_absolute_url(), note=str(row.jurisdiction)),
                    Cell(row.get_phase_display()),
                    Cell(
                        row.get_method_display(),
                        note="" if row.is_representative else _("not representative"),
                    ),
                    Cell(f"{day(row.fieldwork_from)} – {day(row.fieldwork_to)}"),
                    Cell(whose(row)),
                ]
            )
            for row in rows.order_by("-fieldwork_from", "-id")[:SHOWN]
        ]


class OneStudy(AboutPage):
    """A study with its strata, estimates and pairs."""

    model, template_name = Study, "studies/study.html"

    def rows(self) -> ScopedQuerySet:
        return super().rows().select_related("jurisdiction")

    def get_context(self) -> dict[str, object]:
        strata = Stratum.objects.filter(study=self.target).select_related("jurisdiction", "study")
        estimates = Estimate.objects.filter(stratum__study=self.target)
        pairs = Pair.objects.filter(baseline__in=estimates) | Pair.objects.filter(
            endline__in=estimates
        )
        return {
            "strata": [
                {"row": row, "sample": sample_of(row)}
                for row in strata.order_by("kind", "jurisdiction__name", "frame")
            ],
            "estimates": estimate_lines(estimates, self.actor),
            "pairs": pair_lines(pairs),
        }


class OneStratum(AboutPage):
    """A stratum: what its visits say, the visits, estimates and recaptures."""

    model, template_name = Stratum, "studies/stratum.html"

    def get_context(self) -> dict[str, object]:
        stratum, sample = self.target, sample_of(self.target)
        interval = sample.share.interval
        visits = Visit.objects.filter(stratum=stratum).order_by("-visited_on", "venue")
        return {
            "sample": sample,
            "share": percent(sample.share.share, 2),
            "error": percent(sample.share.error, 2),
            "interval": between(*interval) if interval else "",
            "fraction": percent(sample.fraction, 0),
            "visits": visits[:SHOWN],
            "estimates": estimate_lines(Estimate.objects.filter(stratum=stratum), self.actor),
            "recaptures": [
                {"row": row, "size": chapman(row.first, row.second, row.both)}
                for row in Recapture.objects.filter(stratum=stratum).order_by("-first_on", "-id")
            ],
        }


class UploadVisits(StudyPage):
    """Lines of CSV: the first press checks and shows them, the second keeps them all."""

    model = Stratum
    service, form_class = record_visits, UploadForm
    template_name = "studies/upload.html"
    takes_files = True

    def form_valid(self, form: Any) -> HttpResponse:
        rows = [Visit(stratum=self.target, **of) for of in form.cleaned_data["visits"]]
        if faults := faults_of(self.target, rows):
            words = [_("Visit %(n)s: %(words)s") % {"n": n, "words": w} for n, _f, w in faults]
            form.add_error(None, words[:50])
            return self.form_invalid(form)
        if self.request.POST.get("keep") != form.sheet.digest:
            again = form.as_pasted()
            return self.render_to_response(self.get_context_data(form=again, sheet=form.sheet))
        return super().form_valid(form)


class VisitsCsv(Page):
    """All visits of a stratum as a file."""

    model = Stratum

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        visits = Visit.objects.filter(stratum=self.target).order_by("visited_on", "venue")
        return as_csv("visits.csv", as_rows(self.target, list(visits)))


class RecordObservation(StudyPage):
    """Shows what other observers counted."""

    model, service = Visit, record_observation
    template_name = "studies/observe.html"

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        observations = Observation.objects.filter(visit=self.target).order_by("observer")
        return super().get_context_data(**({"found": observations} | kwargs))
