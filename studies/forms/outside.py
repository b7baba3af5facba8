"""Forms about figures of others, surveys, programmes, trainings and evaluations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.enums import Programme
from core.forms import DayField
from places.models import Agency
from studies.enums import Kind, Quality, SurveyStatus, Unit
from studies.forms.fields import PlaceField, StudyForm, chosen, number, source, text


class StatisticForm(StudyForm):
    publisher = text(_("Publisher"), 120)
    series = text(_("Series"), 120, help_text=_("As the publisher calls it."))
    measure = chosen(_("What it measures"), Kind)
    unit = chosen(_("Counted in"), Unit)
    programme = chosen(_("Form of exploitation"), Programme)
    jurisdiction = PlaceField()
    parts = forms.CharField(
        label=_("Parts it covers"),
        help_text=_("Codes of places, as IN-WB, with commas. Empty: the whole place."),
        max_length=2000,
        required=False,
    )
    parts_number = number(
        _("Number of parts"),
        1,
        10_000,
        help_text=_("If it covers some parts only and they are not all named."),
        required=False,
    )
    year = number(_("Year"), 1900, 2100)
    year_to = number(_("To the year"), 1900, 2100, required=False)
    value = forms.DecimalField(
        label=_("Number"),
        help_text=_("A share is from 0 to 1."),
        min_value=0,
        max_digits=16,
        decimal_places=6,
        required=False,
    )
    text = text(
        _("Or the text in its place"),
        40,
        help_text=_("As printed, for example <5."),
        required=False,
    )
    quality = chosen(_("How it was found"), Quality)
    source = source(required=True)

    def clean_parts(self) -> list[str]:
        codes = str(self.cleaned_data["parts"]).upper().split(",")
        return [code.strip()[:20] for code in codes if code.strip()]


class SurveyForm(StudyForm):
    jurisdiction = PlaceField()
    programme = chosen(_("Form of exploitation"), Programme)
    year = number(_("Year"), 1976, 2100)
    status = chosen(_("Survey"), SurveyStatus)
    found = number(
        _("People found"), help_text=_("0 if it found nobody. Empty if not done."), required=False
    )
    source = source()


class ProgrammeForm(StudyForm):
    programme = chosen(_("Against"), Programme)
    jurisdiction = PlaceField()
    starts_on = DayField(label=_("Since"))
    ends_on = DayField(label=_("Until"), ahead=True, required=False)
    source = source()


class TrainingForm(StudyForm):
    topic = text(_("Topic"), 200)
    agency = forms.ModelChoiceField(
        Agency.objects.none(), label=_("Institution"), empty_label=_("Choose")
    )
    held_on = DayField(label=_("Held on"))
    people = number(_("People trained"), 1)
    hours = forms.DecimalField(
        label=_("Hours"), min_value=0, max_value=1000, max_digits=6, decimal_places=2
    )
    score_before = forms.DecimalField(
        label=_("Mean score before"),
        help_text=_("Of 100."),
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        required=False,
    )
    score_after = forms.DecimalField(
        label=_("Mean score after"),
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        required=False,
    )

    def offer(self) -> None:
        field: Any = self.fields["agency"]
        field.queryset = Agency.objects.active().order_by("name")


class EvaluationForm(StudyForm):
    title = text(_("Title"), 200)
    evaluator = text(_("Evaluated by"), 120)
    is_external = forms.BooleanField(
        label=_("By somebody outside the organisation"), required=False, initial=True
    )
    programme = chosen(_("Form of exploitation"), Programme)
    jurisdiction = PlaceField()
    first_year = number(_("First year looked at"), 1990, 2100)
    last_year = number(_("Last year looked at"), 1990, 2100)
    published_on = DayField(label=_("Published on"), required=False)
    source = source()


class FindingForm(StudyForm):
    question = text(_("Question"), 300)
    k = number(_("How many said so"), required=False)
    n = number(_("Of how many who were asked"), 1, required=False)
    quote = forms.CharField(
        label=_("In the words of the evaluation"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        required=False,
    )
