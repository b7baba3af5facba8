from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from casework.api.opening_serializers import (
    DisclosureSerializer,
    EmergencySerializer,
    OpenInEmergencyInput,
    ProposeDisclosureInput,
    ReviewInput,
)
from casework.enums import DisclosureStatus, GlassStatus
from casework.models import BreakGlass, Disclosure
from casework.services.disclosures import (
    confirm_disclosure,
    end_disclosure,
    propose_disclosure,
    refuse_disclosure,
)
from casework.services.emergencies import break_glass, end_emergency, review_glass
from core.api.filters import choice, code, identifier
from core.api.serializers import Nothing
from core.api.viewsets import ReadViewSet


class DisclosureViewSet(ReadViewSet):
    """What prosecutors from outside may read of which case, on which legal basis, until when."""

    queryset = Disclosure.objects.select_related("user", "case__jurisdiction")
    serializer_class = DisclosureSerializer
    filters = {
        "case": identifier("case"),
        "user": code("user__username"),
        "status": choice("status", DisclosureStatus),
    }
    services = {
        "create": propose_disclosure,
        "confirm": confirm_disclosure,
        "refuse": refuse_disclosure,
        "end": end_disclosure,
    }
    inputs = {
        "create": ProposeDisclosureInput,
        "confirm": Nothing,
        "refuse": Nothing,
        "end": Nothing,
    }

    @extend_schema(request=ProposeDisclosureInput, responses={201: DisclosureSerializer})
    def create(self, request: Any) -> Response:
        """Propose a disclosure. It opens nothing until somebody else has confirmed it."""
        return self.create_with(propose_disclosure)

    @extend_schema(request=None, responses=DisclosureSerializer)
    @action(detail=True, methods=["post"])
    def confirm(self, request: Any, pk: Any) -> Response:
        """Let it take effect, as the second person."""
        return self.change_with(confirm_disclosure)

    @extend_schema(request=None, responses=DisclosureSerializer)
    @action(detail=True, methods=["post"])
    def refuse(self, request: Any, pk: Any) -> Response:
        """Say no, as the second person."""
        return self.change_with(refuse_disclosure)

    @extend_schema(request=None, responses=DisclosureSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: Any, pk: Any) -> Response:
        """Take it back before its day."""
        return self.change_with(end_disclosure)


class EmergencyViewSet(ReadViewSet):
    """Cases read in an emergency, for those who watch over it; one's own, to end it."""

    queryset = BreakGlass.objects.select_related("user", "case")
    serializer_class = EmergencySerializer
    filters = {"case": identifier("case"), "status": choice("status", GlassStatus)}
    takes_many = False  # only one is open to a person at a time
    services = {"create": break_glass, "end": end_emergency, "review": review_glass}
    inputs = {"create": OpenInEmergencyInput, "end": Nothing, "review": ReviewInput}

    def get_queryset(self) -> Any:
        return self.queryset.open_to(self.request.user)

    @extend_schema(request=OpenInEmergencyInput, responses={201: EmergencySerializer})
    def create(self, request: Any) -> Response:
        """Open a case that is closed to the caller for an hour. Keys of programs cannot."""
        return self.create_with(break_glass)

    @extend_schema(request=None, responses=EmergencySerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: Any, pk: Any) -> Response:
        """Close it before its hour is over."""
        return self.change_with(end_emergency)

    @extend_schema(request=ReviewInput, responses=EmergencySerializer)
    @action(detail=True, methods=["post"])
    def review(self, request: Any, pk: Any) -> Response:
        """Say whether it was an emergency."""
        return self.change_with(review_glass)
