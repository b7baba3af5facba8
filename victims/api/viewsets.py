from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from core.api.filters import choice, code, identifier
from core.api.viewsets import ReadViewSet, ServiceViewSet
from victims.api.match_serializers import CandidateListSerializer, MergeVictimInput
from victims.api.serializers import (
    CorrectIdentityInput,
    FoundSerializer,
    IdentitySerializer,
    InvolvementSerializer,
    RecordIdentityInput,
    RevealInput,
    SearchInput,
    ShownSerializer,
    VictimSerializer,
)
from victims.enums import Outcome, Sex
from victims.models import Identity, Involvement, Victim
from victims.services.identities import (
    correct_identity,
    record_identity,
    reveal_identity,
    search_names,
)
from victims.services.matches import read_alike
from victims.services.merges import merge_victims


class VictimViewSet(ReadViewSet):
    """People harmed, by code and age."""

    queryset = Victim.objects.all()
    serializer_class = VictimSerializer
    filters = {"code": code("code"), "sex": choice("sex", Sex)}
    services = {"search": search_names, "merge": merge_victims}
    inputs = {"search": SearchInput, "merge": MergeVictimInput}
    asking = frozenset({"search"})

    @extend_schema(request=SearchInput, responses={200: FoundSerializer})
    @action(detail=False, methods=["post"])
    def search(self, request: Any) -> Response:
        """Find people by name among those whose names are open to the caller."""
        found = search_names(actor=request.user, **self.validated())
        return Response(FoundSerializer(found).data)

    @extend_schema(request=MergeVictimInput, responses=VictimSerializer)
    @action(detail=True, methods=["post"])
    def merge(self, request: Any, pk: Any) -> Response:
        """Say that another record is this same person. `victim-merges/` lists it, to be undone."""
        return self.change_with(merge_victims)


class InvolvementViewSet(ReadViewSet):
    """The part of a person in a case."""

    queryset = Involvement.objects.all()
    serializer_class = InvolvementSerializer
    filters = {
        "case": identifier("case"),
        "victim": identifier("victim"),
        "rescue": identifier("rescue"),
        "outcome": choice("outcome", Outcome),
    }
    services = {"reveal": reveal_identity, "identify": record_identity, "alike": read_alike}
    inputs = {"reveal": RevealInput, "identify": RecordIdentityInput}
    asking = frozenset({"reveal"})

    @extend_schema(request=RevealInput, responses={200: ShownSerializer})
    @action(detail=True, methods=["post"])
    def reveal(self, request: Any, pk: Any) -> Response:
        """Show who the person is, for a reason. Each call is recorded; none of it is kept."""
        shown = reveal_identity(self.get_object(), actor=request.user, **self.validated())
        response = Response(ShownSerializer(shown).data)
        response["ETag"] = f'"{shown.identity.version}"'
        return response

    @extend_schema(request=RecordIdentityInput, responses={201: IdentitySerializer})
    @action(detail=True, methods=["post"])
    def identify(self, request: Any, pk: Any) -> Response:
        """Write down who the person is."""
        person, told = self.get_object(), self.validated()
        return self.once(
            lambda: IdentitySerializer(record_identity(person, actor=request.user, **told)).data
        )

    @extend_schema(responses=CandidateListSerializer)
    @action(detail=True, methods=["get"])
    def alike(self, request: Any, pk: Any) -> Response:
        """People of a like name among those whose names are open to the caller, the likest first.

        Who was said to be somebody else is not offered again.
        """
        if errors := self.unknown(request.query_params, set()):
            raise ValidationError(errors)
        found = read_alike(self.get_object(), actor=request.user)
        return Response(CandidateListSerializer({"results": found}).data)


class IdentityViewSet(ServiceViewSet):
    """Who a person is. Neither listed nor read here: see `reveal`."""

    queryset = Identity.objects.all()
    serializer_class = IdentitySerializer
    services = {"partial_update": correct_identity}
    inputs = {"partial_update": CorrectIdentityInput}

    @extend_schema(request=CorrectIdentityInput, responses=IdentitySerializer)
    def partial_update(self, request: Any, pk: Any) -> Response:
        """Put right who the person is. What was recorded before is kept."""
        return self.change_with(correct_identity)
