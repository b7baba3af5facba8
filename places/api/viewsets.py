from __future__ import annotations

from rest_framework.serializers import DictField

from core.api.verbs import Verb
from core.api.viewsets import ReadViewSet
from core.lists.declared import List
from core.lists.pagination import Sort
from places.api.maps import OnAMap
from places.api.serializers import AgencySerializer, JurisdictionSerializer
from places.models import Agency, Jurisdiction
from places.services.agencies import add_agency, change_agency
from places.services.jurisdictions import add_place, change_place
from places.services.merges import merge_agency, merge_place
from places.services.outlines import draw_place
from places.services.vacations import add_vacation, close_courts, drop_vacation


class JurisdictionViewSet(OnAMap):
    """Countries, their parts and cities: the tree every place is a node of."""

    located, around = "code", False

    listed = List(
        Jurisdiction.objects.select_related("parent", "merged_into"),
        "code level parent",
        orders={"code": Sort(("code",))},
        changed="",
        recorded=False,
    )
    serializer_class = JurisdictionSerializer

    create = Verb(add_place)
    partial_update = Verb(change_place)
    merge = Verb(merge_place)
    close_courts = Verb(close_courts)
    draw = Verb(draw_place, on={"outline": DictField(allow_null=True)})


class AgencyViewSet(ReadViewSet):
    """Police units, courts, ministries and others that act at a place."""

    listed = List(
        Agency.objects.select_related("jurisdiction"),
        "kind jurisdiction",
        orders={"name": "name"},
        recorded=False,
    )
    serializer_class = AgencySerializer

    create = Verb(add_agency)
    partial_update = Verb(change_agency)
    merge = Verb(merge_agency)
    add_vacation = Verb(add_vacation)
    drop_vacation = Verb(drop_vacation)
