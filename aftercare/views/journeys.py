"""Journeys of survivors: one page for each verb."""

from __future__ import annotations

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aftercare.forms.journeys import ChangePlanForm, MoveForm, PlanForm
from aftercare.models import Repatriation
from aftercare.services.repatriations import (
    change_repatriation,
    move_repatriation,
    plan_repatriation,
)
from aftercare.views.ledger import OfSurvivor, SurvivorMoney
from aftercare.views.telling import Tells
from casework.views import VersionedVerb
from core.web import OncePage


class PlanRepatriation(OncePage, Tells, SurvivorMoney):
    service, form_class = plan_repatriation, PlanForm
    title = gettext_lazy("Plan a journey")
    intro = gettext_lazy("Home, or to a court abroad. Ask the survivor first what she wishes.")
    submit_label = gettext_lazy("Save the plan")


class OfJourney(VersionedVerb, OfSurvivor):
    model: Any = Repatriation
    beside = (*OfSurvivor.beside, "origin", "destination")

    def about(self) -> list[tuple[Any, Any]]:
        row = self.target
        day = date_format(row.planned_for, "j M Y")
        words = f"{row.origin.name} → {row.destination.name}, {day}"
        return [*super().about(), (_("Journey"), words)]


class ChangeRepatriation(Tells, OfJourney):
    service, form_class = change_repatriation, ChangePlanForm
    title = gettext_lazy("Change the plan of a journey")
    intro = gettext_lazy("The former plan stays in the history.")

    def get_initial(self) -> dict[str, Any]:
        row = self.target
        named = ("purpose", "wish", "planned_for", "receiver", "provider")
        given = {name: getattr(row, name) for name in named}
        return given | {"origin": row.origin.code, "destination": row.destination.code}


class MoveRepatriation(OfJourney):
    service, form_class = move_repatriation, MoveForm
    title = gettext_lazy("Record how a journey goes")
    intro = gettext_lazy("The survivor has left, has arrived, or the journey is cancelled.")
