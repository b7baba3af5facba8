"""The rows of a case before police and courts, as far as one reader may see them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from accounts.permissions import Perm
from casework.models import Rescue
from core.shortcuts.together import read_together
from prosecutions.calendars import seat_of, vacations_of
from prosecutions.enums import Disposition, PoliceReportKind
from prosecutions.models import (
    Arrest,
    Charge,
    ChargeDecision,
    ChargeVictim,
    Complaint,
    ComplaintSuspect,
    Custody,
    Hearing,
    Judgment,
    Perpetrator,
    PoliceReport,
    Prosecution,
    Provision,
    Sentence,
    Suspect,
)
from prosecutions.persons import records_among

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

    from accounts.models import User
    from casework.models import Case
    from places.court_days import Vacation
    from places.models import Jurisdiction

    Found = Iterator[tuple[Any, dict[str, Any]]]  # rows, with what is said of them

# The tables of a case that are looked at, with what is read beside a row.
BESIDE: dict[Any, tuple[str, ...]] = {
    Suspect: ("perpetrator",),
    Prosecution: ("jurisdiction", "complaint", "court__jurisdiction"),
    Charge: ("provision", "final_provision"),
    ChargeDecision: ("judgment",),
    **dict.fromkeys((Complaint, ComplaintSuspect, PoliceReport, ChargeVictim), ()),
    **dict.fromkeys((Judgment, Sentence, Arrest, Custody, Hearing, Rescue), ()),
}
# How a charge ends that leaves room for another one of the same offence.
NO_VERDICT = {*Disposition.values} - {*Disposition.VERDICTS}


class CourtFile:
    """What the checks look at: four queries, whatever the case holds. What was `read` already is
    not asked again."""

    def __init__(self, case: Case, user: User, read: Mapping[object, list[Any]]) -> None:
        self.case, self.user, self.today = case, user, case.jurisdiction.today
        self.read = self._read_beside(read)
        self.suspects = {row.pk: row for row in self.read[Suspect]}
        self.prosecutions = {row.pk: row for row in self.read[Prosecution]}
        self.charges = sorted(self.read[Charge], key=lambda row: (row.filed_on, row.pk))
        self.named = {row.charge_id for row in self.read[ChargeVictim]}
        judgments = sorted(self.read[Judgment], key=lambda row: row.decided_on)
        self.judgments = {row.pk: row for row in judgments}
        stand = (row for row in self.read[ChargeDecision] if not row.lifted_on)
        self.decisions = sorted(stand, key=lambda row: (row.judgment.decided_on, row.created_at))
        self.last = {row.charge_id: row.disposition for row in self.decisions}
        self.sentences = [row for row in self.read[Sentence] if row.in_force]
        self.arrests, self.custodies = self.read[Arrest], self.read[Custody]
        self.sheets: defaultdict[UUID, list[date]] = defaultdict(list)  # by whom they accuse
        for who, day in self._charge_sheets():
            self.sheets[who].append(day)
        self.hearings: defaultdict[UUID, list[Hearing]] = defaultdict(list)
        for row in sorted(self.read[Hearing], key=lambda row: (row.listed_on, row.created_at)):
            self.hearings[row.prosecution_id].append(row)
        self.begins, self.offence_until = self._days()
        self.accused = self._accused()
        same_docket, records = self._same_docket(), self._records()
        read_together(same_docket, records)
        self.same_docket, theirs = list(same_docket), self._parts_elsewhere(set(records))
        self.elsewhere = self._charged_elsewhere([row.pk for row in theirs])
        self.dead = {row.perpetrator.person: row.died_on for row in theirs if row.died_on}
        self.others = {row.suspect_id: row.suspect for row in self.elsewhere}

    def _read_beside(self, read: Mapping[object, list[Any]]) -> dict[object, list[Any]]:
        """The rows of the case by table, with those that nobody read yet."""
        missing = {model: self._asked(model) for model in BESIDE if model not in read}
        read_together(*missing.values())
        return {**read, **{model: list(rows) for model, rows in missing.items()}}

    def _asked(self, model: object) -> Any:
        rows = self.case.rows(model, self.user)
        if beside := BESIDE[model]:  # none at all would be every one
            rows = rows.select_related(*beside)
        if model is ChargeDecision:
            return rows.with_holds()
        return rows.with_in_force() if model is Sentence else rows

    def _charge_sheets(self) -> Iterator[tuple[UUID, date]]:
        """Each suspect whom a charge sheet of the police sends up, and its day."""
        reports = {row.pk: row for row in self.read[PoliceReport]}
        for link in self.read[ComplaintSuspect]:
            report = reports.get(link.sent_up_id)
            if report and report.kind == PoliceReportKind.CHARGE_SHEET:
                yield link.suspect_id, report.reported_on

    def _days(self) -> tuple[date, date | None]:
        """The first thing on record (opened, a rescue, a complaint), and the last rescue."""
        clock, rescues = self.case.jurisdiction.clock, self.read[Rescue]
        rescued = [clock(row.occurred_at).date() for row in rescues]
        filed = [row.filed_on for row in self.read[Complaint]]
        last = max((row.occurred_on for row in rescues), default=None)
        return min([self.case.opened_on, *rescued, *filed]), last

    def _accused(self) -> set[UUID] | None:
        """Whom a complaint is against; nothing where complaints are not open to the reader."""
        if not self.user.scope.reads(self.case, Perm.PROSECUTION_VIEW):
            return None
        return {row.suspect_id for row in self.read[ComplaintSuspect]}

    def _same_docket(self) -> QuerySet[Prosecution]:
        """Proceedings of other cases that bear a docket number of this one."""
        numbers = [row.docket for row in self.prosecutions.values() if row.docket]
        rows = Prosecution.objects.visible_to(self.user).filter(docket__in=numbers)
        return rows.exclude(case=self.case).select_related("jurisdiction")

    def _records(self) -> QuerySet[Perpetrator, UUID]:
        """Every record of the persons of this case."""
        people = [row.perpetrator.person for row in self.suspects.values()]
        return records_among(people, self.user).values_list("pk", flat=True)

    def _parts_elsewhere(self, records: set[UUID]) -> list[Suspect]:
        """Where they are suspected in other cases."""
        rows = Suspect.objects.visible_to(self.user).filter(perpetrator__in=records)
        return list(rows.exclude(case=self.case).select_related("perpetrator"))

    def _charged_elsewhere(self, theirs: list[UUID]) -> list[Charge]:
        """Charges in other cases against the persons of this one, where they still stand."""
        rows = Charge.objects.visible_to(self.user).exclude(case=self.case)
        rows = rows.filter(suspect__in=theirs)
        stand = Q(last__isnull=True) | Q(last__in=Disposition.VERDICTS)
        rows = rows.with_last_decision().filter(stand)
        beside = ("provision", "final_provision", "suspect__perpetrator")
        return list(rows.select_related(*beside, "prosecution__jurisdiction"))

    def person(self, charge: Charge) -> UUID | None:
        """The person charged, whatever the record; nobody where suspects are not open."""
        suspect = self.suspects.get(charge.suspect_id) or self.others.get(charge.suspect_id)
        return suspect.perpetrator.person if suspect else None

    def code(self, suspect: UUID) -> str:
        row = self.suspects.get(suspect)
        return row.code if row else "A-?"

    def seat(self, hearing: Hearing) -> Jurisdiction:
        return seat_of(self.prosecutions[hearing.prosecution_id])

    def vacations(self, hearing: Hearing) -> list[Vacation]:
        return vacations_of(self.prosecutions[hearing.prosecution_id])

    def country(self, charge: Charge) -> str:
        at = self.prosecutions.get(charge.prosecution_id) or charge.prosecution
        return at.jurisdiction.country


def law_of(charge: Charge) -> Provision:
    """The provision a charge stands under today."""
    return charge.final_provision or charge.provision


def name_of(file: CourtFile, charge: Charge) -> dict[str, object]:
    """Whom and under what a charge is, for the words about it."""
    law = law_of(charge)
    return {"who": file.code(charge.suspect_id), "law": f"{law.statute} {law.number}"}
