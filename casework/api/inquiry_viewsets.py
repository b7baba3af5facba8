from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rest_framework.response import Response

from casework.api.inquiry_serializers import (
    CODE,
    IncidentSerializer,
    LeadSerializer,
    LeadWordsSerializer,
    StepSerializer,
    StepWordsSerializer,
)
from casework.enums import Answer
from casework.inquiry_codes import (
    LeadEnd,
    LeadSource,
    Media,
    Platform,
    Reliability,
    StepKind,
    StepResult,
    StepStatus,
)
from casework.models import InvestigationStep, Lead, LeadWords, OnlineIncident, StepWords
from casework.services.incidents import correct_incident, record_incident
from casework.services.leads import correct_lead, end_lead, open_lead, record_lead
from casework.services.steps import add_step, drop_step, finish_step, open_step, tell_result
from core.api.filters import choice, code, day, either, identifier
from core.api.verbs import Verb
from core.api.viewsets import ReadViewSet, ServiceViewSet
from core.pagination import Sort

if TYPE_CHECKING:
    from accounts.api.requests import SignedIn


class LeadViewSet(ReadViewSet):
    """What was heard of a case. What was said, and by whom, is read by `lead-words`."""

    queryset = Lead.objects.select_related("case__jurisdiction", "jurisdiction")
    serializer_class = LeadSerializer
    sorts = {"latest": Sort(("received_on", "id"), descending=True)}
    filters = {
        "case": identifier("case"),
        "source": choice("source", LeadSource),
        "reliability": choice("reliability", Reliability),
        "ended": choice("ended", LeadEnd),
        "open": either({"ended": ""}, {"ended__gt": ""}),
        "jurisdiction": code("jurisdiction__code"),
        "received_from": day("received_on__gte"),
        "received_to": day("received_on__lte"),
    }

    create = Verb(record_lead)
    partial_update = Verb(
        correct_lead,
        keeps=("source", "reliability", "jurisdiction", "received_on"),
    )
    end = Verb(end_lead)


class WordsViewSet(ServiceViewSet):
    """Words that lie encrypted under the id of their row. Each reading is recorded."""

    def show(self, verb: Any) -> Response:
        words = self.get_object()
        verb(words, actor=self.request.user)
        return Response(self.get_serializer(words).data)


class LeadWordsViewSet(WordsViewSet):
    """What was told of a lead, by whom and about which place."""

    queryset = LeadWords.objects.select_related("lead")
    serializer_class = LeadWordsSerializer
    services = {"retrieve": open_lead}

    def retrieve(self, request: SignedIn, pk: str) -> Response:
        """Open it, by the id of the lead."""
        return self.show(open_lead)


class StepViewSet(ReadViewSet):
    """Steps of investigations, planned and done. What was found is read by `step-words`."""

    queryset = InvestigationStep.objects.select_related("case__jurisdiction")
    serializer_class = StepSerializer
    filters = {
        "case": identifier("case"),
        "lead": identifier("lead"),
        "kind": choice("kind", StepKind),
        "status": choice("status", StepStatus),
        "result": choice("result", StepResult),
        "planned_for_to": day("planned_for__lte"),
    }

    create = Verb(
        add_step,
        of="Planned: `planned_for`. Done already: `done_on` and `result`.",
    )
    finish = Verb(finish_step)
    tell_result = Verb(tell_result)
    drop = Verb(drop_step)


class StepWordsViewSet(WordsViewSet):
    """What was seen, heard and found in a step."""

    queryset = StepWords.objects.select_related("step")
    serializer_class = StepWordsSerializer
    services = {"retrieve": open_step}

    def retrieve(self, request: SignedIn, pk: str) -> Response:
        """Open it, by the id of the step."""
        return self.show(open_step)


class IncidentViewSet(ReadViewSet):
    """Abuse of children online. Whom it concerns is read by `incident-survivors`."""

    queryset = OnlineIncident.objects.select_related("case__jurisdiction")
    serializer_class = IncidentSerializer
    sorts = {"latest": Sort(("began_on", "id"), descending=True)}
    filters = {
        "case": identifier("case"),
        "media": choice("media", Media),
        "platform": choice("platform", Platform),
        "customer_country": code("customer_country"),
        "for_publication": choice("for_publication", Answer),
        "third_party_absent": choice("third_party_absent", Answer),
        "for_compensation": choice("for_compensation", Answer),
        "began_from": day("began_on__gte"),
        "began_to": day("began_on__lte"),
    }

    create = Verb(
        record_incident,
        of="Only what is sent changes; null takes away a day or an amount.",
        on={"currency": CODE},
    )
    partial_update = Verb(
        correct_incident,
        of="Only what is sent changes; null takes away a day or an amount.",
        on={"currency": CODE},
    )
