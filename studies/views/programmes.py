"""Programmes, trainings, and evaluations with their findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.intervals import wilson
from studies.models import Evaluation, Finding, ProgrammePlace, Training
from studies.views.pages import (
    AboutPage,
    Cell,
    ListPage,
    Row,
    between,
    day,
    percent,
    whose,
)

if TYPE_CHECKING:
    from core.access import ScopedQuerySet

SHOWN = 200


class Programmes(ListPage):
    title = gettext_lazy("Programmes")
    intro = gettext_lazy("Where we work against which form of exploitation, and since when.")
    empty = gettext_lazy("A programme has a place, a first day and perhaps a last day.")
    head = (
        gettext_lazy("Against"),
        gettext_lazy("Place"),
        gettext_lazy("Since"),
        gettext_lazy("Until"),
        gettext_lazy("Belongs to"),
    )
    add_url = "studies:new-programme"
    add_label = gettext_lazy("Record a programme")

    def rows(self) -> list[Row]:
        rows = ProgrammePlace.objects.visible_to(self.actor).select_related(
            "jurisdiction", "office"
        )
        return [
            Row(
                [
                    Cell(row.get_programme_display(), note=row.source),
                    Cell(str(row.jurisdiction)),
                    Cell(day(row.starts_on)),
                    Cell(day(row.ends_on) or _("goes on")),
                    Cell(whose(row)),
                ],
                self.change_url("studies:change-programme", row),
                str(row),
            )
            for row in rows.order_by("starts_on", "id")[:SHOWN]
        ]


class Trainings(ListPage):
    title = gettext_lazy("Trainings")
    intro = gettext_lazy("Trainings for police, courts and others: topic, length and effect.")
    empty = gettext_lazy("A training has a topic, an institution, a day, people and hours.")
    head = (
        gettext_lazy("Topic"),
        gettext_lazy("Institution"),
        gettext_lazy("Day"),
        gettext_lazy("People"),
        gettext_lazy("Hours"),
        gettext_lazy("Mean score, before and after"),
        gettext_lazy("Belongs to"),
    )
    add_url = "studies:new-training"
    add_label = gettext_lazy("Record a training")

    def rows(self) -> list[Row]:
        rows = Training.objects.visible_to(self.actor).select_related("agency", "office")
        return [
            Row(
                [
                    Cell(row.topic),
                    Cell(row.agency.name),
                    Cell(day(row.held_on)),
                    Cell(row.people),
                    Cell(f"{row.hours.normalize():f}"),
                    Cell(_scores(row)),
                    Cell(whose(row)),
                ],
                self.change_url("studies:correct-training", row),
                row.topic,
            )
            for row in rows.order_by("-held_on", "-id")[:SHOWN]
        ]


def _scores(row: Training) -> str:
    scores = (row.score_before, row.score_after)
    if scores == (None, None):
        return _("not tested")
    return " → ".join("–" if score is None else f"{score.normalize():f}" for score in scores)


class Evaluations(ListPage):
    title = gettext_lazy("Evaluations")
    intro = gettext_lazy("What others found when they looked at our work.")
    empty = gettext_lazy(
        "An evaluation has findings: a question, and how many of how many said so."
    )
    head = (
        gettext_lazy("Evaluation"),
        gettext_lazy("By"),
        gettext_lazy("Place"),
        gettext_lazy("Years"),
        gettext_lazy("Belongs to"),
    )
    add_url = "studies:new-evaluation"
    add_label = gettext_lazy("Record an evaluation")

    def rows(self) -> list[Row]:
        rows = Evaluation.objects.visible_to(self.actor).select_related("jurisdiction", "office")
        return [
            Row(
                [
                    Cell(row.title, row.get_absolute_url()),
                    Cell(row.evaluator, note="" if row.is_external else _("from inside")),
                    Cell(str(row.jurisdiction), note=row.get_programme_display()),
                    Cell(f"{row.first_year}–{row.last_year}"),
                    Cell(whose(row)),
                ]
            )
            for row in rows.order_by("-last_year", "-id")[:SHOWN]
        ]


class OneEvaluation(AboutPage):
    model, template_name = Evaluation, "studies/evaluation.html"

    def rows(self) -> ScopedQuerySet:
        return super().rows().select_related("jurisdiction")

    def get_context(self) -> dict[str, object]:
        rows = Finding.objects.filter(evaluation=self.target).order_by("created_at", "id")
        return {"findings": [_line(row) for row in rows]}


def _line(row: Finding) -> dict[str, object]:
    if row.n is None or row.k is None:
        return {"row": row}
    interval = wilson(row.k, row.n)
    words = between(*interval) if interval else ""
    return {"row": row, "share": percent(row.k / row.n), "interval": words}
