"""A case on one sheet, to read and to print: survivors and suspects by code, court, what is to be
done. No name of anybody stands on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.functional import cached_property

from casework.models import Closing
from core.refusals import gettext as _
from core.services import Refused
from core.shortcuts.together import read_together
from desk.case.file import heading
from desk.case.leaving import Concerned
from desk.court import Court
from desk.court.reader import Reader
from desk.parts.opening import sections
from desk.rules import OF_THE_RECORD
from desk.to_do.tasks import own_tasks, to_do
from prosecutions.enums import Disposition, SuspectStatus
from prosecutions.models import Suspect
from victims.enums import RecipientKind
from victims.models import Involvement
from victims.services.basis import LEAVES_FOR, Recipient, told_already, who_agreed

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from accounts.models import User
    from casework.models import Case
    from prosecutions.statuses import SuspectQuerySet

MOST_OF_A_KIND = 50


class Summary:
    """As far as this reader may see it. A fixed number of queries, whatever the case holds.

    `whom`: nobody outside, or one of `LEAVES_FOR`; then only those stand on it who agreed, and
    of suspects and court only what concerns nobody else. It is given out by `give_summary`.
    """

    def __init__(self, case: Case, user: User, whom: str = "") -> None:
        if whom and whom not in LEAVES_FOR:
            raise Refused(_("Choose who it is printed for."))
        self.case, self.user, self.whom = case, user, whom
        self.open = sections(case, user)

    def shown(self) -> dict[str, Any]:
        read_together(self._involved, self._accused, self._closings)
        people, left_out = self.people, self.left_out
        return {
            "for_whom": RecipientKind(self.whom).label if self.whom else "",
            "whom": self.whom,
            "left_out": left_out,
            "given": bool(self.whom and people) and not self.untold,
            "others": [(kind.value, kind.label) for kind in LEAVES_FOR],
            **heading(self.case),
            "support": self.case.get_support_level_display(),
            "closing": self._closing(),
            "survivors": [self._survivor(row) for row in people],
            "suspects": self._suspects() if "suspects" in self.open else [],
            "proceedings": self._proceedings() if "court" in self.open else [],
            "tasks": self._tasks() if "to-do" in self.open and not self.whom else [],
        }

    @cached_property
    def _involved(self) -> QuerySet[Involvement]:
        rows = Involvement.objects.visible_to(self.user).filter(case=self.case)
        return rows.select_related("victim", "case__jurisdiction")

    @cached_property
    def _accused(self) -> SuspectQuerySet:
        return Suspect.objects.visible_to(self.user).filter(case=self.case).with_status()

    @cached_property
    def _closings(self) -> QuerySet[Closing]:
        return Closing.objects.visible_to(self.user).in_force().filter(case=self.case)[:1]

    @cached_property
    def _people(self) -> tuple[list[Involvement], int]:
        people = sorted(self._involved, key=_number)
        if not self.whom:
            return people, 0
        return who_agreed(people, self.purpose, self.recipient)

    @property
    def purpose(self) -> str:
        """What those on it agreed to."""
        return LEAVES_FOR[RecipientKind(self.whom)]

    @cached_property
    def recipient(self) -> Recipient:
        return Recipient(RecipientKind(self.whom))

    @cached_property
    def untold(self) -> list[Involvement]:
        """Those on it of whom this recipient was not told on the consent that stands."""
        ids = told_already(self.people, self.purpose, self.recipient)
        return [person for person in self.people if person.pk not in ids]

    @cached_property
    def _concerned(self) -> Concerned:
        rows = Involvement.objects.visible_to(self.user).filter(case=self.case)
        return Concerned(self.case, self.user, set(rows.values_list("pk", flat=True)))

    def _may_stand(self, about: UUID) -> bool:
        """Whether a suspect or a proceeding may stand on it."""
        if not self.whom:
            return True
        return self._concerned.all_agreed(about, {person.pk for person in self.people})

    @property
    def _public(self) -> bool:
        return self.whom == RecipientKind.PUBLIC

    @property
    def people(self) -> list[Involvement]:
        return self._people[0]

    @property
    def left_out(self) -> int:
        return self._people[1]

    def _survivor(self, row: Involvement) -> dict[str, object]:
        outcome = row.get_outcome_display()
        return {"code": row.code, "label": row.victim.in_words, "outcome": outcome}

    def _suspects(self) -> list[dict[str, object]]:
        return [
            {
                "code": row.code,
                "role": row.get_role_display(),
                "status": SuspectStatus(row.status).label,
            }
            for row in sorted(self._accused, key=_number)
            if self._may_stand(row.pk)
            and (not self._public or row.status == SuspectStatus.CONVICTED)
        ]

    def _proceedings(self) -> list[dict[str, object]]:
        rows = Court(Reader(self.case, self.user)).proceedings.shown()
        proceedings = [self._proceeding(row) for row in rows if self._may_stand(row["id"])]
        return [line for line in proceedings if line["charges"] or not self._public]

    def _proceeding(self, row: dict[str, Any]) -> dict[str, Any]:
        return {
            "docket": row["docket"],
            "court": row["court"],
            "filed_on": row["filed_on"],
            "stage": row["stage"]["label"] if row["stage"] else "",
            "next": row["next"]["listed_on"] if row["next"] else None,
            "charges": [
                {
                    "code": defendant["code"],
                    "law": charge["law"]["provision"],
                    "end": _end(charge).get("label", ""),
                }
                for defendant in row["defendants"]
                for charge in defendant["charges"]
                if not self._public or _end(charge).get("disposition") in Disposition.CONVICTED
            ],
        }

    def _tasks(self) -> list[dict[str, object]]:
        asked = to_do(self.user, rules=OF_THE_RECORD, own=own_tasks, case=self.case)
        tasks = asked.first_of_each(MOST_OF_A_KIND)
        return [
            {
                "what": task.what,
                "about": task.about,
                "due_on": task.due_on,
                "whose": task.assignee.name if task.assignee_id else "",
            }
            for task in tasks
        ]

    def _closing(self) -> dict[str, object] | None:
        closings = [
            {"closed_on": row.closed_on, "reason": row.get_reason_display()}
            for row in self._closings
        ]
        return closings[0] if closings else None


def _end(charge: dict[str, Any]) -> dict[str, Any]:
    return charge["final"] or charge["first"] or {}


def _number(row: Any) -> int:
    return int(row.code.rpartition("-")[2])
