from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from casework.api.inquiry_serializers import (
    AddStepInput,
    CorrectIncidentInput,
    CorrectLeadInput,
    EndLeadInput,
    FinishStepInput,
    IncidentSerializer,
    LeadSerializer,
    LeadWordsSerializer,
    RecordIncidentInput,
    RecordLeadInput,
    StepSerializer,
    StepWordsSerializer,
    TellResultInput,
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
from core.api.serializers import Nothing
from core.api.viewsets import ReadViewSet, ServiceViewSet
from core.pagination import Sort


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
    services = {"create": record_lead, "partial_update": correct_lead, "end": end_lead}
    inputs = {
        "create": RecordLeadInput,
        "partial_update": CorrectLeadInput,
        "end": EndLeadInput,
    }
    versioned = ReadViewSet.versioned | {"end"}

    @extend_schema(request=RecordLeadInput, responses={201: LeadSerializer})
    def create(self, request: Any) -> Response:
        """Record a lead."""
        return self.create_with(record_lead)

    @extend_schema(request=CorrectLeadInput, responses=LeadSerializer)
    def partial_update(self, request: Any, pk: Any) -> Response:
        """Put right where it comes from and how far it can be relied on."""
        kept = ("source", "reliability", "jurisdiction", "received_on")
        return self.change_with(correct_lead, keeps=kept)

    @extend_schema(request=EndLeadInput, responses=LeadSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: Any, pk: Any) -> Response:
        """Say what became of it; again, when more is known."""
        return self.change_with(end_lead)


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

    def retrieve(self, request: Any, pk: Any) -> Response:
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
    services = {
        "create": add_step,
        "finish": finish_step,
        "tell_result": tell_result,
        "drop": drop_step,
    }
    inputs = {
        "create": AddStepInput,
        "finish": FinishStepInput,
        "tell_result": TellResultInput,
        "drop": Nothing,
    }
    versioned = ReadViewSet.versioned | {"finish", "tell_result", "drop"}

    @extend_schema(request=AddStepInput, responses={201: StepSerializer})
    def create(self, request: Any) -> Response:
        """Plan a step, or record one that is done."""
        return self.create_with(add_step)

    @extend_schema(request=FinishStepInput, responses=StepSerializer)
    @action(detail=True, methods=["post"])
    def finish(self, request: Any, pk: Any) -> Response:
        """Record that a planned step was taken, and what it brought."""
        return self.change_with(finish_step)

    @extend_schema(request=TellResultInput, responses=StepSerializer)
    @action(detail=True, methods=["post"], url_path="tell-result")
    def tell_result(self, request: Any, pk: Any) -> Response:
        """Record what a step brought, when it is known later."""
        return self.change_with(tell_result)

    @extend_schema(request=None, responses=StepSerializer)
    @action(detail=True, methods=["post"])
    def drop(self, request: Any, pk: Any) -> Response:
        """Say that a planned step will not be taken."""
        return self.change_with(drop_step)


class StepWordsViewSet(WordsViewSet):
    """What was seen, heard and found in a step."""

    queryset = StepWords.objects.select_related("step")
    serializer_class = StepWordsSerializer
    services = {"retrieve": open_step}

    def retrieve(self, request: Any, pk: Any) -> Response:
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
    services = {"create": record_incident, "partial_update": correct_incident}
    inputs = {"create": RecordIncidentInput, "partial_update": CorrectIncidentInput}

    @extend_schema(request=RecordIncidentInput, responses={201: IncidentSerializer})
    def create(self, request: Any) -> Response:
        """Record abuse online."""
        return self.create_with(record_incident)

    @extend_schema(request=CorrectIncidentInput, responses=IncidentSerializer)
    def partial_update(self, request: Any, pk: Any) -> Response:
        """Put right what is known of it."""
        return self.change_with(correct_incident)
