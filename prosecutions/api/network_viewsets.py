from __future__ import annotations

from typing import Any

from django.db.models import Prefetch
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from core.api.filters import choice, code, identifier
from core.api.viewsets import ReadViewSet
from core.pagination import Sort
from prosecutions.api.corrections import (
    Correctable,
    CorrectLegInput,
    CorrectMemberInput,
    CorrectNetworkInput,
    correctable,
)
from prosecutions.api.network_serializers import (
    AddMemberInput,
    AsOfInput,
    BeginNetworkInput,
    ChangeMemberInput,
    CorridorInput,
    CorridorLegSerializer,
    CorridorSerializer,
    MarkNetworkInput,
    NetworkMemberSerializer,
    NetworkSerializer,
    RecordCorridorInput,
    StandingSerializer,
)
from prosecutions.api.striking import Strikable, StrikeInput
from prosecutions.drawing import network_picture
from prosecutions.enums import Leg, NetworkRole, NetworkStatus
from prosecutions.models import Corridor, CorridorLeg, Network, NetworkMember
from prosecutions.services.corrections import correct_record
from prosecutions.services.corridors import record_corridor, replace_corridor
from prosecutions.services.networks import (
    add_member,
    begin_network,
    change_member,
    mark_network,
    read_network,
)
from prosecutions.services.striking import strike


class NetworkViewSet(ReadViewSet):
    """Networks, each under a code: those of which the caller sees a member."""

    queryset = Network.objects.all()
    serializer_class = NetworkSerializer
    sorts = {"newest": Sort(("identified_on", "id"), descending=True)}
    filters = {"code": code("code"), "status": choice("status", NetworkStatus)}
    services = {
        "create": begin_network,
        "partial_update": mark_network,
        "standing": read_network,
        "correct": correct_record,
    }
    inputs = {
        "create": BeginNetworkInput,
        "partial_update": MarkNetworkInput,
        "correct": CorrectNetworkInput,
    }
    versioned = ReadViewSet.versioned | {"correct"}

    @extend_schema(request=BeginNetworkInput, responses={201: NetworkSerializer})
    def create(self, request: Any) -> Response:
        """Begin a network with one suspect as its first member."""
        return self.create_with(begin_network)

    @extend_schema(request=MarkNetworkInput, responses=NetworkSerializer)
    def partial_update(self, request: Any, pk: Any) -> Response:
        """Say that a network is active, dormant or broken up."""
        return self.change_with(mark_network, keeps=("status",))

    @extend_schema(request=CorrectNetworkInput, responses=NetworkSerializer)
    @action(detail=True, methods=["post"])
    def correct(self, request: Any, pk: Any) -> Response:
        """Put right the day on which the network was identified."""
        return self.change_with(correct_record)

    @extend_schema(parameters=[AsOfInput], responses=StandingSerializer)
    @action(detail=True)
    def standing(self, request: Any, pk: Any) -> Response:
        """The arrested share as of a day, and the picture: what the page of the network shows."""
        asked = AsOfInput(data=request.query_params.dict(), context=self.get_serializer_context())
        asked.is_valid(raise_exception=True)
        day = asked.validated_data.get("as_of")
        shown = read_network(self.get_object(), day=day, actor=request.user)
        return Response(StandingSerializer(shown | network_picture(shown)).data)


class NetworkMemberViewSet(Strikable):
    """Suspects as members of networks. Two of them may be one person: see `perpetrators`."""

    queryset = NetworkMember.objects.select_related("case__office", "case__jurisdiction")
    serializer_class = NetworkMemberSerializer
    sorts = {"newest": Sort(("known_on", "id"), descending=True)}
    filters = {
        "case": identifier("case"),
        "network": identifier("network"),
        "suspect": identifier("suspect"),
        "role": choice("role", NetworkRole),
    }
    services = {
        "create": add_member,
        "partial_update": change_member,
        "correct": correct_record,
        "strike": strike,
    }
    inputs = {
        "create": AddMemberInput,
        "partial_update": ChangeMemberInput,
        "correct": CorrectMemberInput,
        "strike": StrikeInput,
    }
    versioned = Strikable.versioned | {"correct"}

    @extend_schema(request=AddMemberInput, responses={201: NetworkMemberSerializer})
    def create(self, request: Any) -> Response:
        """Add a suspect to a network."""
        return self.create_with(add_member)

    @extend_schema(request=ChangeMemberInput, responses=NetworkMemberSerializer)
    def partial_update(self, request: Any, pk: Any) -> Response:
        """Put right what a member does there, or say that the person is none since a day."""
        return self.change_with(change_member, keeps=("role", "left_on"))

    @extend_schema(request=CorrectMemberInput, responses=NetworkMemberSerializer)
    @action(detail=True, methods=["post"])
    def correct(self, request: Any, pk: Any) -> Response:
        """Put right the role, since when the person is known as a member, and the end of it."""
        return self.change_with(correct_record)


class CorridorViewSet(Strikable):
    """Ways people were taken: recruited, through, exploited, identified, brought home."""

    queryset = Corridor.objects.select_related("case__office", "case__jurisdiction")
    serializer_class = CorridorSerializer
    filters = {"case": identifier("case"), "network": identifier("network")}
    services = {"create": record_corridor, "partial_update": replace_corridor, "strike": strike}
    inputs = {
        "create": RecordCorridorInput,
        "partial_update": CorridorInput,
        "strike": StrikeInput,
    }

    def get_queryset(self) -> Any:
        legs = CorridorLeg.objects.select_related("jurisdiction").order_by("position")
        return super().get_queryset().prefetch_related(Prefetch("legs", legs))

    @extend_schema(request=RecordCorridorInput, responses={201: CorridorSerializer})
    def create(self, request: Any) -> Response:
        """Record one way people of a case were taken."""
        return self.create_with(record_corridor)

    @extend_schema(request=CorridorInput, responses=CorridorSerializer)
    def partial_update(self, request: Any, pk: Any) -> Response:
        """Tell a way anew: all its legs, and the network if it is one's."""
        return self.change_with(replace_corridor)


@correctable(CorrectLegInput, CorridorLegSerializer)
class CorridorLegViewSet(Correctable):
    """The places of ways, each by itself: where a way is told anew, it has others."""

    queryset = CorridorLeg.objects.select_related(
        "case__office", "case__jurisdiction", "jurisdiction"
    )
    serializer_class = CorridorLegSerializer
    filters = {
        "case": identifier("case"),
        "corridor": identifier("corridor"),
        "kind": choice("kind", Leg),
    }
    services = {"partial_update": correct_record}
    inputs = {"partial_update": CorrectLegInput}
