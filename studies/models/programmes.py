"""Where we work since when, whom we trained, and what evaluations found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casework.enums import Programme
from core import refusals
from core.history import tracked
from studies.models.numbers import (
    NumberRecord,
    OfficeRecord,
    code,
    codes_of_list,
    newest,
    once,
    place,
    rule,
    source,
)

if TYPE_CHECKING:
    from django.db.models import DecimalField
    from django_stubs_ext import StrOrPromise


@tracked
class ProgrammePlace(OfficeRecord):
    """Work against one form of exploitation in one place, from a day until a day."""

    programme = code(_("Form of exploitation"), Programme)
    jurisdiction = place("programmes")
    starts_on = models.DateField(_("Since"))
    ends_on = models.DateField(_("Until"), null=True, blank=True)
    source = source()

    plural, listed = "programmes", "studies:programmes"
    shown_with = ("jurisdiction",)

    class Meta:
        indexes = [models.Index(fields=["starts_on", "id"], name="studies_programme_oldest")]
        constraints = [
            codes_of_list("programme_form_known", "programme", Programme),
            once(
                "programme_once",
                ["programme", "jurisdiction", "starts_on"],
                refusals.gettext_lazy("This programme already begins there on that day."),
            ),
            rule(
                "programme_in_order",
                Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                refusals.gettext_lazy("It ends before it begins."),
                "ends_on",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_programme_display()}, {self.jurisdiction}"


def _score(label: StrOrPromise, help_text: StrOrPromise = "") -> DecimalField:
    return models.DecimalField(
        label, max_digits=5, decimal_places=2, null=True, blank=True, help_text=help_text
    )


@tracked
class Training(OfficeRecord):
    """A training of an institution; scores are means of 100, before and after."""

    topic = models.CharField(_("Topic"), max_length=200)
    agency = models.ForeignKey(
        "places.Agency",
        on_delete=models.PROTECT,
        related_name="trainings",
        verbose_name=_("Institution"),
    )
    held_on = models.DateField(_("Held on"))
    people = models.PositiveIntegerField(_("People trained"))
    hours = models.DecimalField(_("Hours"), max_digits=6, decimal_places=2)
    score_before = _score(_("Mean score before"), _("Of 100."))
    score_after = _score(_("Mean score after"), _("Of 100."))

    plural, listed = "trainings", "studies:trainings"

    class Meta:
        indexes = [models.Index(fields=["-held_on", "-id"], name="studies_training_newest")]
        constraints = [
            once(
                "training_once",
                ["agency", "held_on", "topic"],
                refusals.gettext_lazy("This training is already on record."),
            ),
            rule(
                "training_about",
                ~Q(topic=""),
                refusals.gettext_lazy("Enter what it was about."),
                "topic",
            ),
            rule(
                "training_people",
                Q(people__gte=1),
                refusals.gettext_lazy("At least one person."),
                "people",
            ),
            rule(
                "training_hours",
                Q(hours__gt=0, hours__lte=1000),
                refusals.gettext_lazy("Up to 1,000 hours."),
                "hours",
            ),
            rule(
                "training_scores",
                (Q(score_before__isnull=True) | Q(score_before__range=(0, 100)))
                & (Q(score_after__isnull=True) | Q(score_after__range=(0, 100))),
                refusals.gettext_lazy("A score is from 0 to 100."),
                "score_after",
            ),
        ]

    def __str__(self) -> str:
        return self.topic


@tracked
class Evaluation(OfficeRecord):
    """What an evaluator looked at, of which years."""

    title = models.CharField(_("Title"), max_length=200)
    evaluator = models.CharField(_("Evaluated by"), max_length=120)
    is_external = models.BooleanField(_("By somebody outside the organisation"), default=True)
    programme = code(_("Form of exploitation"), Programme)
    jurisdiction = place("evaluations")
    first_year = models.PositiveSmallIntegerField(_("First year looked at"))
    last_year = models.PositiveSmallIntegerField(_("Last year looked at"))
    published_on = models.DateField(_("Published on"), null=True, blank=True)
    source = source()

    plural, listed = "evaluations", "studies:evaluations"
    shown_with = ("jurisdiction",)

    class Meta:
        indexes = [models.Index(fields=["-last_year", "-id"], name="studies_evaluation_newest")]
        constraints = [
            codes_of_list("evaluation_form_known", "programme", Programme),
            once(
                "evaluation_once",
                ["jurisdiction", "title"],
                refusals.gettext_lazy("There is already an evaluation with this name."),
            ),
            rule(
                "evaluation_named", ~Q(title=""), refusals.gettext_lazy("Enter its name."), "title"
            ),
            rule(
                "evaluation_by",
                ~Q(evaluator=""),
                refusals.gettext_lazy("Enter who made the evaluation."),
                "evaluator",
            ),
            rule(
                "evaluation_years",
                Q(first_year__gte=1990, last_year__gte=F("first_year"), last_year__lte=2100),
                refusals.gettext_lazy("Enter years from 1990, the first year first."),
                "last_year",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("studies:evaluation", args=[self.pk])


@tracked
class Finding(NumberRecord):
    """An answer to a question: k of n, words, or both. A share without n is none."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="findings")
    question = models.CharField(_("Question"), max_length=300)
    k = models.PositiveIntegerField(_("How many said so"), null=True, blank=True)
    n = models.PositiveIntegerField(_("Of how many who were asked"), null=True, blank=True)
    quote = models.CharField(_("In the words of the evaluation"), max_length=1000, blank=True)

    part_of, plural, shown_with = "evaluation", "findings", ("evaluation",)

    class Meta:
        indexes = [newest("finding")]
        constraints = [
            once(
                "finding_once",
                ["evaluation", "question"],
                refusals.gettext_lazy("This question already has an answer."),
            ),
            rule(
                "finding_asked",
                ~Q(question=""),
                refusals.gettext_lazy("Enter the question."),
                "question",
            ),
            rule(
                "finding_k_of_n",
                Q(k__isnull=True, n__isnull=True)
                | Q(k__isnull=False, n__isnull=False, n__gte=1, k__lte=F("n")),
                refusals.gettext_lazy(
                    "A share needs both numbers: how many, of how many. Without them, only words."
                ),
                "n",
            ),
            rule(
                "finding_says_something",
                Q(n__isnull=False) | ~Q(quote=""),
                refusals.gettext_lazy("Give the numbers, or the words."),
                "quote",
            ),
        ]

    def __str__(self) -> str:
        return self.question
