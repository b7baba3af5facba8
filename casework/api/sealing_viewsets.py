from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from casework.api.sealing_serializers import (
    ConflictSerializer,
    DeclareConflictInput,
    SealSerializer,
    WhyInput,
)
from casework.enums import ConflictStatus, SealStatus
from casework.models import Conflict, Seal
from casework.services.conflicts import declare_conflict, lift_conflict
from casework.services.sealing import confirm_opening, refuse_opening
from core.api.filters import choice, code, identifier
from core.api.serializers import Nothing
from core.api.viewsets import ReadViewSet


class SealViewSet(ReadViewSet):
    """Cases that were sealed, and who asks to open them again. See also `cases/{id}/seal/`."""

    queryset = Seal.objects.select_related("sealed_by", "asked_by", "opened_by")
    serializer_class = SealSerializer
    filters = {"case": identifier("case"), "status": choice("status", SealStatus)}
    services = {"confirm": confirm_opening, "refuse": refuse_opening}
    inputs = {"confirm": Nothing, "refuse": Nothing}
    versioned = frozenset({"confirm", "refuse"})

    @extend_schema(request=None, responses=SealSerializer)
    @action(detail=True, methods=["post"])
    def confirm(self, request: Any, pk: Any) -> Response:
        """Open the case again, as the second person."""
        return self.change_with(confirm_opening)

    @extend_schema(request=None, responses=SealSerializer)
    @action(detail=True, methods=["post"])
    def refuse(self, request: Any, pk: Any) -> Response:
        """Keep the case sealed, as the second person."""
        return self.change_with(refuse_opening)


class ConflictViewSet(ReadViewSet):
    """People who must not see a case, for those who watch over who knows what."""

    queryset = Conflict.objects.select_related("user", "declared_by", "lifted_by")
    serializer_class = ConflictSerializer
    filters = {
        "case": identifier("case"),
        "user": code("user__username"),
        "status": choice("status", ConflictStatus),
    }
    services = {"create": declare_conflict, "lift": lift_conflict}
    inputs = {"create": DeclareConflictInput, "lift": WhyInput}
    versioned = frozenset({"lift"})

    def get_queryset(self) -> Any:
        return self.queryset.known_to(self.request.user)

    @extend_schema(request=DeclareConflictInput, responses={201: ConflictSerializer})
    def create(self, request: Any) -> Response:
        """Keep somebody out of a case: the caller, unless `user` names another.

        A tie to a `person` of the case holds in every case of that person.
        """
        return self.create_with(declare_conflict)

    @extend_schema(request=WhyInput, responses=ConflictSerializer)
    @action(detail=True, methods=["post"])
    def lift(self, request: Any, pk: Any) -> Response:
        """Say that a tie keeps nobody out any more."""
        return self.change_with(lift_conflict)
