from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from core.api.verbs import Verb
from core.api.viewsets import ReadViewSet, ServiceViewSet
from core.lists.declared import List
from victims.api.match_serializers import CandidateListSerializer
from victims.api.person_serializers import (
    AnswerIndicatorsInput,
    DescribeExploitationInput,
    DescribePersonInput,
    SectionSerializer,
    SetRouteInput,
    SiblingSerializer,
)
from victims.api.serializers import (
    AddMetInput,
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
from victims.lists import SURVIVORS
from victims.models import Identity, Victim
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

if TYPE_CHECKING:
    from rest_framework.request import Request

    from accounts.api.requests import SignedIn


class VictimViewSet(ReadViewSet):
    """People harmed, by code and age."""

    listed = List(Victim.objects.select_related("background"), "code sex")
    serializer_class = VictimSerializer
    services = {"search": search_names}
    inputs = {"search": SearchInput}
    asking = frozenset({"search"})

    partial_update = Verb(describe_person, body=DescribePersonInput)
    note_safety = Verb(note_safety)
    note_papers = Verb(note_papers)
    join_siblings = Verb(join_siblings, answers=SiblingSerializer)

    # Asks; nothing is kept.
    @extend_schema(request=SearchInput, responses={200: FoundSerializer})
    @action(detail=False, methods=["post"])
    def search(self, request: SignedIn) -> Response:
        """Find people by name among those whose names are open to the caller."""
        answer = search_names(actor=request.user, **self.validated())
        return Response(FoundSerializer(answer).data)

    merge = Verb(merge_victims, body="MergeVictimInput")


class InvolvementViewSet(ReadViewSet):
    """The part of a person in a case."""

    listed = SURVIVORS
    serializer_class = InvolvementSerializer
    services = {
        "reveal": reveal_identity,
        "identify": record_identity,
        "alike": read_alike,
        "met": add_met,
        "sections": read_sections,
    }
    inputs = {"reveal": RevealInput, "identify": RecordIdentityInput, "met": AddMetInput}
    asking = frozenset({"reveal"})

    @extend_schema(responses=SectionSerializer(many=True))
    @action(detail=True, methods=["get"])
    def sections(self, request: SignedIn, pk: str) -> Response:
        """How far each section of completing the person is."""
        self.takes_nothing()
        rows = read_sections(self.get_object(), actor=request.user)
        return Response(SectionSerializer(rows, many=True).data)

    create = Verb(involve)

    # Takes how somebody was seen, as a rescue does.
    @extend_schema(request=AddMetInput, responses={201: InvolvementSerializer})
    @action(detail=False, methods=["post"])
    def met(self, request: SignedIn) -> Response:
        """Add a person who was met in a rescue but is not yet on its record."""
        data = self.validated()
        rescue, person = data.pop("rescue"), person_of(data)

        def run() -> object:
            return InvolvementSerializer(add_met(rescue, person=person, actor=request.user)).data

        return self.once(run)

    partial_update = Verb(describe_exploitation, body=DescribeExploitationInput)
    set_route = Verb(set_route, body=SetRouteInput)
    answer_indicators = Verb(answer_indicators, body=AnswerIndicatorsInput)
    amend_outcome = Verb(amend_outcome)

    # Asks for names; no answer is kept.
    @extend_schema(request=RevealInput, responses={200: ShownSerializer})
    @action(detail=True, methods=["post"])
    def reveal(self, request: SignedIn, pk: str) -> Response:
        """Show who the person is, for a reason. Each call is recorded; none of it is kept."""
        answer = reveal_identity(self.get_object(), actor=request.user, **self.validated())
        response = Response(ShownSerializer(answer).data)
        response["ETag"] = f'"{answer.identity.version}"'
        return response

    # Makes and answers a row of another table.
    @extend_schema(request=RecordIdentityInput, responses={201: NamedSerializer})
    @action(detail=True, methods=["post"])
    def identify(self, request: SignedIn, pk: str) -> Response:
        """Record who the person is."""
        person, values = self.get_object(), self.validated()
        return self.once(
            lambda: _named(record_identity(person, actor=request.user, **values), request.user).data
        )

    @extend_schema(responses=CandidateListSerializer)
    @action(detail=True, methods=["get"])
    def alike(self, request: SignedIn, pk: str) -> Response:
        """People of a like name among those whose names are open to the caller, the likest first.

        Who was said to be somebody else is not offered again.
        """
        self.takes_nothing()
        candidates = read_alike(self.get_object(), actor=request.user)
        return Response(CandidateListSerializer({"results": candidates}).data)


class IdentityViewSet(ServiceViewSet):
    """Who a person is. Neither listed nor read here: see `reveal`."""

    queryset = Identity.objects.all()
    serializer_class = IdentitySerializer
    services = {"partial_update": correct_identity}
    inputs = {"partial_update": CorrectIdentityInput}

    # Answers the name, with what is warned of.
    @extend_schema(request=CorrectIdentityInput, responses=NamedSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Correct who the person is. The former values are kept."""
        return self.change_with(correct_identity, lambda row: _named(row, request.user))


def _named(identity: Any, user: Any) -> NamedSerializer:
    """The answer where a name was written down: with what it warns of."""
    identity.warnings = [namesake.warning for namesake in warnings_of(identity, actor=user)]
    return NamedSerializer(identity)
