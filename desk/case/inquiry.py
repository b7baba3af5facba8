"""The sections “Investigation” and “Abuse online” of a case page, as far as this reader may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.case_pages import address
from casework.enums import Answer, Programme
from casework.inquiry_codes import LeadEnd, StepKind, StepResult, StepStatus
from casework.models import (
    InvestigationStep,
    Lead,
    LeadWords,
    OnlineIncident,
    RescuePlan,
    StepWords,
)
from casework.models.inquiry import ELEMENTS
from core.shortcuts.together import read_together
from desk.court.reader import by, codes
from places.countries import country_in_words
from prosecutions.models import AssistanceRequest
from victims.models import IncidentSurvivor, Involvement

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import Model, QuerySet

    from casework.verbs import Button
    from desk.court.reader import Reader

LEAD_TONES: dict[str, str] = {"": "warn", LeadEnd.FOLLOWED_UP: "ok"}
STEP_TONES: dict[str, str] = {StepStatus.PLANNED: "info", StepStatus.DROPPED: ""}
RESULT_TONES: dict[str, str] = {StepResult.PENDING: "warn", StepResult.CONFIRMED: "ok"}
DEFINITION_TONES: dict[str, str] = {Answer.YES: "danger", Answer.NO: "", Answer.UNKNOWN: "warn"}

BEGIN = (
    "casework:record-lead",
    "casework:plan-step",
    "casework:record-step",
    "casework:plan-rescue",
)
REQUEST = ("prosecutions:record-request", gettext_lazy("Record a request to or from police"))


class Inquiry:
    """Leads, steps and abuse online of a case: four queries."""

    def __init__(self, reader: Reader) -> None:
        self.case, self.user, self.reader = reader.case, reader.user, reader
        self.verbs, self.today = reader.verbs, reader.case.jurisdiction.today
        self.requests = reader.once(AssistanceRequest, "agency", "jurisdiction")

    def shown(self) -> dict[str, Any]:
        return {
            "leads": self._leads(),
            "steps": self._steps(),
            "verbs": self.verbs(self.case, *BEGIN),
            "requests_url": address(self.case.pk, "requests"),
            "rescue_plans": self._rescue_plans(),
        }

    def _rescue_plans(self) -> list[dict[str, object]]:
        """Those that name this reader, without what they say: opening one is recorded."""
        rows = self.reader.rows(RescuePlan).order_by("-created_at")
        return [{"url": row.get_absolute_url(), "status": row.get_status_display()} for row in rows]

    def online(self, seen: set[str]) -> dict[str, object] | None:
        """Abuse online, where there is some, or where the case is about it.

        `seen`: the sections open to this reader; None where there is nothing to show.
        """
        rows = self.reader.rows(OnlineIncident).order_by("began_on", "created_at")
        concerned = IncidentSurvivor.objects.visible_to(self.user).in_force()
        concerned = concerned.filter(case=self.case).select_related("involvement")
        read_together(rows, concerned)
        if not rows and self.case.programme != Programme.OSEC:
            return None
        survivors, asked = by("incident_id", concerned), by("incident_id", self.requests)
        names = "survivors" in seen and bool(self.reader.once(Involvement, "victim"))
        return {
            "rows": [self._incident(row, survivors[row.pk], asked[row.pk], names) for row in rows],
            "verbs": self.verbs(self.case, "casework:record-incident"),
            "requests": self.verbs(self.case, rows and REQUEST),
        }

    def _leads(self) -> list[dict[str, object]]:
        rows = self.reader.rows(Lead, "jurisdiction", "passed_to")
        rows, words = rows.order_by("-received_on", "-created_at"), self._worded(LeadWords)
        read_together(rows, words)
        with_words = set(words)
        return [
            {
                "code": row.code,
                "source": row.get_source_display(),
                "reliability": row.get_reliability_display(),
                "place": str(row.jurisdiction),
                "received_on": row.received_on,
                "ended": row.get_ended_display() if row.ended else "",
                "ended_on": row.ended_on,
                "passed_to": row.passed_to.name if row.passed_to else "",
                "tone": LEAD_TONES.get(row.ended, ""),
                "words_url": self._words("lead-words", row, with_words),
                "verbs": self.verbs(
                    row,
                    ("casework:end-lead", row.ended and _("Change what became of it")),
                    "casework:correct-lead",
                ),
            }
            for row in rows
        ]

    def _steps(self) -> list[dict[str, object]]:
        """What is planned stands first, the next day above; then the rest, the latest above."""
        rows, words = self.reader.rows(InvestigationStep, "lead"), self._worded(StepWords)
        read_together(rows, words)
        with_words, asked = set(words), by("step_id", self.requests)
        planned = [row for row in rows if row.status == StepStatus.PLANNED]
        others = [row for row in rows if row.status != StepStatus.PLANNED]
        planned.sort(key=lambda row: (row.planned_for, row.created_at))
        others.sort(key=lambda row: (row.done_on or row.planned_for, row.created_at), reverse=True)
        return [self._step(row, asked[row.pk], with_words) for row in [*planned, *others]]

    def _step(self, row: Any, asked: list[Any], with_words: set[UUID]) -> dict[str, object]:
        planned, done = row.status == StepStatus.PLANNED, row.status == StepStatus.DONE
        abroad = planned and row.kind == StepKind.FOREIGN_REQUEST
        return {
            "code": row.code,
            "kind": row.get_kind_display(),
            "lead": row.lead.code if row.lead else "",
            "planned_for": row.planned_for,
            "done_on": row.done_on,
            "planned": planned,
            "overdue": planned and row.planned_for < self.today,
            "status": row.get_result_display() if done else row.get_status_display(),
            "tone": RESULT_TONES.get(row.result, "") if done else STEP_TONES[row.status],
            "requests": [_request(request) for request in asked],
            "version": row.version,
            "words_url": self._words("step-words", row, with_words),
            "verbs": self._request_of(row)
            if abroad
            else self.verbs(row, planned and "casework:finish-step"),
            "others": self.verbs(row, done and "casework:tell-result"),
            "drop": self.verbs(row, planned and "casework:drop-step"),
        }

    def _incident(
        self, row: OnlineIncident, survivors: list[Any], asked: list[Any], names: bool
    ) -> dict[str, Any]:
        meets = Answer(row.meets_definition)
        return {
            "code": row.code,
            "media": row.get_media_display(),
            "platform": row.get_platform_display(),
            "began_on": row.began_on,
            "ended_on": row.ended_on,
            "customer": country_in_words(row.customer_country),
            "paid": f"{row.currency} {row.amount:,.2f}" if row.amount is not None else "",
            "paid_by": row.get_paid_by_display() if row.paid_by else "",
            "elements": [_element(row, name) for name in ELEMENTS],
            "meets": meets.label,
            "tone": DEFINITION_TONES[meets],
            "survivors": codes(person.involvement for person in survivors),
            "requests": [_request(request) for request in asked],
            "verbs": self.verbs(
                row, "casework:correct-incident", names and "victims:incident-survivors"
            ),
        }

    def _worded(self, model: object) -> QuerySet[Model, UUID]:
        """Of which rows there are words that this reader may open."""
        rows: QuerySet[Model, UUID] = self.reader.rows(model).values_list("pk", flat=True)
        return rows

    def _words(self, name: str, row: Any, with_words: set[UUID]) -> str:
        return reverse(f"casework:{name}", args=[row.pk]) if row.pk in with_words else ""

    def _request_of(self, step: InvestigationStep) -> list[Button]:
        words = ("prosecutions:record-request", _("Record the request"))
        asked = self.verbs(self.case, words)
        return [button._replace(url=f"{button.url}?step={step.pk}") for button in asked]


def _element(row: OnlineIncident, name: str) -> dict[str, object]:
    field: Any = row._meta.get_field(name)
    return {"label": field.verbose_name, "answer": Answer(getattr(row, name)).label}


def _request(row: AssistanceRequest) -> dict[str, object]:
    where = row.agency.name if row.agency else str(row.jurisdiction)
    return {
        "kind": row.get_kind_display(),
        "direction": row.get_direction_display(),
        "where": where,
        "asked_on": row.asked_on,
        "answer": row.get_answer_display() if row.answer else "",
    }
