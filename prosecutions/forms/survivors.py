"""Forms about survivors before police and courts that differ from the plain ones."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.forms import RecordForm, Today
from core.forms import radios
from core.verbs.forms import form_of
from places.enums import JurisdictionLevel
from places.models import Jurisdiction
from prosecutions.enums import DeclineReason, TakingPart
from prosecutions.forms.fields import CourtForm
from prosecutions.services.survivors import (
    answer_protection,
    ask_protection,
    end_accusation,
    record_accusation,
    record_participation,
)


def country(**words: Any) -> forms.Field:
    return forms.ModelChoiceField(Jurisdiction.objects.none(), to_field_name="code", **words)


class ParticipationForm(
    form_of(  # type: ignore[misc]
        record_participation,
        CourtForm,
        on={"kind": None, "declined_for": None, "happened_on": Today, "travelled_from": country},
    )
):
    """By hand: one tap says how a survivor takes part, or why not."""

    step = forms.ChoiceField(label=gettext_lazy("What happened"), widget=forms.RadioSelect)
    field_order = ("step", "happened_on", "prosecution", "accompanied_by", "travelled_from")

    def offer(self) -> None:
        declined = TakingPart.DECLINED
        reasons = DeclineReason.offered(present=[getattr(self.target, "declined_for", "")])
        step: Any = self.fields["step"]
        step.choices = [
            *((code, label) for code, label in TakingPart.choices if code != declined),
            (
                _("Declined"),
                [(f"{declined} {code}", label) for code, label in reasons()],
            ),
        ]
        kept = Q(pk=getattr(self.target, "travelled_from_id", None))  # perhaps a place within one
        countries = Jurisdiction.objects.filter(Q(level=JurisdictionLevel.COUNTRY) | kept)
        self.choose("travelled_from", countries.order_by("name"))

    def clean_step(self) -> tuple[str, str]:
        kind, _space, reason = self.cleaned_data["step"].partition(" ")
        return kind, reason

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        if step := data.pop("step", None):
            data["kind"], data["declined_for"] = step
        return data


ProtectionForm = form_of(ask_protection, CourtForm, on={"kind": radios, "asked_on": Today})
ProtectionAnswerForm = form_of(answer_protection, RecordForm, on={"answer": radios})
AccusationForm = form_of(record_accusation, RecordForm, on={"offence": radios})
AccusationEndForm = form_of(end_accusation, RecordForm, on={"ended": radios})
