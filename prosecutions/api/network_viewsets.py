from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Prefetch
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from core.api.serializers import Day
from core.api.verbs import Verb
from core.api.viewsets import ReadViewSet
from core.lists.declared import List
from prosecutions.api.network_serializers import (
    AsOfInput,
    CorridorLegSerializer,
    CorridorSerializer,
    LegInput,
    NetworkMemberSerializer,
    NetworkSerializer,
    StandingSerializer,
)
from prosecutions.columns import LegColumns, MemberColumns, NetworkColumns
from prosecutions.corrections.api import STAYS, Correctable, Strikable, corrects
from prosecutions.corrections.services.records import correct_record
from prosecutions.drawing import network_picture
from prosecutions.models import Corridor, CorridorLeg, NetworkMember
from prosecutions.networks import NETWORKS
from prosecutions.services.corridors import MOST_LEGS, record_corridor, replace_corridor
from prosecutions.services.networks import (
    add_member,
    begin_network,
    change_member,
    mark_network,
    read_network,
)

if TYPE_CHECKING:
    from accounts.api.requests import SignedIn


class NetworkViewSet(ReadViewSet):
    """Networks, each under a code: those of which the caller sees a member."""

    listed = NETWORKS
    serializer_class = NetworkSerializer
    services = {"standing": read_network}

    create = Verb(begin_network)
    partial_update = Verb(mark_network)
    correct = Verb(
        correct_record,
        says="Correct the day on which the network was identified.",
        changes=NetworkColumns,
        body="CorrectNetworkInput",
        of=STAYS,
        on={"identified_on": Day()},
    )

    @extend_schema(parameters=[AsOfInput], responses=StandingSerializer)
    @action(detail=True)
    def standing(self, request: SignedIn, pk: str) -> Response:
        """The arrested share as of a day, and the picture: what the page of the network shows."""
        asked = AsOfInput(data=request.query_params.dict(), context=self.get_serializer_context())
        asked.is_valid(raise_exception=True)
        day = asked.validated_data.get("as_of")
        context = read_network(self.get_object(), day=day, actor=request.user)
        return Response(StandingSerializer(context | network_picture(context)).data)


class NetworkMemberViewSet(Strikable):
    """Suspects as members of networks. Two of them may be one person: see `perpetrators`."""

    listed = List(
        NetworkMember.objects.select_related("case__office", "case__jurisdiction"),
        "case network suspect role",
        orders={"newest": "-known_on"},
    )
    serializer_class = NetworkMemberSerializer

    create = Verb(add_member)
    partial_update = Verb(change_member, keeps=("role", "left_on"))
    correct = Verb(
        correct_record,
        says="Correct the role, since when the person is known as a member, and the end of it.",
        changes=MemberColumns,
        body="CorrectMemberInput",
        of=STAYS,
    )


class CorridorViewSet(Strikable):
    """Ways people were taken: recruited, through, exploited, identified, brought home."""

    listed = List(
        Corridor.objects.select_related("case__office", "case__jurisdiction").prefetch_related(
            Prefetch(
                "legs", CorridorLeg.objects.select_related("jurisdiction").order_by("position")
            )
        ),
        "case network",
    )
    serializer_class = CorridorSerializer

    create = Verb(
        record_corridor, on={"legs": serializers.ListField(child=LegInput(), max_length=MOST_LEGS)}
    )
    partial_update = Verb(
        replace_corridor,
        body="CorridorInput",
        on={"legs": serializers.ListField(child=LegInput(), max_length=MOST_LEGS)},
    )


class CorridorLegViewSet(Correctable):
    """The places of ways, each by itself: where a way is told anew, it has others."""

    listed = List(
        CorridorLeg.objects.select_related("case__office", "case__jurisdiction", "jurisdiction"),
        "case corridor kind",
    )
    serializer_class = CorridorLegSerializer
    partial_update = corrects(LegColumns, "CorrectLegInput")
