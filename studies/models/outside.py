"""What others count: statistics of publishers, and surveys that districts owe."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.enums import Programme
from core import refusals
from core.history import tracked
from studies.enums import Kind, Quality, SurveyStatus, Unit
from studies.models.numbers import OfficeRecord, code, codes_of_list, once, place, rule, source


@tracked
class ExternalStatistic(OfficeRecord):
    """One figure of one publisher, as it was published: a number, or text such as "<5".

    `parts`: codes of the parts of its place that it covers, where they are known;
    `parts_number`: how many they are. Neither: the whole place.
    """

    publisher = models.CharField(_("Publisher"), max_length=120)
    series = models.CharField(
        _("Series"), max_length=120, help_text=_("As the publisher calls it.")
    )
    measure = code(_("What it measures"), Kind)
    unit = code(_("Counted in"), Unit)
    programme = code(_("Form of exploitation"), Programme)
    jurisdiction = place("external_statistics")
    parts = models.JSONField(
        _("Parts it covers"),
        default=list,
        blank=True,
        help_text=_(
            "Codes of places, such as IN-WB, separated by commas. If empty: the whole place."
        ),
    )
    parts_number = models.PositiveSmallIntegerField(
        _("Number of parts"),
        null=True,
        blank=True,
        help_text=_("If it covers only some parts and they are not all named."),
    )
    year = models.PositiveSmallIntegerField(_("Year"))
    year_to = models.PositiveSmallIntegerField(_("To the year"), null=True, blank=True)
    value = models.DecimalField(
        _("Number"),
        max_digits=16,
        decimal_places=6,
        null=True,
        blank=True,
        help_text=_("A share is from 0 to 1."),
    )
    text = models.CharField(
        _("Or the text in its place"),
        max_length=40,
        blank=True,
        help_text=_("As printed, for example <5."),
    )
    quality = code(_("How it was found"), Quality)
    source = source(required=True)

    plural, listed = "external-statistics", "studies:statistics"
    shown_with = ("jurisdiction",)

    class Meta:
        indexes = [models.Index(fields=["-year", "-id"], name="studies_external_newest")]
        constraints = [
            codes_of_list("external_measure_known", "measure", Kind),
            codes_of_list("external_unit_known", "unit", Unit),
            codes_of_list("external_form_known", "programme", Programme),
            codes_of_list("external_quality_known", "quality", Quality),
            once(
                "external_once",
                ["publisher", "jurisdiction", "measure", "programme", "unit", "year", "series"],
                refusals.gettext_lazy("This series already has a figure for that place and year."),
            ),
            rule(
                "external_published",
                ~Q(publisher=""),
                refusals.gettext_lazy("Enter who published it."),
                "publisher",
            ),
            rule(
                "external_series",
                ~Q(series=""),
                refusals.gettext_lazy("Enter the series."),
                "series",
            ),
            rule(
                "external_sourced",
                ~Q(source=""),
                refusals.gettext_lazy("Enter where it was published."),
                "source",
            ),
            rule(
                "external_value_or_text",
                Q(value__isnull=False, text="") | (Q(value__isnull=True) & ~Q(text="")),
                refusals.gettext_lazy(
                    "Enter a number, or the text printed in its place, not both."
                ),
                "value",
            ),
            rule(
                "external_not_negative",
                Q(value__isnull=True) | Q(value__gte=0),
                refusals.gettext_lazy("Enter zero or more."),
                "value",
            ),
            rule(
                "external_share_of_one",
                ~Q(unit=Unit.SHARE) | Q(value__isnull=True) | Q(value__lte=1),
                refusals.gettext_lazy("A share is from 0 to 1."),
                "value",
            ),
            rule(
                "external_years",
                Q(year__range=(1900, 2100))
                & (Q(year_to__isnull=True) | Q(year_to__gte=models.F("year"), year_to__lte=2100)),
                refusals.gettext_lazy("Enter years from 1900, the first year first."),
                "year_to",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publisher}, {self.series}"


@tracked
class DistrictSurvey(OfficeRecord):
    """Whether a place looked for people held in a year, and how many it found.

    Found none is a number, 0; not done has no number.
    """

    jurisdiction = place("district_surveys")
    programme = code(_("Form of exploitation"), Programme, default=Programme.BONDED_LABOUR)
    year = models.PositiveSmallIntegerField(_("Year"))
    status = code(_("Survey"), SurveyStatus)
    found = models.PositiveIntegerField(
        _("People found"),
        null=True,
        blank=True,
        help_text=_("0 if it found nobody. Empty if not done."),
    )
    source = source()

    plural, listed = "district-surveys", "studies:surveys"
    shown_with = ("jurisdiction",)

    class Meta:
        indexes = [models.Index(fields=["-year", "-id"], name="studies_survey_newest")]
        constraints = [
            codes_of_list("survey_status_known", "status", SurveyStatus),
            codes_of_list("survey_form_known", "programme", Programme),
            once(
                "survey_once",
                ["programme", "jurisdiction", "year"],
                refusals.gettext_lazy("This place already has an entry for that year."),
            ),
            rule(
                "survey_found_if_done",
                Q(status=SurveyStatus.DONE) | Q(found__isnull=True),
                refusals.gettext_lazy(
                    "Only a survey that was done can have found a number of people."
                ),
                "found",
            ),
            rule(
                "survey_year",
                Q(year__range=(1976, 2100)),
                refusals.gettext_lazy("Enter a year from 1976."),
                "year",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.jurisdiction}, {self.year}"
