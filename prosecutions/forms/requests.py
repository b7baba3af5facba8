"""Shapes of the forms about requests to and from others."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from casework.forms import AgencyChoice, PastDay, PlaceChoice, RecordForm, places_around
from casework.inquiry_codes import StepStatus
from casework.models import InvestigationStep, OnlineIncident
from prosecutions.enums import Direction, RequestAnswer, RequestKind
from prosecutions.forms.survivors import ProceedingChoice, proceedings_of


class StepChoice(forms.ModelChoiceField):
    """A step of the investigation that is taken by asking."""

    def __init__(self) -> None:
        super().__init__(
            InvestigationStep.objects.none(),
            label=gettext_lazy("Step of the investigation"),
            required=False,
        )

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.code}: {obj.get_kind_display()}, {obj.get_status_display()}"


class IncidentChoice(forms.ModelChoiceField):
    """The abuse online that is asked about."""

    def __init__(self) -> None:
        super().__init__(
            OnlineIncident.objects.none(), label=gettext_lazy("Abuse online"), required=False
        )

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.code}: {obj.get_media_display()}, {obj.get_platform_display()}"


def offer_inquiry(form: RecordForm) -> None:
    """Steps and abuse online of the case, as far as the reader sees them; where there are none,
    nothing is asked."""
    for name, model in (("step", InvestigationStep), ("incident", OnlineIncident)):
        rows = model.objects.visible_to(form.user).filter(case=form.case)
        form.choose(name, rows.exclude(status=StepStatus.DROPPED) if name == "step" else rows)
        if not form.fields[name].queryset.exists():  # type: ignore[attr-defined]
            del form.fields[name]


class RelateForm(RecordForm):
    step = StepChoice()
    incident = IncidentChoice()

    def offer(self) -> None:
        offer_inquiry(self)


class RequestForm(RecordForm):
    direction = forms.ChoiceField(
        label=gettext_lazy("Who asked"),
        choices=Direction,
        initial=Direction.TO,
        widget=forms.RadioSelect,
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What for"), choices=[("", "---------"), *RequestKind.choices]
    )
    jurisdiction = PlaceChoice(
        label=gettext_lazy("Where the others are"),
        help_text=gettext_lazy("Another country than that of the case makes it a request abroad."),
    )
    agency = AgencyChoice(label=gettext_lazy("Police unit, laboratory, court or other office"))
    prosecution = ProceedingChoice()
    step = StepChoice()
    incident = IncidentChoice()
    asked_on = PastDay(label=gettext_lazy("Asked on"))

    def offer(self) -> None:
        self.offer_others()
        offer_inquiry(self)
        self.fields["asked_on"].initial = self.case.jurisdiction.today

    def offer_others(self) -> None:
        """Where others are, who they are, and for which proceeding they are asked."""
        self.choose("jurisdiction", places_around(self.case))
        agency: Any = self.fields["agency"]
        kept = getattr(self.target, "agency_id", None)
        agency.around(self.case.jurisdiction, kept=kept)
        self.choose("prosecution", proceedings_of(self))


class ReminderForm(RecordForm):
    reminded_on = PastDay(label=gettext_lazy("Day of the reminder"))

    def offer(self) -> None:
        self.fields["reminded_on"].initial = self.case.jurisdiction.today


class RequestAnswerForm(RecordForm):
    answer = forms.ChoiceField(
        label=gettext_lazy("The answer"), choices=RequestAnswer, widget=forms.RadioSelect
    )
    answered_on = PastDay(label=gettext_lazy("Answered on"))

    def offer(self) -> None:
        self.fields["answered_on"].initial = self.case.jurisdiction.today
