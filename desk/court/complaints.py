"""Complaints to the police, as the section “Court” shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.shortcuts.together import read_together
from desk.court.reader import by, codes
from desk.words import POLICE_TONES
from prosecutions.enums import PoliceReportKind
from prosecutions.models import Complaint, ComplaintSuspect, PoliceReport

if TYPE_CHECKING:
    from desk.court.reader import Reader


class Complaints:
    """One query."""

    def __init__(self, reader: Reader) -> None:
        self.verbs = reader.verbs
        complaints = reader.rows(Complaint, "agency", "jurisdiction").order_by("filed_on")
        accused = reader.rows(ComplaintSuspect, "suspect")
        reports = reader.rows(PoliceReport).order_by("reported_on", "created_at")
        read_together(complaints, accused, reports)
        self.rows = reader.keep(complaints)
        self.accused = by("complaint_id", reader.keep(accused))
        self.reports = by("complaint_id", reader.keep(reports))

    def shown(self) -> list[dict[str, Any]]:
        return [self._complaint(row) for row in self.rows]

    def _complaint(self, row: Complaint) -> dict[str, Any]:
        return {
            "number": row.number,
            "filed_on": row.filed_on,
            "at": row.agency.name if row.agency else str(row.jurisdiction),
            "against": codes(link.suspect for link in self.accused[row.pk]),
            "reports": [self._report(report) for report in self.reports[row.pk]],
            "verbs": self.verbs(row, "prosecutions:record-police-report"),
            "corrections": self.verbs(
                row,
                "prosecutions:correct-complaint",
                "prosecutions:set-accused",
                "prosecutions:strike-complaint",
            ),
        }

    def _report(self, row: PoliceReport) -> dict[str, object]:
        last = row is self.reports[row.complaint_id][-1]
        accused = self.accused[row.complaint_id]
        return {
            "sent_up": codes(link.suspect for link in accused if link.sent_up_id == row.pk),
            "left_out": codes(link.suspect for link in accused if link.sent_up_id is None)
            if row.kind == PoliceReportKind.CHARGE_SHEET
            else "",
            "label": row.get_kind_display(),
            "reported_on": row.reported_on,
            "tone": POLICE_TONES[row.kind],
            "corrections": self.verbs(
                row, "prosecutions:correct-report", last and "prosecutions:strike-report"
            ),
        }
