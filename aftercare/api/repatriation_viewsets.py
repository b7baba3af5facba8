from __future__ import annotations

from aftercare.api.rehabilitation_viewsets import OF_A_SURVIVOR, OF_CASE
from aftercare.api.repatriation_serializers import EscortSerializer, RepatriationSerializer
from aftercare.codes import JourneyPurpose, JourneyStatus
from aftercare.models import Escort, Repatriation
from aftercare.services.repatriations import (
    change_repatriation,
    move_repatriation,
    plan_repatriation,
)
from aftercare.workflow import journey_workflow
from core.api.filters import choice, code, day, identifier
from core.api.serializers import Labelled
from core.api.verbs import Verb
from core.api.viewsets import ReadViewSet
from core.pagination import Sort


class RepatriationViewSet(ReadViewSet):
    """Journeys of survivors, home or to a court abroad."""

    queryset = Repatriation.objects.select_related(*OF_CASE, "origin", "destination")
    serializer_class = RepatriationSerializer
    sorts = {"latest": Sort(("planned_for", "id"), descending=True)}
    filters = OF_A_SURVIVOR | {
        "purpose": choice("purpose", JourneyPurpose),
        "status": choice("status", JourneyStatus),
        "destination": code("destination__code"),
        "planned_from": day("planned_for__gte"),
        "planned_to": day("planned_for__lte"),
    }

    create = Verb(
        plan_repatriation,
        of="`receiver` (an agency) or `provider`: who receives the survivor there.",
    )
    partial_update = Verb(
        change_repatriation,
        of="What is not named stays as it is; nothing takes a receiver away.",
    )
    move = Verb(
        move_repatriation,
        on={
            "step": Labelled([(name, step.label) for name, step in journey_workflow.steps.items()])
        },
    )


class EscortViewSet(ReadViewSet):
    """Who goes along on journeys: of the level of identity, each look recorded."""

    queryset = Escort.objects.all()
    serializer_class = EscortSerializer
    filters = {"case": identifier("case"), "repatriation": identifier("repatriation")}
