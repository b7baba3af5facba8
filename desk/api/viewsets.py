from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from core.api.viewsets import ReadViewSet, ServiceViewSet
from core.models import AuditEvent, ChainLink
from desk.api.serializers import AuditEventSerializer, ChainSerializer, UnusualSerializer
from desk.services import read_chain, read_unusual
from desk.trail.events import EVENTS

if TYPE_CHECKING:
    from accounts.api.requests import SignedIn


class AuditEventViewSet(ReadViewSet):
    """The history: all of it for an auditor; for others that of the cases they look after.

    Who saw a record: `case=` for all that is about a case, `about=` for any record by its id, for
    example a survivor's.
    """

    listed = EVENTS
    serializer_class = AuditEventSerializer

    def shown(self, rows: object) -> list[Any]:
        """Asking who saw a record is told of that record, not of all that the answer touches."""
        asked = self.request.query_params
        return [UUID(asked[name]) for name in ("case", "about") if name in asked]


class UnusualViewSet(ServiceViewSet):
    """Who read or tried more today than work explains."""

    queryset = AuditEvent.objects.all()
    serializer_class = UnusualSerializer
    services = {"find": read_unusual}

    @extend_schema(responses=UnusualSerializer)
    def find(self, request: SignedIn) -> Response:
        """Of today, by person: what they did and how often; the events are in `audit-events/`."""
        self.takes_nothing()
        return Response(UnusualSerializer({"findings": read_unusual(actor=request.user)}).data)


class ChainViewSet(ServiceViewSet):
    """How far the history is chained, so that nobody can change it unnoticed."""

    queryset = ChainLink.objects.all()
    serializer_class = ChainSerializer
    services = {"find": read_chain}

    @extend_schema(responses=ChainSerializer)
    def find(self, request: SignedIn) -> Response:
        """The newest link of the chain, the last heads that left the machine, what is amiss."""
        self.takes_nothing()
        return Response(ChainSerializer(read_chain(actor=request.user)).data)
