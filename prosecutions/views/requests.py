"""Requests to and from others, one page for each verb."""

from __future__ import annotations

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.models.records import ITS_CASE
from casework.views import RecordVerb
from prosecutions.forms.requests import RelateForm, ReminderForm, RequestAnswerForm, RequestForm
from prosecutions.models import AssistanceRequest
from prosecutions.services.requests import (
    answer_request,
    record_request,
    relate_request,
    remind_request,
)


class RecordRequest(RecordVerb):
    service, form_class, part = record_request, RequestForm, "requests"
    title = gettext_lazy("Record a request")
    intro = gettext_lazy("What we asked of others, or others of us, here or abroad.")
    submit_label = gettext_lazy("Save the request")

    def get_initial(self) -> dict[str, Any]:
        """Coming from a step of the investigation, that step is chosen; no other is offered."""
        return {"step": self.request.GET.get("step", "")}


class RequestVerb(RecordVerb):
    """A verb on a request, which its page names."""

    model: Any = AssistanceRequest
    beside = (*ITS_CASE, "jurisdiction", "agency")
    part = "requests"

    def about(self) -> list[tuple[Any, Any]]:
        row = self.target
        where = ", ".join(filter(None, (row.agency and row.agency.name, row.jurisdiction.name)))
        return [
            (row.get_direction_display(), row.get_kind_display()),
            (_("Where"), where),
            (_("Asked on"), date_format(row.asked_on, "j M Y")),
        ]


class RemindRequest(RequestVerb):
    service, form_class = remind_request, ReminderForm
    title = gettext_lazy("Record a reminder")
    intro = gettext_lazy("Each reminder is counted. The request still waits for its answer.")
    submit_label = gettext_lazy("Save the reminder")


class AnswerRequest(RequestVerb):
    service, form_class = answer_request, RequestAnswerForm
    title = gettext_lazy("Record the answer")
    intro = gettext_lazy("If part of it arrived, record the answer again when the rest arrives.")
    submit_label = gettext_lazy("Save the answer")

    def get_initial(self) -> dict[str, Any]:
        row = self.target
        return {"answer": row.answer, "answered_on": row.answered_on} if row.answer else {}


class RelateRequest(RequestVerb):
    service, form_class = relate_request, RelateForm
    title = gettext_lazy("What the request belongs to")
    intro = gettext_lazy("A step of the investigation, abuse online, or both.")

    def get_initial(self) -> dict[str, Any]:
        return {"step": self.target.step_id, "incident": self.target.incident_id}
