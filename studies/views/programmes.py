"""Programmes, trainings, and evaluations with their findings."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.intervals import wilson
from studies.models import Evaluation, Finding, ProgrammePlace, Training
from studies.services.programmes import (
    add_finding,
    change_programme,
    correct_evaluation,
    correct_finding,
    correct_training,
    record_evaluation,
    record_programme,
    record_training,
)
from studies.views.pages import (
    AboutPage,
    AddPage,
    Cell,
    ChangePage,
    ListPage,
    NewPage,
    Row,
    between,
    day,
    percent,
    whose,
)

SHOWN = 200


class Programmes(ListPage):
    title = gettext_lazy("Programmes")
    intro = gettext_lazy("Since when we work against what, and where.")
    empty = gettext_lazy("A programme has a place, a first day and perhaps a last one.")
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
                    Cell(row.jurisdiction.name),
                    Cell(day(row.starts_on)),
                    Cell(day(row.ends_on) or _("goes on")),
                    Cell(whose(row)),
                ],
                self.change_url("studies:change-programme", row),
                str(row),
            )
            for row in rows.order_by("starts_on", "id")[:SHOWN]
        ]


class NewProgramme(NewPage):
    service, back_to = record_programme, "studies:programmes"
    title = gettext_lazy("Record a programme")


class ChangeProgramme(ChangePage):
    model, service = ProgrammePlace, change_programme
    title = gettext_lazy("Change a programme")

    def rows(self) -> Any:
        return super().rows().select_related("jurisdiction")

    def back(self) -> str:
        return reverse("studies:programmes")


class Trainings(ListPage):
    title = gettext_lazy("Trainings")
    intro = gettext_lazy("Of police, courts and others: about what, how long, with what effect.")
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


class NewTraining(NewPage):
    service, back_to = record_training, "studies:trainings"
    title = gettext_lazy("Record a training")


class CorrectTraining(ChangePage):
    model, service = Training, correct_training
    title = gettext_lazy("Correct a training")

    def back(self) -> str:
        return reverse("studies:trainings")


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
                    Cell(row.jurisdiction.name, note=row.get_programme_display()),
                    Cell(f"{row.first_year}–{row.last_year}"),
                    Cell(whose(row)),
                ]
            )
            for row in rows.order_by("-last_year", "-id")[:SHOWN]
        ]


class NewEvaluation(NewPage):
    service, back_to = record_evaluation, "studies:evaluations"
    title = gettext_lazy("Record an evaluation")


class OneEvaluation(AboutPage):
    model, template_name = Evaluation, "studies/evaluation.html"

    def rows(self) -> Any:
        return super().rows().select_related("jurisdiction")

    def get_context(self) -> dict[str, Any]:
        rows = Finding.objects.filter(evaluation=self.target).order_by("created_at", "id")
        return {"findings": [_line(row) for row in rows]}


def _line(row: Finding) -> dict[str, Any]:
    if row.n is None or row.k is None:
        return {"row": row}
    interval = wilson(row.k, row.n)
    shown = between(*interval) if interval else ""
    return {"row": row, "share": percent(row.k / row.n), "interval": shown}


class CorrectEvaluation(ChangePage):
    model, service = Evaluation, correct_evaluation
    title = gettext_lazy("Correct an evaluation")

    def rows(self) -> Any:
        return super().rows().select_related("jurisdiction")


class AddFinding(AddPage):
    model, service = Evaluation, add_finding
    title = gettext_lazy("Add a finding")
    intro = gettext_lazy("A share needs both numbers. Without them, give the words.")


class CorrectFinding(ChangePage):
    model, service = Finding, correct_finding
    title = gettext_lazy("Correct a finding")

    def rows(self) -> Any:
        return super().rows().select_related("evaluation")

    def back(self) -> str:
        return str(self.target.evaluation.get_absolute_url())
