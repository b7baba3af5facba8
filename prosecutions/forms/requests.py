"""Forms about requests to and from others that differ from the plain ones of their verbs."""

from __future__ import annotations

from casework.forms import RecordForm, Today
from core.forms import begins, radios
from core.verbs.forms import form_of
from prosecutions.enums import Direction
from prosecutions.forms.fields import AnyAgency, CourtForm
from prosecutions.services.requests import (
    answer_request,
    record_request,
    relate_request,
    remind_request,
)

ASKED_BY_US = begins(Direction.TO, radios)


class InquiryForm(CourtForm):
    """Where the case has no steps or no abuse online to choose from, none is asked for."""

    def offer(self) -> None:
        for name in ("step", "incident"):
            if not self.fields[name].queryset.exists():  # type: ignore[attr-defined]
                del self.fields[name]


RelateForm = form_of(relate_request, InquiryForm)
RequestForm = form_of(
    record_request,
    InquiryForm,
    on={"direction": ASKED_BY_US, "agency": AnyAgency, "asked_on": Today},
)
ReminderForm = form_of(remind_request, RecordForm, on={"reminded_on": Today})
RequestAnswerForm = form_of(answer_request, RecordForm, on={"answer": radios, "answered_on": Today})
