"""The rows of a case before police and courts, as far as one reader may see them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from accounts.permissions import Perm
from casework.models import Rescue
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
    PoliceReport,
    Prosecution,
    Provision,
    Sentence,
    Suspect,
)
from prosecutions.persons import suspects_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from uuid import UUID

    from accounts.models import User
    from casework.models import Case
    from core.access import ScopedQuerySet
    from places.court_days import Vacation
    from places.models import Jurisdiction

    Found = Iterator[tuple[Any, dict[str, Any]]]  # rows, with what is said of them

# How a charge ends that leaves room for another one of the same offence.
NO_VERDICT = {*Disposition.values} - {*Disposition.VERDICTS}


class CourtFile:
    """What the checks look at: nineteen queries, whatever the case holds, less what was `read`."""

    def __init__(self, case: Case, user: User, read: Mapping[object, list[object]]) -> None:
        self.case, self.user, self.today = case, user, case.jurisdiction.today
        self.read = read
        self.suspects = {row.pk: row for row in self._all(Suspect, "perpetrator")}
        beside = ("jurisdiction", "complaint", "court__jurisdiction")
        self.prosecutions = {row.pk: row for row in self._all(Prosecution, *beside)}
        charges = self._all(Charge, "provision", "final_provision")
        self.charges = sorted(charges, key=lambda row: (row.filed_on, row.pk))
        self.named = set(self._rows(ChargeVictim).values_list("charge", flat=True))
        judgments = sorted(self._all(Judgment), key=lambda row: row.decided_on)
        self.judgments = {row.pk: row for row in judgments}
        stand = self._rows(ChargeDecision).standing().with_holds()
        decisions = stand.order_by("judgment__decided_on", "created_at")
        self.decisions = list(decisions)
        self.last = {row.charge_id: row.disposition for row in self.decisions}
        self.sentences = list(self._rows(Sentence).in_force())
        self.arrests, self.custodies = self._all(Arrest), self._all(Custody)
        self.sheets: defaultdict[UUID, list[date]] = defaultdict(list)  # by whom they accuse
        for who, day in self._charge_sheets():
            self.sheets[who].append(day)
        self.hearings: defaultdict[UUID, list[Hearing]] = defaultdict(list)
        for row in sorted(self._all(Hearing), key=lambda row: (row.listed_on, row.created_at)):
            self.hearings[row.prosecution_id].append(row)
        self.begins, self.offence_until = self._days()
        self.accused = self._accused()
        self.same_docket = self._same_docket()
        theirs = suspects_of([row.perpetrator.person for row in self.suspects.values()], user)
        self.elsewhere = self._charged_elsewhere(theirs)
        self.dead = self._dead_elsewhere(theirs)
        self.others = {row.suspect_id: row.suspect for row in self.elsewhere}

    def _rows(self, model: object, *beside: str) -> Any:
        rows = self.case.rows(model, self.user)
        return rows.select_related(*beside) if beside else rows

    def _all(self, model: object, *beside: str) -> list[Any]:
        return self.read[model] if model in self.read else list(self._rows(model, *beside))

    def _charge_sheets(self) -> ScopedQuerySet:
        """The day of each charge sheet of the police, with each suspect it sends up."""
        reports = self._rows(PoliceReport).filter(kind=PoliceReportKind.CHARGE_SHEET)
        sent_up = reports.filter(sends_up__isnull=False)
        return sent_up.values_list("sends_up__suspect", "reported_on")

    def _days(self) -> tuple[date, date | None]:
        """The first thing on record (opened, a rescue, a complaint), and the last rescue."""
        clock, rescues = self.case.jurisdiction.clock, self._all(Rescue)
        rescued = [clock(row.occurred_at).date() for row in rescues]
        filed = [row.filed_on for row in self._all(Complaint)]
        last = max((row.occurred_on for row in rescues), default=None)
        return min([self.case.opened_on, *rescued, *filed]), last

    def _accused(self) -> set[UUID] | None:
        """Whom a complaint is against; nothing where complaints are not open to the reader."""
        if not self.user.scope.reads(self.case, Perm.PROSECUTION_VIEW):
            return None
        return {row.suspect_id for row in self._all(ComplaintSuspect)}

    def _same_docket(self) -> list[Prosecution]:
        """Proceedings of other cases that bear a docket number of this one."""
        numbers = [row.docket for row in self.prosecutions.values() if row.docket]
        rows = Prosecution.objects.visible_to(self.user).filter(docket__in=numbers)
        return list(rows.exclude(case=self.case).select_related("jurisdiction"))

    def _dead_elsewhere(self, theirs: list[UUID]) -> dict[UUID, date]:
        """The persons of this case of whom another one says that they died, and when."""
        others = Suspect.objects.visible_to(self.user).filter(pk__in={*theirs} - {*self.suspects})
        dead = others.filter(died_on__isnull=False).select_related("perpetrator")
        return {row.perpetrator.person: row.died_on for row in dead}

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
