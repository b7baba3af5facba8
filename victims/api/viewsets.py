from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from core.api.filters import choice, code, identifier
from core.api.viewsets import ReadViewSet, ServiceViewSet
from victims.api.match_serializers import CandidateListSerializer, MergeVictimInput
from victims.api.person_serializers import (
    AnswerIndicatorsInput,
    DescribeExploitationInput,
    DescribePersonInput,
    InvolveInput,
    JoinSiblingsInput,
    NotePapersInput,
    NoteSafetyInput,
    SectionSerializer,
    SetRouteInput,
    SiblingSerializer,
)
from victims.api.serializers import (
    AddMetInput,
    AmendOutcomeInput,
    CorrectIdentityInput,
    FoundSerializer,
    IdentitySerializer,
    InvolvementSerializer,
    NamedSerializer,
    RecordIdentityInput,
    RevealInput,
    SearchInput,
    ShownSerializer,
    VictimSerializer,
    person_of,
)
from victims.enums import Outcome, Sex
from victims.models import Identity, Involvement, Victim
from victims.services.exploitation import answer_indicators, describe_exploitation, set_route
from victims.services.field import add_met, amend_outcome
from victims.services.identities import (
    correct_identity,
    record_identity,
    reveal_identity,
    search_names,
    warnings_of,
)
from victims.services.involving import involve
from victims.services.matches import read_alike
from victims.services.merges import merge_victims
from victims.services.persons import describe_person, note_papers, note_safety
from victims.services.sections import read_sections
from victims.services.siblings import join_siblings


class VictimViewSet(ReadViewSet):
    """People harmed, by code and age."""

    queryset = Victim.objects.select_related("background")
    serializer_class = VictimSerializer
    filters = {"code": code("code"), "sex": choice("sex", Sex)}
    services = {
        "search": search_names,
        "merge": merge_victims,
        "partial_update": describe_person,
        "note_safety": note_safety,
        "note_papers": note_papers,
        "join_siblings": join_siblings,
    }
    inputs = {
        "search": SearchInput,
        "merge": MergeVictimInput,
        "partial_update": DescribePersonInput,
        "note_safety": NoteSafetyInput,
        "note_papers": NotePapersInput,
        "join_siblings": JoinSiblingsInput,
    }
    asking = frozenset({"search"})
    versioned = ReadViewSet.versioned | {"note_safety", "note_papers"}

    @extend_schema(request=DescribePersonInput, responses=VictimSerializer)
    def partial_update(self, request: Any, pk: Any) -> Response:
        """Write down what is known of the person. Null says that nobody knows."""
        return self.change_with(describe_person)

    @extend_schema(request=NoteSafetyInput, responses=VictimSerializer)
    @action(detail=True, methods=["post"], url_path="note-safety")
    def note_safety(self, request: Any, pk: Any) -> Response:
        """Say whether the person is in danger, and why."""
        return self.change_with(note_safety)

    @extend_schema(request=NotePapersInput, responses=VictimSerializer)
    @action(detail=True, methods=["post"], url_path="note-papers")
    def note_papers(self, request: Any, pk: Any) -> Response:
        """Say who has the identity papers of the person."""
        return self.change_with(note_papers)

    @extend_schema(request=JoinSiblingsInput, responses=SiblingSerializer)
    @action(detail=True, methods=["post"], url_path="join-siblings")
    def join_siblings(self, request: Any, pk: Any) -> Response:
        """Say that another person is a sibling of this one."""
        return self.change_with(join_siblings, SiblingSerializer)

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

    queryset = Involvement.objects.select_related("exploitation", "case__jurisdiction")
    serializer_class = InvolvementSerializer
    filters = {
        "case": identifier("case"),
        "victim": identifier("victim"),
        "rescue": identifier("rescue"),
        "outcome": choice("outcome", Outcome),
    }
    services = {
        "reveal": reveal_identity,
        "identify": record_identity,
        "alike": read_alike,
        "amend_outcome": amend_outcome,
        "met": add_met,
        "create": involve,
        "partial_update": describe_exploitation,
        "set_route": set_route,
        "answer_indicators": answer_indicators,
        "sections": read_sections,
    }
    inputs = {
        "reveal": RevealInput,
        "identify": RecordIdentityInput,
        "create": InvolveInput,
        "partial_update": DescribeExploitationInput,
        "set_route": SetRouteInput,
        "answer_indicators": AnswerIndicatorsInput,
        "amend_outcome": AmendOutcomeInput,
        "met": AddMetInput,
    }
    asking = frozenset({"reveal"})
    versioned = ReadViewSet.versioned | {"set_route", "answer_indicators", "amend_outcome"}

    @extend_schema(responses=SectionSerializer(many=True))
    @action(detail=True, methods=["get"])
    def sections(self, request: Any, pk: Any) -> Response:
        """How far each section of completing the person is."""
        if errors := self.unknown(request.query_params, set()):
            raise ValidationError(errors)
        rows = read_sections(self.get_object(), actor=request.user)
        return Response(SectionSerializer(rows, many=True).data)

    @extend_schema(request=InvolveInput, responses={201: InvolvementSerializer})
    def create(self, request: Any) -> Response:
        """Add a person known from another case to a case."""
        data = self.validated()
        case = data.pop("case")

        def run() -> Any:
            return InvolvementSerializer(involve(case, actor=request.user, **data)).data

        return self.once(run)

    @extend_schema(request=AddMetInput, responses={201: InvolvementSerializer})
    @action(detail=False, methods=["post"])
    def met(self, request: Any) -> Response:
        """Add somebody who was met in a rescue and is not on its record yet."""
        data = self.validated()
        rescue, person = data.pop("rescue"), person_of(data)

        def run() -> Any:
            return InvolvementSerializer(add_met(rescue, person=person, actor=request.user)).data

        return self.once(run)

    @extend_schema(request=DescribeExploitationInput, responses=InvolvementSerializer)
    def partial_update(self, request: Any, pk: Any) -> Response:
        """Write down what was done to the person. Null says that nobody knows."""
        return self.change_with(describe_exploitation)

    @extend_schema(request=SetRouteInput, responses=InvolvementSerializer)
    @action(detail=True, methods=["post"], url_path="set-route")
    def set_route(self, request: Any, pk: Any) -> Response:
        """Say the way the person was taken, anew and in order. Null says that nobody knows."""
        return self.change_with(set_route)

    @extend_schema(request=AnswerIndicatorsInput, responses=InvolvementSerializer)
    @action(detail=True, methods=["post"], url_path="answer-indicators")
    def answer_indicators(self, request: Any, pk: Any) -> Response:
        """Answer indicators of forced labour, with what each answer rests on."""
        return self.change_with(answer_indicators)

    @extend_schema(request=AmendOutcomeInput, responses=InvolvementSerializer)
    @action(detail=True, methods=["post"], url_path="amend-outcome")
    def amend_outcome(self, request: Any, pk: Any) -> Response:
        """Say anew what became of the person in the rescue; the rescue has a new version."""
        return self.change_with(amend_outcome)

    @extend_schema(request=RevealInput, responses={200: ShownSerializer})
    @action(detail=True, methods=["post"])
    def reveal(self, request: Any, pk: Any) -> Response:
        """Show who the person is, for a reason. Each call is recorded; none of it is kept."""
        shown = reveal_identity(self.get_object(), actor=request.user, **self.validated())
        response = Response(ShownSerializer(shown).data)
        response["ETag"] = f'"{shown.identity.version}"'
        return response

    @extend_schema(request=RecordIdentityInput, responses={201: NamedSerializer})
    @action(detail=True, methods=["post"])
    def identify(self, request: Any, pk: Any) -> Response:
        """Write down who the person is."""
        person, told = self.get_object(), self.validated()
        return self.once(
            lambda: _named(record_identity(person, actor=request.user, **told), request.user).data
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

    @extend_schema(request=CorrectIdentityInput, responses=NamedSerializer)
    def partial_update(self, request: Any, pk: Any) -> Response:
        """Put right who the person is. What was recorded before is kept."""
        return self.change_with(correct_identity, lambda row: _named(row, request.user))


def _named(identity: Any, user: Any) -> NamedSerializer:
    """The answer where a name was written down: with what it warns of."""
    identity.warnings = [found.warning for found in warnings_of(identity, actor=user)]
    return NamedSerializer(identity)
