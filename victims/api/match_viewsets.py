from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from core.alike.matching import LIKEST
from core.api.serializers import Labelled, Nothing
from core.api.verbs import Verb
from core.api.viewsets import ReadViewSet
from core.lists.declared import List
from victims.api.match_serializers import (
    ANSWERED,
    ConfirmationSerializer,
    MatchSerializer,
    NamesOfPairSerializer,
    VictimMergeSerializer,
)
from victims.api.serializers import RevealInput
from victims.models import Confirmation, Match
from victims.services.confirmations import answer_confirmation, ask_confirmations
from victims.services.matches import compare_identities, decide_match, judge
from victims.services.merges import MERGES, undo_victim_merge

if TYPE_CHECKING:
    from accounts.api.requests import SignedIn


class MatchViewSet(ReadViewSet):
    """Survivors whose names are alike, of whom the caller may see both; merged ones have gone."""

    listed = List(Match.objects.all(), "status", orders={"likest": LIKEST})
    serializer_class = MatchSerializer
    services = {"ask": ask_confirmations, "reveal": compare_identities}
    inputs = {"ask": Nothing, "reveal": RevealInput}
    asking = frozenset({"reveal"})

    def get_queryset(self) -> Any:
        rows = super().get_queryset()
        return rows.of_two_persons() if self.action == "list" else rows

    create = Verb(judge)
    partial_update = Verb(decide_match)

    # Answers several rows.
    @extend_schema(request=Nothing, responses=MatchSerializer)
    @action(detail=True, methods=["post"])
    def ask(self, request: SignedIn, pk: str) -> Response:
        """Ask the case managers of both records, each about the own one."""
        match = self.get_object()
        self.validated()

        def run() -> dict[str, object]:
            ask_confirmations(match, actor=request.user)
            return MatchSerializer(match).data

        return self.once(run, 200)

    # Asks for names; no answer is kept.
    @extend_schema(request=RevealInput, responses={200: NamesOfPairSerializer})
    @action(detail=True, methods=["post"])
    def reveal(self, request: SignedIn, pk: str) -> Response:
        """Show who the two are, for a reason. Each call is recorded; none of it is kept."""
        match = self.get_object()
        identities = compare_identities(match, actor=request.user, **self.validated())
        pair = [identities[key] for key in (match.one_id, match.other_id)]
        return Response(NamesOfPairSerializer({"results": pair}).data)


class VictimMergeViewSet(ReadViewSet):
    """Two records said to be one survivor, where both are open to the caller."""

    listed = MERGES
    serializer_class = VictimMergeSerializer

    undo = Verb(undo_victim_merge)


class ConfirmationViewSet(ReadViewSet):
    """What the data officer asks of records: is this your person, as recorded?"""

    listed = List(Confirmation.objects.all(), "case status")
    serializer_class = ConfirmationSerializer

    partial_update = Verb(answer_confirmation, on={"answer": Labelled(ANSWERED)})
