from __future__ import annotations

from core.api.verbs import Verb
from core.lists.declared import List
from core.lists.filters import either
from prosecutions.api.request_serializers import AssistanceRequestSerializer
from prosecutions.columns import RequestColumns
from prosecutions.corrections.api import Correctable, Strikable, corrects
from prosecutions.enums import RequestAnswer
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

    listed = List(
        AssistanceRequest.objects.with_abroad().select_related(
            "case__jurisdiction", "case__office", "jurisdiction"
        ),
        "case step incident prosecution direction kind jurisdiction answer",
        {
            "unanswered": either({"answer": ""}, {"answer__gt": ""}),
            "waiting": either({"answer__in": RequestAnswer.WAITS}, {"answer__in": OVER}),
            "abroad": either({"abroad": True}, {"abroad": False}),
        },
        "asked_on",
        orders={"latest": "-asked_on", "longest": "asked_on"},
    )
    serializer_class = AssistanceRequestSerializer

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
