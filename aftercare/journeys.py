"""The life of a journey, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from aftercare.codes import JourneyStatus as S
from aftercare.codes import Wish
from aftercare.models import Repatriation
from core.workflow import Transition, Workflow

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


def _not_ready(journey: Repatriation) -> str | _StrPromise | None:
    if journey.wish != Wish.WANTS:
        return _("The survivor has not said that she wants to go: record her wish first.")
    if not (journey.receiver_id or journey.provider_id):
        return _("Nobody is on record who receives the survivor there: add it to the plan first.")
    return None


journey_workflow = Workflow[Repatriation](
    Transition(
        "travel",
        gettext_lazy("Has left"),
        {S.PLANNED},
        S.TRAVELLED,
        Perm.REPATRIATION_RECORD,
        blocked=_not_ready,  # type: ignore[arg-type]
    ),
    Transition(
        "arrive", gettext_lazy("Has arrived"), {S.TRAVELLED}, S.ARRIVED, Perm.REPATRIATION_RECORD
    ),
    Transition(
        "cancel",
        gettext_lazy("Cancel"),
        {S.PLANNED, S.TRAVELLED},
        S.CANCELLED,
        Perm.REPATRIATION_RECORD,
    ),
)
