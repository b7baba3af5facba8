from __future__ import annotations

from core.api.filters import choice, code
from core.api.verbs import Verb
from core.api.viewsets import ReadViewSet
from core.pagination import Sort
from places.api.serializers import AgencySerializer, JurisdictionSerializer
from places.enums import AgencyKind, JurisdictionLevel
from places.models import Agency, Jurisdiction
from places.services.agencies import add_agency, change_agency
from places.services.jurisdictions import add_place, change_place


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

    create = Verb(add_place)
    partial_update = Verb(change_place)


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

    create = Verb(add_agency)
    partial_update = Verb(change_agency)
