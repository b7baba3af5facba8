"""Where survivors sleep and what is planned with them, as pages of a case and of one show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from aftercare.enums import PlacementKind, PlanStatus
from aftercare.models import CarePlan, Placement, SessionNote
from desk.court.reader import by
from desk.parts.folding import Cell

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from casework.verbs import Button
    from desk.court.reader import Reader
    from victims.models import Involvement

BESIDE = ("aftercare:place", "aftercare:draft", "aftercare:record-service")


class Recovery:
    """Placements, plans and notes of sessions: three queries."""

    def __init__(self, reader: Reader) -> None:
        self.verbs, self.today = reader.verbs, reader.case.jurisdiction.today
        placements = reader.rows(Placement, "provider").order_by("-since")
        self.placements = by("involvement_id", placements)
        self.plans = by("involvement_id", reader.rows(CarePlan).order_by("-opened_on"))
        notes = reader.rows(SessionNote, "service")
        self.notes = list(notes.order_by("-service__provided_on", "pk"))

    def of(self, person: Involvement) -> dict[str, object]:
        """A survivor with the present place, the former ones and the plans."""
        return {
            "code": person.code,
            "places": [self._place(placement) for placement in self.placements[person.pk]],
            "plans": [self._plan(plan) for plan in self.plans[person.pk]],
            "verbs": self._verbs(person),
        }

    def _verbs(self, person: Involvement) -> list[Button]:
        has_plan = any(plan.status == PlanStatus.OPEN for plan in self.plans[person.pk])
        plan = not has_plan and "aftercare:open-plan"
        return self.verbs(person, plan, *BESIDE)

    def sleeps(self, person: Involvement) -> str:
        """The kind of place where somebody sleeps now; empty where it is not on record."""
        return next((row.kind for row in self.placements[person.pk] if not row.until), "")

    def sleeps_in_words(self, person: Involvement) -> str:
        kind = self.sleeps(person)
        return str(PlacementKind(kind).label) if kind else _("Where they sleep is not on record")

    def overdue(self, person: Involvement) -> bool:
        """Whether something of a plan is past its day."""
        dues = [due for plan in self.plans[person.pk] if (due := _due(plan))]
        return bool(dues) and min(dues) < self.today

    def due(self, person: Involvement) -> Cell:
        """When something of a plan is due next."""
        dues = [due for plan in self.plans[person.pk] if (due := _due(plan))]
        if not dues:
            return Cell("" if self.plans[person.pk] else _("No plan"))
        day = date_format(min(dues), "j M Y")
        return Cell(_("due %(day)s") % {"day": day}, "danger" if min(dues) < self.today else None)

    def sessions(self, survivors: Iterable[Involvement]) -> list[dict[str, object]]:
        """Sessions with notes, the latest first."""
        codes = {row.pk: row.code for row in survivors}
        return [
            {
                "url": reverse("aftercare:session", args=[note.pk]),
                "code": codes.get(note.service.involvement_id, ""),
                "day": note.service.provided_on,
                "kind": note.service.get_session_display(),
                "minutes": note.service.minutes,
            }
            for note in self.notes
        ]

    def _place(self, row: Placement) -> dict[str, object]:
        end = row.until and _("Change the end")
        return {
            "words": row.get_kind_display(),
            "provider": row.provider.name if row.provider else "",
            "since": row.since,
            "until": row.until,
            "why": row.get_ended_for_display(),
            "overridden": row.overridden_by_id is not None,
            "apart": row.apart is not None,
            "verbs": self.verbs(row, ("aftercare:end-placement", end)),
            "corrections": self.verbs(row, "aftercare:correct-placement"),
        }

    def _plan(self, plan: CarePlan) -> dict[str, object]:
        due = _due(plan)
        is_open = plan.status == PlanStatus.OPEN
        return {
            "url": plan.get_absolute_url(),
            "opened_on": plan.opened_on,
            "closed_on": plan.closed_on,
            "words": _("Open") if is_open else plan.get_closed_for_display(),
            "tone": "ok" if is_open else "",
            "due": due,
            "overdue": due is not None and due < self.today,
        }


def _due(plan: CarePlan) -> date | None:
    """The first day on which something of a plan is due."""
    days = (plan.assess_by, plan.review_by, plan.follow_up_by)
    return min((day for day in days if day), default=None)
