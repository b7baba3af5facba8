"""A file of HTCDS beside what is known already of those in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from casework.models import Case
from core.access import CONTENT
from core.idempotency import digest_of
from core.refusals import gettext as _
from core.services import Refused
from exchange.models import Imported
from exchange.standards import reading, sheets
from exchange.standards.rules import is_suspect
from exchange.standards.saying import HtcdsRows, records_of
from exchange.standards.writing import digest
from prosecutions.models import Suspect
from victims.models import Involvement

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import User
    from exchange.standards.htcds import HtcdsRecord
    from exchange.standards.sheets import Fault
    from exchange.standards.writing import Whose

OUR_KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass
class Preview:
    """What a file would add, or every fault for which nothing of it is taken."""

    cases: int = 0
    survivors: int = 0
    suspects: int = 0
    known: int = 0
    faults: list[Fault] = field(default_factory=list)
    digest: str = ""  # of what was looked at; none where there are faults
    left_out: list[str] = field(default_factory=list)  # columns


class Looked:
    """A file beside what is known already of those in it."""

    def __init__(self, text: str, whose: Whose, actor: User) -> None:
        try:
            self.read = reading.read(text)
        except sheets.NotATable as exc:
            raise Refused(exc.words, "text") from None
        self.whose, self.actor = whose, actor
        outside = {person.case for person in self.read.people.values()}
        rows = Imported.objects.visible_to(actor).filter(
            office=whose.office, source=whose.source, outside_case__in=outside
        )
        self.imported = list(rows.select_related("case__jurisdiction", "case__office"))
        self.cases = {row.outside_case: row.case for row in self.imported}
        self.new: list[HtcdsRecord] = []
        self.known = 0
        self._sort()

    def preview(self) -> Preview:
        new, faults, left_out = self.new, self.read.faults, self.read.left_out
        if faults:
            return Preview(faults=faults, left_out=left_out)
        suspects = sum(is_suspect(person) for person in new)
        survivors = sum(bool(person.person) for person in new) - suspects
        cases = len({person.case for person in new} - self.cases.keys())
        return Preview(cases, survivors, suspects, self.known, [], self._digest(), left_out)

    def _digest(self) -> str:
        """Of all the file says, however its lines end: a form ends them its own way."""
        whose = self.whose
        parts = [whose.source, str(whose.office.pk), whose.programme, whose.jurisdiction.code]
        for key, person in sorted(self.read.people.items()):
            parts += [*key, digest(person)]
        return digest_of(*(part.encode() for part in parts)).hex()

    def _sort(self) -> None:
        """Who is new, and who came before; said otherwise now, it is for somebody to look at."""
        before = {(row.outside_case, row.outside_person): row.digest for row in self.imported}
        ours = self._ours()
        for key, person in self.read.people.items():
            if key in before or person.case in ours:
                same = (
                    before.get(key) == digest(person)
                    or ours.get(person.case, {}).get(key) == person.without_what_stays()
                )
                self.known += same
                if not same:
                    words = _("Already known, but with other values. Correct the record itself.")
                    self.read.fault(person.rows[0], "person_id", words)
            else:
                self.new.append(person)

    def _ours(self) -> dict[str, dict[Any, Any]]:
        """By case what we say of those in cases of this office that a file of ours told of."""
        keys = {person.case for person in self.read.people.values()} - self.cases.keys()
        ids = [key for key in keys if OUR_KEY.fullmatch(key)]
        if not ids:
            return {}
        reach = self.actor.scope.rows(CONTENT, case="pk", office="office")
        rows = Case.objects.visible_to(self.actor).filter(reach, office=self.whose.office)
        rows = rows.filter(pk__in=ids).select_related("jurisdiction", "office")
        cases = {str(case.pk): case for case in rows}
        survivors = self._of_cases(Involvement, cases.values(), "victim")
        suspects = self._of_cases(Suspect, cases.values(), "perpetrator")
        peopled = {row.case_id for row in (*survivors, *suspects)}
        alone = [case for case in cases.values() if case.pk not in peopled]
        htcds_rows = HtcdsRows(self.actor, survivors, suspects, alone)
        by_case: dict[str, dict[Any, Any]] = {key: {} for key in cases}
        for person in records_of(htcds_rows):
            if person.case in by_case:
                by_case[person.case][person.key] = person.without_what_stays()
        return by_case

    def _of_cases(
        self, model: type[Involvement] | type[Suspect], cases: Iterable[Case], person: str
    ) -> list[Any]:
        rows = model.objects.visible_to(self.actor).filter(case__any_of=[case.pk for case in cases])
        return list(rows.select_related(person, "case__jurisdiction", "case__office"))
