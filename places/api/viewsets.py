from __future__ import annotations

from core.api.filters import choice, code
from core.api.viewsets import ReadViewSet
from core.pagination import Sort
from places.api.serializers import AgencySerializer, JurisdictionSerializer
from places.enums import AgencyKind, JurisdictionLevel
from places.models import Agency, Jurisdiction


class JurisdictionViewSet(ReadViewSet):
    """Countries, their parts and cities: the tree every place is a node of."""

    queryset = Jurisdiction.objects.select_related("parent")
    serializer_class = JurisdictionSerializer
    sorts = {"code": Sort(("code",))}
    changed = ""
    filters = {
        "code": code("code"),
        "level": choice("level", JurisdictionLevel),
        "parent": code("parent__code"),
    }
    records_reads = False


class AgencyViewSet(ReadViewSet):
    """Police units, courts, ministries and others that act at a place."""

    queryset = Agency.objects.select_related("jurisdiction")
    serializer_class = AgencySerializer
    sorts = {"name": Sort(("name", "id"))}
    filters = {
        "kind": choice("kind", AgencyKind),
        "jurisdiction": code("jurisdiction__code"),
    }
    records_reads = False
