"""The one table of the workbook: which sheets there are, and of which records.

What a column is called, what it takes and whether it must be filled in is read off the fields of
the record (`columns.py`); only what a field cannot say stands here. Sheets are written in this
order: a person comes after the row that links the person to a case, for only through it may the
person be written.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.apps import apps

from core.access import PersonRows
from exchange.workbooks.columns import Column, column

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY, ID, CASE = "key", "id", "case"
# What the system keeps for itself, or works out from the rest.
OWN = frozenset({"id", "version", "created_at", "updated_at", "level", "office", "merged_into"})


@dataclass(frozen=True)
class Sheet:
    """One sheet. `letter`: of the codes it counts in a case; `under`: the row whose id it shares;
    `derived`: fields taken over from the row that another field names; `found_by`: the fields by
    which a row that is here already is found, whatever its id."""

    name: str
    label: str
    letter: str = ""
    under: str = ""
    omit: tuple[str, ...] = ()
    derived: tuple[tuple[str, str], ...] = ()
    found_by: tuple[str, ...] = ()

    @property
    def model(self) -> Any:
        return apps.get_model(self.label)

    @property
    def is_cases(self) -> bool:
        return self.name == "cases"

    @property
    def of_person(self) -> bool:
        return isinstance(self.model.access, PersonRows)

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """Beside the key, and the id of a case."""
        mine = {*OWN, *self.omit, *(name for name, _path in self.derived)}
        fields = [f for f in self.model._meta.concrete_fields if f.editable or f.name == CASE]
        found = [column(f, self.letter) for f in fields if f.name not in mine]
        return tuple(sorted(found, key=lambda one: one.name != CASE))  # the case stands first

    @property
    def head(self) -> list[str]:
        first = [KEY, ID] if self.is_cases else [] if self.under else [KEY]
        return [*first, *(one.name for one in self.columns)]


SHEETS = (
    Sheet("agencies", "places.Agency", found_by=("jurisdiction_id", "name")),
    Sheet("providers", "aftercare.Provider", found_by=("jurisdiction_id", "name")),
    Sheet("cases", "casework.Case", omit=("reference",)),
    Sheet("team", "casework.Assignment", omit=("named",)),
    Sheet("leads", "casework.Lead", letter="L"),
    Sheet("lead_words", "casework.LeadWords", under="lead"),
    Sheet("steps", "casework.InvestigationStep", letter="I"),
    Sheet("step_words", "casework.StepWords", under="step"),
    Sheet("sites", "casework.Site", letter="P"),
    Sheet("site_places", "casework.SitePlace"),
    Sheet("site_closings", "casework.SiteClosing"),
    Sheet("rescues", "casework.Rescue"),
    Sheet("rescue_sites", "casework.RescueSite"),
    Sheet("rescue_agencies", "casework.RescueAgency"),
    Sheet("narratives", "casework.Narrative"),
    Sheet("online_incidents", "casework.OnlineIncident", letter="O"),
    Sheet("notes", "casework.Note"),
    Sheet("involvements", "victims.Involvement", letter="S"),
    Sheet("victims", "victims.Victim"),
    Sheet("backgrounds", "victims.Background"),
    Sheet("particulars", "victims.Particular"),
    Sheet("identities", "victims.Identity"),
    Sheet("exploitation", "victims.Exploitation"),
    Sheet("route_stops", "victims.RouteStop"),
    Sheet("indicators", "victims.Indicator"),
    Sheet("evidence", "victims.Evidence"),
    Sheet("incident_survivors", "victims.IncidentSurvivor"),
    Sheet("consents", "victims.Consent"),
    Sheet("suspects", "prosecutions.Suspect", letter="A"),
    Sheet("perpetrators", "prosecutions.Perpetrator"),
    Sheet("aliases", "prosecutions.Alias"),
    Sheet("suspects_met", "prosecutions.SuspectMet"),
    Sheet("arrests", "prosecutions.Arrest"),
    Sheet("custodies", "prosecutions.Custody"),
    Sheet("complaints", "prosecutions.Complaint"),
    Sheet("complaint_suspects", "prosecutions.ComplaintSuspect"),
    Sheet("police_reports", "prosecutions.PoliceReport"),
    Sheet("prosecutions", "prosecutions.Prosecution"),
    Sheet("stages_reached", "prosecutions.StageReached"),
    Sheet("charges", "prosecutions.Charge"),
    Sheet("charge_victims", "prosecutions.ChargeVictim"),
    Sheet("hearings", "prosecutions.Hearing"),
    Sheet("judgments", "prosecutions.Judgment"),
    Sheet("decisions", "prosecutions.ChargeDecision"),
    Sheet("appeals", "prosecutions.Appeal"),
    Sheet("sentences", "prosecutions.Sentence"),
    Sheet("compensation_payments", "prosecutions.CompensationPayment"),
    Sheet("participations", "prosecutions.Participation"),
    Sheet("protective_measures", "prosecutions.ProtectiveMeasure"),
    Sheet("accusations", "prosecutions.Accusation"),
    Sheet("referrals", "aftercare.Referral"),
    Sheet("progress_notes", "aftercare.ProgressNote"),
    Sheet("placements", "aftercare.Placement", derived=(("victim", "involvement.victim_id"),)),
    Sheet("services", "aftercare.ServiceRecord"),
    Sheet("session_notes", "aftercare.SessionNote"),
    Sheet("care_plans", "aftercare.CarePlan"),
    Sheet("goals", "aftercare.Goal"),
    Sheet("plan_reviews", "aftercare.PlanReview"),
    Sheet("follow_ups", "aftercare.FollowUp"),
    Sheet("assessments", "aftercare.Assessment"),
    Sheet("release_certificates", "aftercare.ReleaseCertificate"),
    Sheet("compensation_claims", "aftercare.CompensationClaim"),
    Sheet("claim_payments", "aftercare.ClaimPayment"),
    Sheet("repatriations", "aftercare.Repatriation"),
    Sheet("closings", "casework.Closing"),
)
BY_NAME = {sheet.name: sheet for sheet in SHEETS}
BY_LABEL = {sheet.label: sheet for sheet in SHEETS}
README = "read_me"  # the sheet that explains the others; not read


def documentation() -> Iterator[list[str]]:
    """A line for each column: where it stands, what it takes."""
    yield ["sheet", "column", "must be filled in", "what it takes", "codes, or where it is found"]
    for sheet in SHEETS:
        if not sheet.under:
            yield [sheet.name, KEY, "yes", KEY_TAKES_OF_CASE if sheet.is_cases else KEY_TAKES, ""]
        if sheet.is_cases:
            yield [sheet.name, ID, "no", "id here, if it came from here", ""]
        for one in sheet.columns:
            required = "yes" if one.required else "no"
            yield [sheet.name, one.name, required, one.takes, one.found_in(BY_LABEL)]


KEY_TAKES = "your own key, different for each row of the sheet; never a name"
KEY_TAKES_OF_CASE = "your own reference of the case, at most 20 signs; it stays its reference"
