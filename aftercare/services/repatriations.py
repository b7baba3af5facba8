"""Journeys of survivors: planned, begun, arrived, cancelled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Unpack

from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from aftercare.codes import JourneyPurpose, JourneyStatus, Wish
from aftercare.columns import CancelledFor, EscortAnew, EscortWords, Happened, JourneyColumns
from aftercare.models import Escort, Repatriation
from aftercare.workflow import journey_workflow
from casework.services.cases import require_content, require_open_case, require_past
from core import audit
from core.refusals import gettext as _
from core.services import Refused, amend, service
from core.verbs.arguments import Column

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import User
    from aftercare.models import Provider
    from places.models import Agency, Jurisdiction
    from victims.models import Involvement


@service(Perm.REPATRIATION_RECORD, label=gettext_lazy("Plan a journey"), begins=True)
def plan_repatriation(
    involvement: Involvement,
    *,
    purpose: str = JourneyPurpose.HOME,
    wish: str,
    origin: Jurisdiction,
    destination: Jurisdiction,
    planned_for: Annotated[date, Column(ahead=True)],
    receiver: Agency | None = None,
    provider: Provider | None = None,
    escort: EscortWords = "",
    actor: User,
) -> Repatriation:
    """Plan a journey home, or to a court abroad. First ask the survivor what they wish."""
    require_open_case(involvement.case, actor)
    journey = Repatriation(
        case=involvement.case,
        involvement=involvement,
        purpose=purpose,
        wish=wish,
        origin=origin,
        destination=destination,
        planned_for=planned_for,
        receiver=receiver,
        provider=provider,
    )
    _check_plan(journey)
    journey.save(force_insert=True)
    _goes_along(journey, escort)
    audit.record("repatriation.planned", journey, actor=actor, purpose=purpose)
    return journey


@service(Perm.REPATRIATION_RECORD, label=gettext_lazy("Change the plan of a journey"))
def change_repatriation(
    journey: Repatriation,
    *,
    version: int,
    escort: EscortAnew = "",
    actor: User,
    **changes: Unpack[JourneyColumns],
) -> Repatriation:
    """Change the plan of a journey; the former one stays in the history. Raises `Stale`."""
    require_content(journey.case, actor)
    wanted = Repatriation.objects.get(pk=journey.pk)
    for name, value in changes.items():
        setattr(wanted, name, value)
    if wanted.status in JourneyStatus.OVER:
        raise Refused(_("This journey is over. Plan a new one."))
    _check_plan(wanted)
    changed = amend(journey, version, **changes)
    _goes_along(changed, escort)
    audit.record("repatriation.changed", changed, actor=actor, fields=sorted(changes))
    return changed


@service(Perm.REPATRIATION_RECORD, label=gettext_lazy("Record how a journey goes"))
def move_repatriation(
    journey: Repatriation,
    *,
    step: str,
    happened_on: Happened,
    version: int,
    reason: CancelledFor = "",
    actor: User,
) -> Repatriation:
    """Record that the survivor left or arrived, or the journey was cancelled. Raises `Stale`."""
    require_content(journey.case, actor)
    require_past(journey.case, happened_on)
    if (step == "cancel") != bool(reason):
        raise Refused(_("Give a reason if the journey is cancelled, and only then."))
    if step == "arrive" and journey.travelled_on and happened_on < journey.travelled_on:
        raise Refused(_("The arrival cannot be before the departure."))
    days = {"travel": "travelled_on", "arrive": "arrived_on", "cancel": "cancelled_on"}
    facts: dict[str, Any] = {days[step]: happened_on}
    facts |= {"cancelled_for": reason} if reason else {}
    moved: Repatriation = journey_workflow.apply(
        journey, step, actor=actor, version=version, **facts
    )
    return moved


def _check_plan(journey: Repatriation) -> None:
    if journey.origin == journey.destination:
        raise Refused(_("Choose two different places."))
    abroad = journey.origin.country != journey.destination.country
    if journey.purpose == JourneyPurpose.COURT and not abroad:
        raise Refused(_("This court is in the same country, so this is not a journey abroad."))
    if journey.wish == Wish.REFUSES and journey.status != JourneyStatus.PLANNED:
        raise Refused(_("The survivor does not wish to travel."))


def _goes_along(journey: Repatriation, escort: str) -> None:
    """Keep who goes along; who was to do so before stays on record."""
    if text := escort.strip():
        Escort.objects.create(case=journey.case, repatriation=journey, text=text)
