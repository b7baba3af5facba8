"""Complaints to the police, and how the police disposed of them."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from core.api.filters import choice, identifier
from core.api.verbs import Verb
from core.pagination import Sort
from prosecutions.api.corrections import (
    Correctable,
    CorrectComplaintInput,
    CorrectReportInput,
    correctable,
)
from prosecutions.api.court_serializers import (
    ComplaintSerializer,
    PoliceReportSerializer,
)
from prosecutions.api.striking import SetAccusedInput, Strikable, StrikeInput
from prosecutions.enums import PoliceReportKind
from prosecutions.models import Complaint, PoliceReport
from prosecutions.services.complaints import record_complaint, record_police_report
from prosecutions.services.corrections import correct_record
from prosecutions.services.striking import set_accused, strike


@correctable(CorrectComplaintInput, ComplaintSerializer)
class ComplaintViewSet(Correctable, Strikable):
    """Complaints to the police; in India the FIR."""

    queryset = Complaint.objects.select_related("jurisdiction").prefetch_related("accused")
    serializer_class = ComplaintSerializer
    sorts = {"newest": Sort(("filed_on", "id"), descending=True)}
    filters = {"case": identifier("case")}
    services = {"partial_update": correct_record, "set_accused": set_accused, "strike": strike}
    inputs = {
        "partial_update": CorrectComplaintInput,
        "set_accused": SetAccusedInput,
        "strike": StrikeInput,
    }
    versioned = Strikable.versioned | {"set_accused"}

    create = Verb(record_complaint, says="Record a complaint and whom it is against.")

    @extend_schema(request=SetAccusedInput, responses=ComplaintSerializer)
    @action(detail=True, methods=["post"], url_path="accused")
    def set_accused(self, request: Any, pk: Any) -> Response:
        """Put right whom a complaint is against: all of them, instead of those named before."""
        return self.change_with(set_accused, self.as_shown)


@correctable(CorrectReportInput, PoliceReportSerializer)
class PoliceReportViewSet(Correctable, Strikable):
    """How the police disposed of complaints, and took them up again."""

    queryset = PoliceReport.objects.prefetch_related("sends_up")
    serializer_class = PoliceReportSerializer
    filters = {
        "case": identifier("case"),
        "complaint": identifier("complaint"),
        "kind": choice("kind", PoliceReportKind),
    }
    services = {"partial_update": correct_record, "strike": strike}
    inputs = {"partial_update": CorrectReportInput, "strike": StrikeInput}

    create = Verb(record_police_report, says="Record a charge sheet, a closure or a reopening.")
