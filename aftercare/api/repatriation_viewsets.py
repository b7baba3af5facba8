from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from aftercare.api.rehabilitation_viewsets import OF_A_SURVIVOR, OF_CASE
from aftercare.api.repatriation_serializers import (
    ChangeRepatriationInput,
    EscortSerializer,
    MoveRepatriationInput,
    PlanRepatriationInput,
    RepatriationSerializer,
)
from aftercare.codes import JourneyPurpose, JourneyStatus
from aftercare.models import Escort, Repatriation
from aftercare.services.repatriations import (
    change_repatriation,
    move_repatriation,
    plan_repatriation,
)
from core.api.filters import choice, code, day, identifier
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
    services = {
        "create": plan_repatriation,
        "partial_update": change_repatriation,
        "move": move_repatriation,
    }
    inputs = {
        "create": PlanRepatriationInput,
        "partial_update": ChangeRepatriationInput,
        "move": MoveRepatriationInput,
    }

    @extend_schema(request=PlanRepatriationInput, responses={201: RepatriationSerializer})
    def create(self, request: Any) -> Response:
        """Plan a journey."""
        return self.create_with(plan_repatriation)

    @extend_schema(request=ChangeRepatriationInput, responses=RepatriationSerializer)
    def partial_update(self, request: Any, pk: Any) -> Response:
        """Change the plan, or who goes along."""
        return self.change_with(change_repatriation)

    @extend_schema(request=MoveRepatriationInput, responses=RepatriationSerializer)
    @action(detail=True, methods=["post"])
    def move(self, request: Any, pk: Any) -> Response:
        """Record that the journey began, ended or was called off."""
        return self.change_with(move_repatriation)


class EscortViewSet(ReadViewSet):
    """Who goes along on journeys: of the level of identity, each look recorded."""

    queryset = Escort.objects.all()
    serializer_class = EscortSerializer
    filters = {"case": identifier("case"), "repatriation": identifier("repatriation")}
