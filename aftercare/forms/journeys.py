"""Shapes of the forms about journeys."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aftercare.codes import CancelReason, JourneyPurpose, Wish
from aftercare.models import Provider
from aftercare.workflow import journey_workflow
from casework.forms import PastDay, PlaceChoice, RecordForm, places_around
from core.forms import DayField
from places.models import Agency


class PlanForm(RecordForm):
    purpose = forms.ChoiceField(
        label=gettext_lazy("What for"), choices=JourneyPurpose, widget=forms.RadioSelect
    )
    wish = forms.ChoiceField(
        label=gettext_lazy("What the survivor wishes"), choices=Wish, widget=forms.RadioSelect
    )
    origin = PlaceChoice(label=gettext_lazy("From"))
    destination = PlaceChoice(label=gettext_lazy("To"))
    planned_for = DayField(ahead=True, label=gettext_lazy("Day of the journey"))
    receiver = forms.ModelChoiceField(
        Agency.objects.none(), label=gettext_lazy("Received by an authority"), required=False
    )
    provider = forms.ModelChoiceField(
        Provider.objects.none(), label=gettext_lazy("Received by a provider"), required=False
    )
    escort = forms.CharField(
        label=gettext_lazy("Who goes along"),
        help_text=gettext_lazy("Kept encrypted, open to the team only."),
        max_length=400,
        required=False,
    )

    def offer(self) -> None:
        self.fields["origin"].initial = self.case.jurisdiction.code
        for name in ("origin", "destination"):
            self.choose(name, places_around(self.case))
        self.choose("receiver", Agency.objects.active().order_by("name"))
        providers = Provider.objects.visible_to(self.user).filter(is_active=True)
        self.choose("provider", providers.order_by("name"))


class ChangePlanForm(PlanForm):
    def offer(self) -> None:
        super().offer()
        self.fields["escort"].help_text = _(
            "Write it only if it changes. Kept encrypted, open to the team only."
        )


class MoveForm(RecordForm):
    step = forms.ChoiceField(label=gettext_lazy("What happened"), widget=forms.RadioSelect)
    happened_on = PastDay(label=gettext_lazy("Day"))
    reason = forms.ChoiceField(
        label=gettext_lazy("Why it is cancelled"),
        choices=[("", gettext_lazy("Choose")), *CancelReason.choices],
        required=False,
    )

    def offer(self) -> None:
        step: Any = self.fields["step"]
        steps = journey_workflow.steps.values()
        step.choices = [(one.name, one.label) for one in steps if self.target.status in one.sources]
        self.fields["happened_on"].initial = self.case.jurisdiction.today
