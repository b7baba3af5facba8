"""The overview of a case: where it stands, what comes next, who is in danger, what is due.

It names each thing once and leads to the page that shows it in full. Its length does not follow
that of the case: of people, tasks and events it shows the first few.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING

from django.urls import reverse

from accounts.permissions import Perm
from casework.case_pages import address
from casework.models import Assignment
from casework.verbs import takes_work
from casework.workflow import case_workflow
from core.access import CONTENT, SEALED
from desk.case.ending import ending
from desk.case.timeline import timeline
from desk.court.reader import by, in_order
from desk.own_questions import OwnQuestions
from desk.parts.opening import readers, shown_by
from desk.to_do.lines import first_to_do
from desk.words import OUTCOME_TONES
from prosecutions.docket.words import in_days
from prosecutions.enums import StageMeaning, SuspectStatus
from prosecutions.models import Hearing, Prosecution, Suspect
from prosecutions.stages import StageTable
from prosecutions.words import SUSPECT_TONES, court_of
from questions.enums import Noun

if TYPE_CHECKING:
    from accounts.models import User
    from casework.models import Case
    from casework.verbs import Button
    from desk.case.parts import Parts
    from victims.models import Involvement

MOST_PEOPLE, MOST_SUSPECTS, MOST_PROCEEDINGS, MOST_EVENTS = 8, 5, 4, 12
LAST = (date.max, time.max)
STEPS = (
    StageMeaning.FILED,
    StageMeaning.FRAMED,
    StageMeaning.TRIAL,
    StageMeaning.ARGUMENTS,
    StageMeaning.JUDGMENT,
    StageMeaning.SENTENCE,
)


def overview(parts: Parts) -> dict[str, object]:
    case, user, seen = parts.case, parts.user, parts.seen
    return (
        _verbs(case, user)
        | ending(case, user)
        | {
            "shown_by": shown_by(case, user),
            "readers_url": readers(case, user),
            "court": _court(parts) if "court" in seen else None,
            "people": _people(parts) if "survivors" in seen else None,
            "suspects": _suspects(parts) if "suspects" in seen else None,
            "to_do": first_to_do(case, user) if "to-do" in seen else None,
            "team": _team(parts) if "team" in seen else None,
            "can_assign": parts.may(Perm.CASE_ASSIGN),
            "assign_url": reverse("casework:assign", args=[case.pk]),
            "own_questions": _own_questions(parts),
            "timeline": timeline(case, user, size=MOST_EVENTS),
            "survivors_url": address(case.pk, "survivors"),
            "suspects_url": address(case.pk, "suspects"),
            "team_url": address(case.pk, "team"),
        }
    )


def _own_questions(parts: Parts) -> list[dict[str, object]]:
    own = OwnQuestions(parts.reader.verbs, *Noun.OF_CASE)
    return [asked for noun in Noun.OF_CASE for asked in own.about(noun, parts.case.pk)]


def _verbs(case: Case, user: User) -> dict[str, object]:
    """What this reader may do here; nothing, where the case is only shown."""
    if not user.scope.reaches(case, CONTENT):
        return {}
    moves = case_workflow.explained(case, user)
    return {
        "steps": [step for step, why_not in moves if not why_not],
        "not_now": [why for _step, why in moves if why],
        "move_url": reverse("casework:move", args=[case.pk]),
        "can_log_rescue": user.has_perm(Perm.RESCUE_LOG) and takes_work(case),
        "log_rescue_url": f"{reverse('intake:log-rescue')}?case={case.pk}",
        "offline_url": reverse("intake:check-out-case", args=[case.pk])
        if user.has_perm(Perm.EXTRACT_KEEP) and case.level < SEALED
        else "",
        "correct_url": reverse("casework:correct-case", args=[case.pk])
        if user.has_perm(Perm.CASE_CORRECT)
        else "",
    }


@dataclass(frozen=True)
class Line:
    """One proceeding: where it stands, and its next hearing, or one whose result is due."""

    docket: str
    court: str
    stage: str
    meaning: str
    next: Hearing | None
    today: date
    verbs: list[Button]

    @property
    def due(self) -> bool:
        """Whether the day of the hearing has come, and nothing is recorded of it."""
        return self.next is not None and self.next.listed_on <= self.today

    @property
    def in_days(self) -> str:
        return in_days(self.next.listed_on, self.today) if self.next else ""

    def when(self) -> tuple[date, time]:
        return (self.next.listed_on, self.next.listed_at or time()) if self.next else LAST


def _court(parts: Parts) -> dict[str, object]:
    """Each proceeding with its stage and its next date; above them the hearing that comes first."""
    reader = parts.reader
    waiting = reader.rows(Hearing).filter(result="").order_by("listed_on", "listed_at", "pk")
    hearings = by("prosecution_id", waiting)
    beside = ("court__jurisdiction", "jurisdiction")
    rows = reader.rows(Prosecution, *beside).with_stage().order_by("filed_on", "pk")
    lines = [_line(parts, row, next(iter(hearings[row.pk]), None)) for row in rows]
    ahead = sorted((line for line in lines if line.next), key=Line.when)
    first = ahead[0] if ahead else next(iter(lines), None)
    return {
        "next": ahead[0] if ahead else None,
        "progress": _progress(first) if first else [],
        "lines": lines[:MOST_PROCEEDINGS],
        "count": len(lines),
        "url": address(parts.case.pk, "court"),
    }


def _line(parts: Parts, row: Prosecution, hearing: Hearing | None) -> Line:
    stages, code = StageTable.of(row), getattr(row, "stage", "") or ""
    stage = stages.find(code)
    today = row.jurisdiction.today
    due = hearing is not None and hearing.listed_on <= today
    return Line(
        docket=row.docket,
        court=court_of(row),
        stage=stages.words_of(code),
        meaning=stage.means if stage else "",
        next=hearing,
        today=today,
        verbs=parts.reader.verbs(hearing, due and "prosecutions:record-hearing"),
    )


def _progress(line: Line) -> list[dict[str, str]]:
    """The way of a proceeding in the steps that every country has; none where it is not known."""
    if line.meaning not in STEPS:
        return []
    at = STEPS.index(line.meaning)
    states = ["done" if n < at else "now" if n == at else "" for n in range(len(STEPS))]
    return [
        {"label": str(StageMeaning(step).label), "state": state}
        for step, state in zip(STEPS, states, strict=True)
    ]


def _people(parts: Parts) -> dict[str, object]:
    """Those in danger stand first; of the others as many as there is room for."""
    first = sorted(parts.survivors, key=lambda row: row.victim.person not in parts.danger)
    rows = [_person(row, danger=row.victim.person in parts.danger) for row in first[:MOST_PEOPLE]]
    parts.tell(first[:MOST_PEOPLE])
    count = len(first)
    codes = ", ".join(row.code for row in first if row.victim.person in parts.danger)
    return {"rows": rows, "count": count, "more": count - len(rows), "danger": codes}


def _person(row: Involvement, *, danger: bool) -> dict[str, object]:
    return {
        "code": row.code,
        "label": row.victim.in_words,
        "url": reverse("desk:survivor", args=[row.pk]),
        "outcome": row.get_outcome_display(),
        "tone": OUTCOME_TONES.get(row.outcome, ""),
        "danger": danger,
    }


def _suspects(parts: Parts) -> dict[str, object]:
    status = parts.reader.statuses()
    every = parts.reader.rows(Suspect, "perpetrator")
    rows = in_order(row for row in every if row.pk in status)  # not who was named meanwhile
    lines = [
        {
            "code": row.code,
            "name": row.perpetrator.name,
            "role": row.get_role_display(),
            "url": reverse("prosecutions:perpetrator", args=[row.perpetrator_id]),
            "status": SuspectStatus(status[row.pk]).label,
            "tone": SUSPECT_TONES[status[row.pk]],
        }
        for row in rows[:MOST_SUSPECTS]
    ]
    return {"rows": lines, "count": len(rows), "more": len(rows) - len(lines)}


def _team(parts: Parts) -> list[str]:
    rows = parts.case.rows(Assignment, parts.user).in_force()
    return sorted(rows.values_list("user__name", flat=True))
