"""Complaints to the police, and how the police disposed of them."""

from __future__ import annotations

from core.api.serializers import VisibleRows
from core.api.verbs import Verb
from core.lists.declared import List
from prosecutions.api.court_serializers import ComplaintSerializer, PoliceReportSerializer
from prosecutions.columns import ComplaintColumns, PoliceReportColumns
from prosecutions.corrections.api import Correctable, Strikable, corrects
from prosecutions.corrections.services.striking import set_accused
from prosecutions.models import Complaint, PoliceReport, Suspect
from prosecutions.services.complaints import record_complaint, record_police_report


class ComplaintViewSet(Correctable, Strikable):
    """Complaints to the police; in India the FIR."""

    listed = List(
        Complaint.objects.select_related("jurisdiction").prefetch_related("accused"),
        "case",
        orders={"newest": "-filed_on"},
    )
    serializer_class = ComplaintSerializer

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

    listed = List(PoliceReport.objects.prefetch_related("sends_up"), "case complaint kind")
    serializer_class = PoliceReportSerializer

    create = Verb(record_police_report)
    partial_update = corrects(PoliceReportColumns, "CorrectReportInput")
