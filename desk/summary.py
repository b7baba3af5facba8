"""A case on one sheet, to read and to print: survivors and suspects by code, court, what is to be
done. No name of anybody stands on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.functional import cached_property

from casework.models import Closing
from desk.case_file import heading
from desk.court import Court
from desk.opening import sections
from desk.rules import OF_THE_RECORD
from desk.tasks import own_tasks, to_do
from prosecutions.enums import SuspectStatus
from prosecutions.models import Suspect
from victims.models import Involvement

if TYPE_CHECKING:
    from casework.models import Case

MOST_OF_A_KIND = 50


class Summary:
    """As far as this reader may see it. A fixed number of queries, whatever the case holds."""

    def __init__(self, case: Case, user: Any) -> None:
        self.case, self.user = case, user
        self.open = sections(case, user)

    def shown(self) -> dict[str, Any]:
        return {
            **heading(self.case),
            "support": self.case.get_support_level_display(),
            "closing": self._closing(),
            "survivors": [self._survivor(row) for row in self.people],
            "suspects": self._suspects() if "suspects" in self.open else [],
            "proceedings": self._proceedings() if "court" in self.open else [],
            "tasks": self._tasks() if "to-do" in self.open else [],
        }

    @cached_property
    def people(self) -> list[Involvement]:
        rows = Involvement.objects.visible_to(self.user).filter(case=self.case)
        return sorted(rows.select_related("victim"), key=_number)

    def _survivor(self, row: Involvement) -> dict[str, Any]:
        outcome = row.get_outcome_display()
        return {"code": row.code, "label": row.victim.in_words, "outcome": outcome}

    def _suspects(self) -> list[dict[str, Any]]:
        rows = Suspect.objects.visible_to(self.user).filter(case=self.case).with_status()
        return [
            {
                "code": row.code,
                "role": row.get_role_display(),
                "status": SuspectStatus(row.status).label,
            }
            for row in sorted(rows, key=_number)
        ]

    def _proceedings(self) -> list[dict[str, Any]]:
        return [
            {
                "docket": row["docket"],
                "court": row["court"],
                "filed_on": row["filed_on"],
                "stage": row["stage"]["label"] if row["stage"] else "",
                "next": row["next"]["listed_on"] if row["next"] else None,
                "charges": [
                    {
                        "code": defendant["code"],
                        "law": charge["law"]["provision"],
                        "end": (charge["final"] or charge["first"] or {}).get("label", ""),
                    }
                    for defendant in row["defendants"]
                    for charge in defendant["charges"]
                ],
            }
            for row in Court(self.case, self.user).proceedings.shown()
        ]

    def _tasks(self) -> list[dict[str, Any]]:
        asked = to_do(self.user, rules=OF_THE_RECORD, own=own_tasks(self.user))
        found = asked.filter(Q(case=self.case.pk)).first_of_each(MOST_OF_A_KIND)
        return [
            {
                "what": task.what,
                "about": task.about,
                "due_on": task.due_on,
                "whose": task.assignee.name if task.assignee_id else "",
            }
            for task in found
        ]

    def _closing(self) -> dict[str, Any] | None:
        rows = Closing.objects.visible_to(self.user).in_force()
        row = rows.filter(case=self.case).first()
        if row is None:
            return None
        return {"closed_on": row.closed_on, "reason": row.get_reason_display()}


def _number(row: Any) -> int:
    return int(row.code.rpartition("-")[2])
