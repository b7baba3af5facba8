from __future__ import annotations

from core.api.filters import choice, code, day, either, identifier
from core.api.verbs import Verb
from core.pagination import Sort
from prosecutions.api.corrections import Correctable, corrects
from prosecutions.api.request_serializers import AssistanceRequestSerializer
from prosecutions.api.striking import Strikable
from prosecutions.columns import RequestColumns
from prosecutions.enums import Direction, RequestAnswer, RequestKind
from prosecutions.models import AssistanceRequest
from prosecutions.services.requests import (
    answer_request,
    record_request,
    relate_request,
    remind_request,
)

OVER = [answer for answer in RequestAnswer.values if answer not in RequestAnswer.WAITS]


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

    create = Verb(record_request)
    partial_update = corrects(
        RequestColumns,
        "CorrectRequestInput",
        of="`answer` and `answered_on` empty: it was not answered; so are those of reminders.",
    )
    relate = Verb(
        relate_request, of="What is left out stays; null takes it away.", keeps=("step", "incident")
    )
    remind = Verb(remind_request)
    answer = Verb(answer_request)
