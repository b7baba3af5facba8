"""Shapes of the forms about survivors before police and courts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.forms import PastDay, RecordForm
from places.enums import JurisdictionLevel
from places.models import Jurisdiction
from prosecutions.enums import (
    Accused,
    AccusedEnd,
    Companion,
    DeclineReason,
    Measure,
    MeasureAnswer,
    TakingPart,
)
from prosecutions.models import Prosecution


class ProceedingChoice(forms.ModelChoiceField):
    """A proceeding of the case, by docket and court."""

    def __init__(self, **kwargs: Any) -> None:
        label = gettext_lazy("Proceeding")
        super().__init__(Prosecution.objects.none(), label=label, required=False, **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return proceeding_in_words(obj)


def proceeding_in_words(row: Prosecution) -> str:
    """“SC 12/2026, Invented Sessions Court”."""
    court = row.court.name if row.court else row.jurisdiction.name
    return f"{row.docket}, {court}" if row.docket else court


def proceedings_of(form: RecordForm) -> Any:
    rows = Prosecution.objects.visible_to(form.user).filter(case=form.case)
    return rows.select_related("court", "jurisdiction").order_by("filed_on", "pk")


class ParticipationForm(RecordForm):
    """One tap says how a survivor takes part, or why not."""

    step = forms.ChoiceField(label=gettext_lazy("What happened"), widget=forms.RadioSelect)
    happened_on = PastDay(label=gettext_lazy("Day"))
    prosecution = ProceedingChoice(help_text=gettext_lazy("Needed for testimony."))
    accompanied_by = forms.ChoiceField(
        label=gettext_lazy("Who went along"),
        choices=[("", "---------"), *Companion.choices],
        required=False,
    )
    travelled_from = forms.ModelChoiceField(
        Jurisdiction.objects.none(),
        label=gettext_lazy("Came from another country"),
        to_field_name="code",
        required=False,
    )

    def offer(self) -> None:
        declined = TakingPart.DECLINED
        step: Any = self.fields["step"]
        step.choices = [
            *((code, label) for code, label in TakingPart.choices if code != declined),
            (
                _("Declined"),
                [(f"{declined} {code}", label) for code, label in DeclineReason.choices],
            ),
        ]
        self.fields["happened_on"].initial = self.case.jurisdiction.today
        self.choose("prosecution", proceedings_of(self))
        kept = Q(pk=getattr(self.target, "travelled_from_id", None))  # perhaps a place within one
        countries = Jurisdiction.objects.filter(Q(level=JurisdictionLevel.COUNTRY) | kept)
        self.choose("travelled_from", countries.order_by("name"))

    def clean_step(self) -> tuple[str, str]:
        kind, _space, reason = self.cleaned_data["step"].partition(" ")
        return kind, reason

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if step := data.pop("step", None):
            data["kind"], data["declined_for"] = step
        return data


class ProtectionForm(RecordForm):
    kind = forms.ChoiceField(
        label=gettext_lazy("What is asked for"), choices=Measure, widget=forms.RadioSelect
    )
    asked_on = PastDay(label=gettext_lazy("Asked on"))
    prosecution = ProceedingChoice(
        help_text=gettext_lazy("Leave it empty where the police were asked.")
    )

    def offer(self) -> None:
        self.fields["asked_on"].initial = self.case.jurisdiction.today
        self.choose("prosecution", proceedings_of(self))


class ProtectionAnswerForm(RecordForm):
    answer = forms.ChoiceField(
        label=gettext_lazy("The answer"), choices=MeasureAnswer, widget=forms.RadioSelect
    )
    answered_on = PastDay(label=gettext_lazy("Answered on"))


class AccusationForm(RecordForm):
    offence = forms.ChoiceField(
        label=gettext_lazy("Accused of"), choices=Accused, widget=forms.RadioSelect
    )
    accused_on = PastDay(label=gettext_lazy("Since"))


class AccusationEndForm(RecordForm):
    ended = forms.ChoiceField(
        label=gettext_lazy("How it ended"), choices=AccusedEnd, widget=forms.RadioSelect
    )
    ended_on = PastDay(label=gettext_lazy("Ended on"))
