from __future__ import annotations

from typing import TYPE_CHECKING

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from casework.models import OnlineIncident
from core.api.serializers import Input, RowSerializer, VisibleRow, VisibleRows
from core.api.viewsets import ReadViewSet
from core.lists.declared import List
from core.lists.filters import either
from victims.models import IncidentSurvivor, Involvement
from victims.services.field import set_incident_survivors

if TYPE_CHECKING:
    from accounts.api.requests import SignedIn


class IncidentSurvivorSerializer(RowSerializer[IncidentSurvivor]):
    shows = "id case incident involvement removed_at version"


class SetIncidentSurvivorsInput(Input):
    """All survivors it is about; who is missing is taken off it."""

    incident = VisibleRow(OnlineIncident.objects.select_related("case"))
    survivors = VisibleRows(Involvement.objects.all())


class IncidentSurvivorViewSet(ReadViewSet):
    """Whom abuse online is about, by their part in the case; taken off, `removed_at` says when."""

    listed = List(
        IncidentSurvivor.objects.all(),
        "case incident involvement",
        {"in_force": either({"removed_at__isnull": True}, {"removed_at__isnull": False})},
    )
    serializer_class = IncidentSurvivorSerializer
    services = {"create": set_incident_survivors}
    inputs = {"create": SetIncidentSurvivorsInput}

    # Answers several rows.
    @extend_schema(
        request=SetIncidentSurvivorsInput, responses={201: IncidentSurvivorSerializer(many=True)}
    )
    def create(self, request: SignedIn) -> Response:
        """Say which survivors abuse online is about: all of them at once."""
        data = self.validated()

        def run() -> dict[str, object]:
            rows = set_incident_survivors(
                data["incident"], survivors=data["survivors"], actor=request.user
            )
            return IncidentSurvivorSerializer(rows, many=True).data

        return self.once(run)
