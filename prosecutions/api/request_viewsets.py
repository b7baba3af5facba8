from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from core.api.filters import choice, code, day, either, identifier
from core.pagination import Sort
from prosecutions.api.corrections import Correctable, CorrectRequestInput, correctable
from prosecutions.api.request_serializers import (
    AnswerRequestInput,
    AssistanceRequestSerializer,
    RecordRequestInput,
    RelateRequestInput,
    RemindRequestInput,
)
from prosecutions.api.striking import Strikable, StrikeInput
from prosecutions.enums import Direction, RequestAnswer, RequestKind
from prosecutions.models import AssistanceRequest
from prosecutions.services.corrections import correct_record
from prosecutions.services.requests import (
    answer_request,
    record_request,
    relate_request,
    remind_request,
)
from prosecutions.services.striking import strike

OVER = [answer for answer in RequestAnswer.values if answer not in RequestAnswer.WAITS]


@correctable(CorrectRequestInput, AssistanceRequestSerializer)
class AssistanceRequestViewSet(Correctable, Strikable):
    """What was asked of police, laboratories, courts and others, or by them of us.

    An empty `answer` still waits, and `in_part` for the rest (`waiting`). `abroad`: they are in
    another country than the case.
    """

    queryset = AssistanceRequest.objects.with_abroad().select_related(
        "case__jurisdiction", "case__office", "jurisdiction"
    )
    serializer_class = AssistanceRequestSerializer
    sorts = {
        "latest": Sort(("asked_on", "id"), descending=True),
        "longest": Sort(("asked_on", "id")),
    }
    filters = {
        "case": identifier("case"),
        "step": identifier("step"),
        "incident": identifier("incident"),
        "prosecution": identifier("prosecution"),
        "direction": choice("direction", Direction),
        "kind": choice("kind", RequestKind),
        "jurisdiction": code("jurisdiction__code"),
        "answer": choice("answer", RequestAnswer),
        "unanswered": either({"answer": ""}, {"answer__gt": ""}),
        "waiting": either({"answer__in": RequestAnswer.WAITS}, {"answer__in": OVER}),
        "abroad": either({"abroad": True}, {"abroad": False}),
        "asked_from": day("asked_on__gte"),
        "asked_to": day("asked_on__lte"),
    }
    services = {
        "create": record_request,
        "partial_update": correct_record,
        "relate": relate_request,
        "remind": remind_request,
        "answer": answer_request,
        "strike": strike,
    }
    inputs = {
        "create": RecordRequestInput,
        "partial_update": CorrectRequestInput,
        "relate": RelateRequestInput,
        "remind": RemindRequestInput,
        "answer": AnswerRequestInput,
        "strike": StrikeInput,
    }
    versioned = Strikable.versioned | {"answer", "relate"}

    @extend_schema(request=RecordRequestInput, responses={201: AssistanceRequestSerializer})
    def create(self, request: Any) -> Response:
        """Record a request, ours or theirs."""
        return self.create_with(record_request)

    @extend_schema(request=RelateRequestInput, responses=AssistanceRequestSerializer)
    @action(detail=True, methods=["post"])
    def relate(self, request: Any, pk: Any) -> Response:
        """Say which step of the investigation and which abuse online it belongs to."""
        return self.change_with(relate_request, keeps=("step", "incident"))

    @extend_schema(request=RemindRequestInput, responses=AssistanceRequestSerializer)
    @action(detail=True, methods=["post"])
    def remind(self, request: Any, pk: Any) -> Response:
        """Record one more reminder."""
        return self.change_with(remind_request)

    @extend_schema(request=AnswerRequestInput, responses=AssistanceRequestSerializer)
    @action(detail=True, methods=["post"])
    def answer(self, request: Any, pk: Any) -> Response:
        """Record how it was answered; again, when the rest arrives."""
        return self.change_with(answer_request)
