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
from casework.models import InvestigationStep, Lead, LeadWords, OnlineIncident, StepWords
from casework.services.incidents import correct_incident, record_incident
from casework.services.leads import correct_lead, end_lead, open_lead, record_lead
from casework.services.steps import add_step, drop_step, finish_step, open_step, tell_result
from core.api.verbs import Verb
from core.api.viewsets import ReadViewSet, ServiceViewSet
from core.lists.declared import List
from core.lists.filters import day, either

if TYPE_CHECKING:
    from accounts.api.requests import SignedIn


class LeadViewSet(ReadViewSet):
    """What was heard of a case. What was said, and by whom, is read by `lead-words`."""

    listed = List(
        Lead.objects.select_related("case__jurisdiction", "jurisdiction"),
        "case source reliability ended",
        {"open": either({"ended": ""}, {"ended__gt": ""})},
        "jurisdiction received_on",
        orders={"latest": "-received_on"},
    )
    serializer_class = LeadSerializer

    create = Verb(record_lead)
    partial_update = Verb(
        correct_lead, keeps=("source", "reliability", "jurisdiction", "received_on")
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

    listed = List(
        InvestigationStep.objects.select_related("case__jurisdiction"),
        "case lead kind status result",
        {"planned_for_to": day("planned_for__lte")},
    )
    serializer_class = StepSerializer

    create = Verb(add_step, of="Planned: `planned_for`. Done already: `done_on` and `result`.")
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

    listed = List(
        OnlineIncident.objects.select_related("case__jurisdiction"),
        "case media platform customer_country",
        "for_publication third_party_absent for_compensation began_on",
        orders={"latest": "-began_on"},
    )
    serializer_class = IncidentSerializer

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
