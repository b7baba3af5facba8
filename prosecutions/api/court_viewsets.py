from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from core.api.filters import choice, code, day, identifier
from core.api.pagination import Sort
from core.api.viewsets import ReadViewSet
from prosecutions.api.court_serializers import (
    AppealSerializer,
    ChargeSerializer,
    ComplaintSerializer,
    FileAppealInput,
    FileChargeInput,
    JudgmentSerializer,
    OpenProsecutionInput,
    ProsecutionSerializer,
    ProvisionSerializer,
    RecordComplaintInput,
    RecordJudgmentInput,
    RecordSentenceInput,
    SentenceSerializer,
    WithdrawAppealInput,
)
from prosecutions.enums import Instance
from prosecutions.models import (
    Appeal,
    Charge,
    Complaint,
    Judgment,
    Prosecution,
    Provision,
    Sentence,
)
from prosecutions.services.courts import (
    file_appeal,
    file_charge,
    open_prosecution,
    record_complaint,
    record_judgment,
    record_sentence,
    withdraw_appeal,
)

FILED = Sort(("filed_on", "id"), descending=True)


class ProvisionViewSet(ReadViewSet):
    """Statutes as data. `verified` false: from memory, to be checked before use."""

    queryset = Provision.objects.select_related("jurisdiction")
    serializer_class = ProvisionSerializer
    sorts = {"statute": Sort(("statute", "number", "id"))}
    filters = {"jurisdiction": code("jurisdiction__code"), "statute": code("statute")}
    records_reads = False


class ComplaintViewSet(ReadViewSet):
    """Complaints to the police; in India the FIR."""

    queryset = Complaint.objects.select_related("jurisdiction").prefetch_related("accused")
    serializer_class = ComplaintSerializer
    sorts = {"newest": FILED}
    filters = {"case": identifier("case")}
    services = {"create": record_complaint}
    inputs = {"create": RecordComplaintInput}

    @extend_schema(request=RecordComplaintInput, responses={201: ComplaintSerializer})
    def create(self, request: Any) -> Response:
        """Record a complaint and whom it is against."""
        return self.create_with(record_complaint)


class ProsecutionViewSet(ReadViewSet):
    """Proceedings before courts."""

    queryset = Prosecution.objects.select_related("jurisdiction")
    serializer_class = ProsecutionSerializer
    sorts = {"newest": FILED}
    filters = {"case": identifier("case"), "jurisdiction": code("jurisdiction__code")}
    services = {"create": open_prosecution}
    inputs = {"create": OpenProsecutionInput}

    @extend_schema(request=OpenProsecutionInput, responses={201: ProsecutionSerializer})
    def create(self, request: Any) -> Response:
        """Record that a proceeding was filed."""
        return self.create_with(open_prosecution)


class ChargeViewSet(ReadViewSet):
    """Charges, each against one suspect under one provision."""

    queryset = Charge.objects.all()
    serializer_class = ChargeSerializer
    sorts = {"newest": FILED}
    filters = {
        "case": identifier("case"),
        "prosecution": identifier("prosecution"),
        "suspect": identifier("suspect"),
    }
    services = {"create": file_charge}
    inputs = {"create": FileChargeInput}

    @extend_schema(request=FileChargeInput, responses={201: ChargeSerializer})
    def create(self, request: Any) -> Response:
        """File a charge."""
        return self.create_with(file_charge)


class JudgmentViewSet(ReadViewSet):
    """Judgments with their decisions, charge by charge."""

    queryset = Judgment.objects.prefetch_related("decisions")
    serializer_class = JudgmentSerializer
    sorts = {"newest": Sort(("decided_on", "id"), descending=True)}
    filters = {
        "case": identifier("case"),
        "prosecution": identifier("prosecution"),
        "instance": choice("instance", Instance),
        "decided_from": day("decided_on__gte"),
        "decided_to": day("decided_on__lte"),
    }
    services = {"create": record_judgment}
    inputs = {"create": RecordJudgmentInput}

    @extend_schema(request=RecordJudgmentInput, responses={201: JudgmentSerializer})
    def create(self, request: Any) -> Response:
        """Record a judgment; with `appeal`, the judgment on that appeal."""
        return self.create_with(record_judgment)


class AppealViewSet(ReadViewSet):
    """Appeals against judgments."""

    queryset = Appeal.objects.select_related("case")
    serializer_class = AppealSerializer
    sorts = {"newest": FILED}
    filters = {"case": identifier("case"), "judgment": identifier("judgment")}
    services = {"create": file_appeal, "withdraw": withdraw_appeal}
    inputs = {"create": FileAppealInput, "withdraw": WithdrawAppealInput}

    @extend_schema(request=FileAppealInput, responses={201: AppealSerializer})
    def create(self, request: Any) -> Response:
        """Record an appeal."""
        return self.create_with(file_appeal)

    @extend_schema(request=WithdrawAppealInput, responses=AppealSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Any, pk: Any) -> Response:
        """Record that an appeal was withdrawn."""
        return self.change_with(withdraw_appeal)


class SentenceViewSet(ReadViewSet):
    """Sentences of convicted persons."""

    queryset = Sentence.objects.all()
    serializer_class = SentenceSerializer
    filters = {"case": identifier("case"), "judgment": identifier("judgment")}
    services = {"create": record_sentence}
    inputs = {"create": RecordSentenceInput}

    @extend_schema(request=RecordSentenceInput, responses={201: SentenceSerializer})
    def create(self, request: Any) -> Response:
        """Record a sentence."""
        return self.create_with(record_sentence)
