"""A study, the strata it looked at, and what was counted at each visit."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casework.enums import Programme
from core import refusals
from core.history import tracked
from studies.enums import Judged, LeftOut, Method, Phase, StratumKind
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


@tracked
class Study(OfficeRecord):
    """One round of fieldwork. When it was done and when it was published are two dates."""

    title = models.CharField(_("Title"), max_length=200)
    programme = code(_("Form of exploitation"), Programme)
    jurisdiction = place("studies", _("The place that contains all its strata."))
    method = code(_("How people were found"), Method)
    phase = code(_("Phase"), Phase, default=Phase.SINGLE)
    is_representative = models.BooleanField(
        _("Representative of its place"),
        help_text=_("Only if everybody there had a known chance to be counted."),
    )
    minor_below = models.PositiveSmallIntegerField(
        _("A minor is younger than"), default=18, help_text=_("In years.")
    )
    minor_judged = code(_("How age was judged"), Judged)
    fieldwork_from = models.DateField(_("Fieldwork from"))
    fieldwork_to = models.DateField(_("Fieldwork until"))
    published_on = models.DateField(_("Published on"), null=True, blank=True)
    source = source()

    named_with = shown_with = ("jurisdiction",)
    plural, listed = "studies", "studies:studies"

    class Meta:
        indexes = [models.Index(fields=["-fieldwork_from", "-id"], name="studies_study_newest")]
        constraints = [
            codes_of_list("study_form_known", "programme", Programme),
            codes_of_list("study_method_known", "method", Method),
            codes_of_list("study_phase_known", "phase", Phase),
            codes_of_list("study_judged_known", "minor_judged", Judged),
            once(
                "study_once",
                ["jurisdiction", "title"],
                refusals.gettext_lazy("There is already a study with this name."),
            ),
            rule("study_named", ~Q(title=""), refusals.gettext_lazy("Enter its name."), "title"),
            rule(
                "study_days_in_order",
                Q(fieldwork_from__lte=F("fieldwork_to")),
                refusals.gettext_lazy("The fieldwork ends before it begins."),
                "fieldwork_to",
            ),
            rule(
                "study_published_after",
                Q(published_on__isnull=True) | Q(published_on__gte=F("fieldwork_from")),
                refusals.gettext_lazy("It cannot be published before the fieldwork began."),
                "published_on",
            ),
            rule(
                "study_minor_age",
                Q(minor_below__range=(10, 21)),
                refusals.gettext_lazy("An age from 10 to 21."),
                "minor_below",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("studies:study", args=[self.pk])


@tracked
class Stratum(NumberRecord):
    """A part of a study that is counted by itself: of one kind, in one place, from one frame."""

    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="strata")
    kind = code(_("What was looked at"), StratumKind)
    jurisdiction = place("strata")
    frame = models.CharField(
        _("List or map it was drawn from"),
        max_length=200,
        help_text=_(
            "Give the same list the same name in every study, so that studies can be compared."
        ),
    )
    mapped = models.PositiveIntegerField(_("Establishments on it"), null=True, blank=True)
    hotspots = models.PositiveIntegerField(_("Hotspots"), null=True, blank=True)

    part_of, plural = "study", "strata"
    named_with = ("study", "jurisdiction")
    shown_with = ("study__jurisdiction", "jurisdiction")

    class Meta:
        indexes = [newest("stratum")]
        constraints = [
            codes_of_list("stratum_kind_known", "kind", StratumKind),
            once(
                "stratum_once",
                ["study", "jurisdiction", "frame", "kind"],
                refusals.gettext_lazy("This study already has this stratum."),
            ),
            rule(
                "stratum_framed",
                ~Q(frame=""),
                refusals.gettext_lazy("Enter the list or map it was drawn from."),
                "frame",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.jurisdiction}"

    def get_absolute_url(self) -> str:
        return reverse("studies:stratum", args=[self.pk])


@tracked
class Visit(NumberRecord):
    """One look at one venue, by its code; venues are the clusters. No address, no name."""

    stratum = models.ForeignKey(Stratum, on_delete=models.PROTECT, related_name="visits")
    venue = models.CharField(
        _("Code of the venue"), max_length=40, help_text=_("A code, never a name or an address.")
    )
    visited_on = models.DateField(_("Visited on"))
    establishments = models.PositiveIntegerField(_("Establishments"), default=1)
    counted = models.PositiveIntegerField(_("People counted"))
    minors = models.PositiveIntegerField(_("Minors among them"))
    left_out = code(_("Leave it out"), LeftOut, blank=True)

    part_of, plural = "stratum", "visits"
    shown_with = ("stratum__study", "stratum__jurisdiction")

    class Meta:
        indexes = [
            models.Index(fields=["stratum", "visited_on", "venue"], name="studies_visit_of"),
            models.Index(fields=["-visited_on", "-id"], name="studies_visit_newest"),
        ]
        constraints = [
            codes_of_list("visit_left_out_known", "left_out", ["", *LeftOut.values]),
            once(
                "visit_once",
                ["stratum", "visited_on", "venue"],
                refusals.gettext_lazy("This venue already has a visit on that day."),
            ),
            rule(
                "visit_venue_named",
                ~Q(venue=""),
                refusals.gettext_lazy("Enter the code of the venue."),
                "venue",
            ),
            rule(
                "visit_saw_something",
                Q(establishments__gte=1),
                refusals.gettext_lazy("At least one establishment was visited."),
                "establishments",
            ),
            rule(
                "visit_minors_within",
                Q(minors__lte=F("counted")),
                refusals.gettext_lazy("More minors than people were counted."),
                "minors",
            ),
        ]

    def __str__(self) -> str:
        return self.venue


@tracked
class Observation(NumberRecord):
    """What one of several observers counted at a visit, before they agreed."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="observations")
    observer = models.PositiveSmallIntegerField(
        _("Observer"), help_text=_("1 for the first, 2 for the second.")
    )
    counted = models.PositiveIntegerField(_("People counted"))
    minors = models.PositiveIntegerField(_("Minors among them"))

    part_of, plural, shown_with = "visit", "observations", ("visit",)

    class Meta:
        indexes = [newest("observation")]
        constraints = [
            once(
                "observation_once",
                ["visit", "observer"],
                refusals.gettext_lazy("This observer's count is already on record."),
            ),
            rule(
                "observation_numbered",
                Q(observer__range=(1, 20)),
                refusals.gettext_lazy("Observers are numbered from 1 to 20."),
                "observer",
            ),
            rule(
                "observation_minors_within",
                Q(minors__lte=F("counted")),
                refusals.gettext_lazy("More minors than people were counted."),
                "minors",
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("studies:record-observation", args=[self.visit_id])


@tracked
class Recapture(NumberRecord):
    """People seen in two rounds of a stratum, and how many of them in both."""

    stratum = models.ForeignKey(Stratum, on_delete=models.PROTECT, related_name="recaptures")
    first_on = models.DateField(_("First round"))
    second_on = models.DateField(_("Second round"))
    first = models.PositiveIntegerField(_("People seen in the first round"))
    second = models.PositiveIntegerField(_("People seen in the second round"))
    both = models.PositiveIntegerField(_("Of these, seen in both"))

    part_of, plural = "stratum", "recaptures"

    class Meta:
        indexes = [models.Index(fields=["-first_on", "-id"], name="studies_recapture_newest")]
        constraints = [
            once(
                "recapture_once",
                ["stratum", "second_on", "first_on"],
                refusals.gettext_lazy("These two rounds are already on record."),
            ),
            rule(
                "recapture_in_order",
                Q(first_on__lt=F("second_on")),
                refusals.gettext_lazy("The second round comes after the first."),
                "second_on",
            ),
            rule(
                "recapture_both_within",
                Q(both__lte=F("first")) & Q(both__lte=F("second")),
                refusals.gettext_lazy("More were seen in both rounds than in one of them."),
                "both",
            ),
            rule(
                "recapture_someone",
                Q(first__gte=1, second__gte=1),
                refusals.gettext_lazy("Somebody must have been seen in each round."),
                "second",
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("studies:stratum", args=[self.stratum_id])
