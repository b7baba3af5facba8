from __future__ import annotations

from aftercare.api.rehabilitation_viewsets import OF_CASE
from aftercare.api.repatriation_serializers import EscortSerializer, RepatriationSerializer
from aftercare.models import Escort, Repatriation
from aftercare.services.repatriations import (
    change_repatriation,
    move_repatriation,
    plan_repatriation,
)
from aftercare.workflow import journey_workflow
from core.api.serializers import Labelled
from core.api.verbs import Verb
from core.api.viewsets import ReadViewSet
from core.lists.declared import List


class RepatriationViewSet(ReadViewSet):
    """Journeys of survivors, home or to a court abroad."""

    listed = List(
        Repatriation.objects.select_related(*OF_CASE, "origin", "destination"),
        "case involvement purpose status destination planned_for",
        orders={"latest": "-planned_for"},
    )
    serializer_class = RepatriationSerializer

    create = Verb(
        plan_repatriation,
        of="`receiver` (an agency) or `provider`: who receives the survivor there.",
    )
    partial_update = Verb(
        change_repatriation, of="What is not named stays as it is; nothing takes a receiver away."
    )
    move = Verb(
        move_repatriation,
        on={
            "step": Labelled([(name, step.label) for name, step in journey_workflow.steps.items()])
        },
    )


class EscortViewSet(ReadViewSet):
    """Who goes along on journeys: of the level of identity, each look recorded."""

    listed = List(Escort.objects.all(), "case repatriation")
    serializer_class = EscortSerializer
