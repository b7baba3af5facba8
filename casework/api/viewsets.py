from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from casework.api.sealing_serializers import (
    AskedSerializer,
    NameInput,
    SealInput,
    SealSerializer,
    WhyInput,
)
from casework.api.serializers import (
    AssignedSerializer,
    AssignManySerializer,
    AssignmentSerializer,
    AssignSerializer,
    CaseSerializer,
    CaseStepsSerializer,
    RescueSerializer,
)
from casework.api.site_serializers import Moment, NarrativeSerializer, NarrativesSerializer
from casework.lists import CASES, answered
from casework.models import Assignment, Narrative, Rescue
from casework.services.amending import add_narrative, amend_rescue
from casework.services.cases import (
    assign,
    assign_many,
    correct_case,
    move_case,
    open_case,
    take_off,
)
from casework.services.pinning import pin_case, unpin_case
from casework.services.rescues import open_narrative
from casework.services.sealing import (
    ask_to_open,
    name_person,
    seal_case,
    take_name,
    withdraw_asking,
)
from casework.workflow import case_workflow
from core.api.serializers import Labelled, Nothing
from core.api.verbs import Verb
from core.api.viewsets import ReadViewSet
from core.lists.declared import List
from core.lists.filters import code

if TYPE_CHECKING:
    from accounts.api.requests import SignedIn


class CaseViewSet(ReadViewSet):
    """Cases the caller may see: at least that they exist."""

    listed = CASES
    serializer_class = CaseSerializer
    services = {
        "assign": assign,
        "assign_many": assign_many,
        "seal": seal_case,
        "name_person": name_person,
        "ask_to_open": ask_to_open,
        "withdraw_asking": withdraw_asking,
    }
    inputs = {
        "assign": AssignSerializer,
        "assign_many": AssignManySerializer,
        "seal": SealInput,
        "name_person": NameInput,
        "ask_to_open": WhyInput,
        "withdraw_asking": Nothing,
    }

    create = Verb(open_case, body="OpenCaseSerializer")
    partial_update = Verb(
        correct_case,
        body="CorrectCaseSerializer",
        keeps=("programme", "jurisdiction", "opened_on", "support_level"),
    )

    @extend_schema(responses=CaseStepsSerializer)
    @action(detail=True, methods=["get"])
    def steps(self, request: SignedIn, pk: str) -> Response:
        """The steps of the caller, and why one cannot be taken now."""
        case = self.get_object()
        self._record([case], "retrieve")
        steps = [
            {"name": step.name, "label": step.label, "possible": not why, "why_not": why}
            for step, why in case_workflow.explained(case, request.user)
        ]
        return Response(CaseStepsSerializer({"results": steps}).data)

    move = Verb(
        move_case,
        body="MoveSerializer",
        on={"step": Labelled([(name, step.label) for name, step in case_workflow.manual.items()])},
    )

    pin = Verb(pin_case)
    unpin = Verb(unpin_case)

    # Answers what was made beside the case; so do the others of a case below.
    @extend_schema(request=AssignSerializer, responses={201: AssignmentSerializer})
    @action(detail=True, methods=["post"])
    def assign(self, request: SignedIn, pk: str) -> Response:
        """Put someone on the team of the case."""
        return self._done_to_case(assign, AssignmentSerializer)

    # Takes and answers several rows.
    @extend_schema(request=AssignManySerializer, responses={201: AssignedSerializer})
    @action(detail=False, methods=["post"], url_path="assign-many")
    def assign_many(self, request: SignedIn) -> Response:
        """Put someone on the teams of several cases: of all of them, or of none."""
        data = self.validated()
        cases = data.pop("cases")

        def run() -> dict[str, object]:
            made = assign_many(cases, actor=request.user, **data)
            return AssignedSerializer({"assignments": made}).data

        return self.once(run)

    @extend_schema(request=SealInput, responses={201: SealSerializer})
    @action(detail=True, methods=["post"])
    def seal(self, request: SignedIn, pk: str) -> Response:
        """Close the case at once to everyone but the caller and the people named."""
        return self._done_to_case(seal_case, SealSerializer)

    @extend_schema(request=NameInput, responses={201: AssignmentSerializer})
    @action(detail=True, methods=["post"], url_path="name")
    def name_person(self, request: SignedIn, pk: str) -> Response:
        """Open the sealed case to one more person."""
        return self._done_to_case(name_person, AssignmentSerializer)

    @extend_schema(request=WhyInput, responses=AskedSerializer)
    @action(detail=True, methods=["post"], url_path="ask-to-open")
    def ask_to_open(self, request: SignedIn, pk: str) -> Response:
        """Ask that the sealed case be opened again."""
        return self._done_to_case(ask_to_open, AskedSerializer, 200)

    @extend_schema(request=None, responses=AskedSerializer)
    @action(detail=True, methods=["post"], url_path="withdraw-asking")
    def withdraw_asking(self, request: SignedIn, pk: str) -> Response:
        """Withdraw your own request to open the case again."""
        return self._done_to_case(withdraw_asking, AskedSerializer, 200)

    def _done_to_case(self, verb: Any, shape: Any, status: int = 201) -> Response:
        """What a verb on the case made or changed beside it, once per key."""
        case, data = self.get_object(), self.validated()
        return self.once(lambda: shape(verb(case, actor=self.request.user, **data)).data, status)


class AssignmentViewSet(ReadViewSet):
    """Who is on the team of which case."""

    listed = List(
        Assignment.objects.select_related("user"), "case", {"user": code("user__username")}
    )
    serializer_class = AssignmentSerializer

    take_name = Verb(take_name)
    take_off = Verb(take_off)


class RescueViewSet(ReadViewSet):
    """Rescue operations. New ones arrive as rescue reports."""

    listed = List(
        Rescue.objects.select_related("jurisdiction", "case").prefetch_related(
            "rescue_sites", "rescue_agencies"
        ),
        "case occurred_on",
        {"answer": answered("rescue")},
        orders={"newest": "-occurred_on"},
    )
    serializer_class = RescueSerializer
    services = {"narrative": open_narrative}

    amend = Verb(
        amend_rescue,
        of="Only what is sent changes. `sites` and `agencies` are all that belong to it; the"
        " agency that\nled it is sent together with them.",
        keeps=("occurred_at", "jurisdiction"),
        on={"occurred_at": Moment(required=False)},
    )
    tell = Verb(add_narrative, body="TellInput", answers=NarrativeSerializer)

    @extend_schema(responses=NarrativesSerializer)
    @action(detail=True, methods=["get"])
    def narrative(self, request: SignedIn, pk: str) -> Response:
        """All that was told about it, the oldest first. Each call is recorded."""
        narratives = Narrative.objects.visible_to(request.user).filter(rescue=self.get_object())
        first = narratives.select_related("case").order_by("created_at", "pk").first()
        parts = open_narrative(first, actor=request.user) if first else []
        return Response(NarrativesSerializer({"results": parts}).data)
