"""Complaints to the police, and how the police disposed of them."""

from __future__ import annotations

from core.api.filters import choice, identifier
from core.api.serializers import VisibleRows
from core.api.verbs import Verb
from core.pagination import Sort
from prosecutions.api.corrections import Correctable, corrects
from prosecutions.api.court_serializers import ComplaintSerializer, PoliceReportSerializer
from prosecutions.api.striking import Strikable
from prosecutions.columns import ComplaintColumns, PoliceReportColumns
from prosecutions.enums import PoliceReportKind
from prosecutions.models import Complaint, PoliceReport, Suspect
from prosecutions.services.complaints import record_complaint, record_police_report
from prosecutions.services.striking import set_accused


class ComplaintViewSet(Correctable, Strikable):
    """Complaints to the police; in India the FIR."""

    queryset = Complaint.objects.select_related("jurisdiction").prefetch_related("accused")
    serializer_class = ComplaintSerializer
    sorts = {"newest": Sort(("filed_on", "id"), descending=True)}
    filters = {"case": identifier("case")}

    create = Verb(record_complaint)
    partial_update = corrects(ComplaintColumns, "CorrectComplaintInput")
    set_accused = Verb(
        set_accused,
        of="What is not sent stays as it is.",
        answers="as_shown",
        path="accused",
        on={"suspects": VisibleRows(Suspect.objects.all(), max_length=200, allow_empty=True)},
    )


class PoliceReportViewSet(Correctable, Strikable):
    """How the police disposed of complaints, and took them up again."""

    queryset = PoliceReport.objects.prefetch_related("sends_up")
    serializer_class = PoliceReportSerializer
    filters = {
        "case": identifier("case"),
        "complaint": identifier("complaint"),
        "kind": choice("kind", PoliceReportKind),
    }

    create = Verb(record_police_report)
    partial_update = corrects(PoliceReportColumns, "CorrectReportInput")
