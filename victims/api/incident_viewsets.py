from __future__ import annotations

from core.api.serializers import RowSerializer
from core.api.verbs import Verb
from core.api.viewsets import ReadViewSet
from core.lists.declared import List
from core.lists.filters import either
from victims.models import IncidentSurvivor
from victims.services.field import set_incident_survivors


class IncidentSurvivorSerializer(RowSerializer[IncidentSurvivor]):
    shows = "id case incident involvement removed_at version"


class IncidentSurvivorViewSet(ReadViewSet):
    """Whom abuse online is about, by their part in the case; taken off, `removed_at` says when."""

    listed = List(
        IncidentSurvivor.objects.all(),
        "case incident involvement",
        {"in_force": either({"removed_at__isnull": True}, {"removed_at__isnull": False})},
    )
    serializer_class = IncidentSurvivorSerializer

    create = Verb(
        set_incident_survivors,
        says="Say which survivors abuse online is about: all of them at once.",
        of="All survivors it is about; who is missing is taken off it.",
        several=True,
    )
