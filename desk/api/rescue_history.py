"""The history of a rescue for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from casework.models import Rescue
from core.api.viewsets import ServiceViewSet
from desk.services import read_rescue_history

if TYPE_CHECKING:
    from accounts.api.requests import SignedIn


class ChangeSerializer(serializers.Serializer[Any]):
    """What changed, in words; empty where there was nothing, or is nothing any more."""

    what = serializers.CharField()
    before = serializers.CharField()
    after = serializers.CharField()


class AmendmentSerializer(serializers.Serializer[Any]):
    at = serializers.DateTimeField()
    by = serializers.CharField()
    changes = ChangeSerializer(many=True)


class HistorySerializer(serializers.Serializer[Any]):
    results = AmendmentSerializer(many=True)


class RescueHistoryViewSet(ServiceViewSet):
    """What was changed in the record of a rescue, by whom and when, the newest first."""

    queryset = Rescue.objects.select_related("case", "jurisdiction")
    services = {"retrieve": read_rescue_history}
    serializer_class = HistorySerializer

    @extend_schema(responses=HistorySerializer)
    def retrieve(self, request: SignedIn, pk: str) -> Response:
        """All amendments, without what lies encrypted."""
        self.takes_nothing()
        amendments = read_rescue_history(self.get_object(), actor=request.user)
        return Response(HistorySerializer({"results": amendments}).data)
