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

from core.access import CaseRows, PersonRows
from exchange.workbooks.columns import Column
from exchange.workbooks.left_out import LEFT_OUT

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY, ID, CASE = "key", "id", "case"
# What the system keeps for itself, or works out from the rest.
OWN = frozenset({"id", "version", "created_at", "updated_at", "level", "office", "merged_into"})


@dataclass(frozen=True)
class Sheet:
    """One sheet. `letter`: of the codes it counts in a case; `under`: the row whose id it shares;
    `derived`: fields taken over from the row that another field names; `found_by`: the fields by
    which a row that is here already is found, whatever its id; `also`: fields no form shows;
    `beyond`: the field that names a row of another case."""

    name: str
    label: str
    letter: str = ""
    under: str = ""
    omit: tuple[str, ...] = ()
    derived: tuple[tuple[str, str], ...] = ()
    found_by: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    beyond: str = ""

    @cached_property
    def model(self) -> Any:
        return apps.get_model(self.label)

    def made(self, pk: object, by_column: dict[str, object]) -> Any:
        """A new row with these values by column, and of the rest what its fields begin with."""
        model = self.model
        values = [
            pk
            if field.primary_key
            else by_column[field.attname]
            if field.attname in by_column
            else field.get_default()
            for field in model._meta.concrete_fields
        ]
        return model(*values)

    @cached_property
    def relations(self) -> tuple[str, ...]:
        """The columns by which its rows name others."""
        return tuple(f.attname for f in self.model._meta.concrete_fields if f.is_relation)

    @property
    def is_cases(self) -> bool:
        return self.name == "cases"

    @cached_property
    def of_person(self) -> bool:
        return isinstance(self.model.access, PersonRows)

    @cached_property
    def of_case(self) -> bool:
        """Its rows hang from a case, or are cases."""
        return isinstance(self.model.access, CaseRows)

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """Beside the key, and the id of a case."""
        mine = {*OWN, *self.omit, *(name for name, _path in self.derived)}
        fields = [f for f in self.model._meta.concrete_fields if f.editable or f.name in self.also]
        columns = [
            Column(f, self.letter if f.name == "code" else "") for f in fields if f.name not in mine
        ]
        # the case stands first
        return tuple(sorted(columns, key=lambda column: column.name != CASE))

    @property
    def head(self) -> list[str]:
        first = [KEY, ID] if self.is_cases else [] if self.under else [KEY]
        return [*first, *(column.name for column in self.columns)]


# The file of a document stays where it is; its SHA-256 travels.
NO_FILE = ("size", "type", "file", "original")
SHEETS = (
    Sheet("agencies", "places.Agency", found_by=("jurisdiction_id", "name")),
    Sheet("providers", "aftercare.Provider", found_by=("jurisdiction_id", "name")),
    Sheet("cases", "casework.Case", omit=("reference",)),
    Sheet("team", "casework.Assignment", omit=("named",)),
    Sheet("links", "casework.CaseLink", beyond="other"),
    Sheet("leads", "casework.Lead", letter="L"),
    Sheet("lead_words", "casework.LeadWords", under="lead"),
    Sheet("steps", "casework.InvestigationStep", letter="I"),
    Sheet("step_words", "casework.StepWords", under="step"),
    Sheet("sites", "casework.Site", letter="P"),
    Sheet("site_places", "casework.SitePlace"),
    Sheet("site_closings", "casework.SiteClosing"),
    Sheet("same_sites", "casework.SameSite", beyond="other"),
    Sheet("rescues", "casework.Rescue"),
    Sheet("rescue_sites", "casework.RescueSite"),
    Sheet("rescue_agencies", "casework.RescueAgency"),
    Sheet("narratives", "casework.Narrative"),
    Sheet("online_incidents", "casework.OnlineIncident", letter="O"),
    Sheet("notes", "casework.Note"),
    Sheet("tasks", "casework.Task"),
    Sheet(
        "documents", "casework.Document", letter="D", omit=("redacts", "follows")
    ),  # codes are new
    Sheet("document_versions", "casework.DocumentVersion", omit=NO_FILE, also=("sha256",)),
    Sheet("custody_events", "casework.CustodyEvent"),
    Sheet("involvements", "victims.Involvement", letter="S"),
    Sheet("victims", "victims.Victim"),
    Sheet("backgrounds", "victims.Background"),
    Sheet("particulars", "victims.Particular"),
    Sheet("identities", "victims.Identity"),
    Sheet("siblings", "victims.Sibling"),
    Sheet("exploitation", "victims.Exploitation"),
    Sheet("route_stops", "victims.RouteStop"),
    Sheet("indicators", "victims.Indicator"),
    Sheet("evidence", "victims.Evidence"),
    Sheet("incident_survivors", "victims.IncidentSurvivor"),
    Sheet("consents", "victims.Consent"),
    Sheet("shares", "victims.Share"),
    Sheet("withdrawals", "victims.Withdrawal"),
    Sheet("suspects", "prosecutions.Suspect", letter="A"),
    Sheet("perpetrators", "prosecutions.Perpetrator"),
    Sheet("aliases", "prosecutions.Alias"),
    Sheet("network_members", "prosecutions.NetworkMember"),
    Sheet("networks", "prosecutions.Network"),
    Sheet("corridors", "prosecutions.Corridor"),
    Sheet("corridor_legs", "prosecutions.CorridorLeg"),
    Sheet("suspects_met", "prosecutions.SuspectMet"),
    Sheet("arrests", "prosecutions.Arrest"),
    Sheet("custodies", "prosecutions.Custody"),
    Sheet("complaints", "prosecutions.Complaint"),
    Sheet("complaint_suspects", "prosecutions.ComplaintSuspect"),
    Sheet("police_reports", "prosecutions.PoliceReport"),
    Sheet("prosecutions", "prosecutions.Prosecution"),
    Sheet("stages_reached", "prosecutions.StageReached"),
    Sheet("requests", "prosecutions.AssistanceRequest"),
    Sheet("charges", "prosecutions.Charge"),
    Sheet("charge_victims", "prosecutions.ChargeVictim"),
    Sheet("hearings", "prosecutions.Hearing"),
    Sheet("judgments", "prosecutions.Judgment"),
    Sheet("decisions", "prosecutions.ChargeDecision"),
    Sheet("appeals", "prosecutions.Appeal"),
    Sheet("sentences", "prosecutions.Sentence"),
    Sheet("compensation_shares", "prosecutions.CompensationShare"),
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
    Sheet("entitlements", "aftercare.Entitlement"),
    Sheet("scheme_payments", "aftercare.RehabilitationPayment"),
    Sheet("bank_references", "aftercare.BankReference"),
    Sheet("compensation_claims", "aftercare.CompensationClaim"),
    Sheet("claim_payments", "aftercare.ClaimPayment"),
    Sheet("repatriations", "aftercare.Repatriation"),
    Sheet("escorts", "aftercare.Escort"),
    Sheet("closings", "casework.Closing"),
    Sheet("closing_words", "casework.ClosingWords", under="closing"),
    Sheet("replies", "questions.Reply", omit=("chosen",)),
    Sheet("reply_words", "questions.ReplyWords", under="reply"),
    Sheet("studies", "studies.Study"),
    Sheet("strata", "studies.Stratum"),
    Sheet("visits", "studies.Visit"),
    Sheet("observations", "studies.Observation"),
    Sheet("recaptures", "studies.Recapture"),
    Sheet("estimates", "studies.Estimate"),
    Sheet("estimate_pairs", "studies.Pair"),
    Sheet("statistics", "studies.ExternalStatistic"),
    Sheet("district_surveys", "studies.DistrictSurvey"),
    Sheet("programme_places", "studies.ProgrammePlace"),
    Sheet("trainings", "studies.Training"),
    Sheet("evaluations", "studies.Evaluation"),
    Sheet("findings", "studies.Finding"),
)
BY_NAME = {sheet.name: sheet for sheet in SHEETS}
BY_LABEL = {sheet.label: sheet for sheet in SHEETS}
README = "read_me"  # the sheet that explains the others
CODES = "codes"  # the hidden one with what their cells offer
NOT_READ = frozenset({README, CODES})


def documentation() -> Iterator[list[str]]:
    """A line for each column: where it stands, what it takes."""
    yield ["sheet", "column", "must be filled in", "what it takes", "codes, or where it is found"]
    for sheet in SHEETS:
        if not sheet.under:
            yield [sheet.name, KEY, "yes", KEY_TAKES_OF_CASE if sheet.is_cases else KEY_TAKES, ""]
        if sheet.is_cases:
            yield [sheet.name, ID, "no", "id here, if it came from here", ""]
        for column in sheet.columns:
            required = "yes" if column.required else "no"
            yield [sheet.name, column.name, required, column.takes, column.found_in(BY_LABEL)]
    for reason in LEFT_OUT:
        yield ["", "", "", f"Not in a workbook: {reason}", ""]


KEY_TAKES = "your own key, different for each row of the sheet; never a name"
KEY_TAKES_OF_CASE = "your own reference of the case, at most 20 signs; it stays its reference"
