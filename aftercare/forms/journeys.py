"""Forms about journeys that differ from the plain ones of their verbs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from aftercare.forms.fields import AnyAuthority, AnyProvider
from aftercare.services.repatriations import (
    change_repatriation,
    move_repatriation,
    plan_repatriation,
)
from aftercare.workflow import journey_workflow
from casework.forms import RecordForm, SamePlace, Today
from core.forms import radios, unchosen
from core.verbs.forms import form_of

ASKED: dict[str, Any] = {
    "purpose": unchosen(radios),
    "wish": radios,
    "origin": SamePlace,
    "receiver": AnyAuthority,
    "provider": AnyProvider,
}
WHOLE = ("purpose", "wish", "origin", "destination", "planned_for", "receiver", "provider")

PlanForm = form_of(plan_repatriation, RecordForm, on=ASKED)
ChangePlanForm = form_of(change_repatriation, RecordForm, on=ASKED, order=WHOLE)


class MoveForm(
    form_of(  # type: ignore[misc]
        move_repatriation,
        RecordForm,
        on={
            "step": forms.ChoiceField(label=_("What happened"), widget=forms.RadioSelect),
            "happened_on": Today,
        },
    )
):
    """By hand: which steps there are depends on how far the journey is."""

    def offer(self) -> None:
        step: Any = self.fields["step"]
        steps = journey_workflow.steps.values()
        step.choices = [
            (move.name, move.label) for move in steps if self.target.status in move.sources
        ]
