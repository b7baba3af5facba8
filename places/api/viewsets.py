from __future__ import annotations

from rest_framework.serializers import DictField

from core.api.serializers import Text
from core.api.verbs import Verb
from core.api.viewsets import ReadViewSet
from core.lists.declared import List
from core.lists.filters import either
from core.lists.pagination import Sort
from places.api.maps import OnAMap
from places.api.serializers import AgencySerializer, ChoiceSerializer, JurisdictionSerializer
from places.choices import LONGEST
from places.models import Agency, Choice, Jurisdiction
from places.services.agencies import add_agency, change_agency
from places.services.choices import add_choice, change_choice
from places.services.jurisdictions import add_place, change_place
from places.services.merges import merge_agency, merge_place
from places.services.outlines import draw_place
from places.services.vacations import add_vacation, close_courts, drop_vacation

NAMES = DictField(child=Text(max_length=LONGEST, allow_blank=True))
NAMES_OF_A_CHANGE = DictField(child=Text(max_length=LONGEST, allow_blank=True), required=False)


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


class ChoiceViewSet(ReadViewSet):
    """The codes of the lists that an organisation words for itself."""

    listed = List(
        Choice.objects.all(),
        "listed",
        {"own": either({"is_own": True}, {"is_own": False})},
        orders={"code": "listed code"},
        recorded=False,
    )
    serializer_class = ChoiceSerializer

    create = Verb(add_choice, on={"labels": NAMES})
    partial_update = Verb(change_choice, on={"labels": NAMES_OF_A_CHANGE})


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
