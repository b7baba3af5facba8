"""Requests to and from police, laboratories, courts and others, here or abroad."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from casework.inquiry_codes import StepResult, StepStatus
from casework.services.cases import require_content, require_open_case, require_past
from casework.services.steps import finish_step
from core import audit
from core.refusals import gettext as _
from core.services import Refused, amend, service
from core.verbs.arguments import Column
from prosecutions.enums import RequestAnswer
from prosecutions.models import AssistanceRequest
from prosecutions.services.courts import check_office, same_case

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import User
    from casework.models import Case, InvestigationStep, OnlineIncident
    from places.models import Agency, Jurisdiction
    from prosecutions.models import Prosecution


@service(Perm.REQUEST_RECORD, label=gettext_lazy("Record a request"), begins=True)
def record_request(
    case: Case,
    *,
    direction: str,
    kind: str,
    jurisdiction: Jurisdiction,
    agency: Agency | None = None,
    prosecution: Prosecution | None = None,
    step: InvestigationStep | None = None,
    incident: OnlineIncident | None = None,
    asked_on: date,
    actor: User,
) -> AssistanceRequest:
    """Record a request of ours to others, or of theirs to us, here or abroad.

    A planned `step` of the investigation is taken by it.
    """
    require_open_case(case, actor)
    require_past(case, asked_on)
    if prosecution:
        same_case(case.pk, prosecution)
    _require_of_case(case, step, incident)
    check_office(agency, jurisdiction)
    request = AssistanceRequest.objects.create(
        case=case,
        direction=direction,
        kind=kind,
        jurisdiction=jurisdiction,
        agency=agency,
        prosecution=prosecution,
        step=step,
        incident=incident,
        asked_on=asked_on,
    )
    if step:
        _take(step, asked_on, actor)
    audit.record("request.recorded", request, actor=actor, direction=direction, kind=kind)
    return request


@service(Perm.REQUEST_RECORD, label=gettext_lazy("What the request belongs to"))
def relate_request(
    request: AssistanceRequest,
    *,
    version: int,
    step: Annotated[InvestigationStep | None, Column(null=True)] = None,
    incident: Annotated[OnlineIncident | None, Column(null=True)] = None,
    actor: User,
) -> AssistanceRequest:
    """Choose a step of the investigation, abuse online, or both. Raises `Stale`."""
    require_content(request.case, actor)
    _require_of_case(request.case, step, incident)
    related = amend(request, version, step=step, incident=incident)
    audit.record("request.related", related, actor=actor)
    return related


@service(Perm.REQUEST_RECORD, label=gettext_lazy("Record a reminder"))
def remind_request(
    request: AssistanceRequest, *, reminded_on: date, actor: User
) -> AssistanceRequest:
    """Record a reminder. Each is counted; the request still waits for its answer."""
    require_content(request.case, actor)
    require_past(request.case, reminded_on)
    request = AssistanceRequest.objects.select_for_update().get(pk=request.pk)
    if request.answer not in RequestAnswer.WAITS:
        raise Refused(_("This request is already answered."))
    days = (request.asked_on, request.reminded_on, request.answered_on)
    if reminded_on < max(day for day in days if day):
        raise Refused(
            _("A reminder cannot be earlier than the request, its answers or earlier reminders.")
        )
    request.reminders += 1
    request.reminded_on = reminded_on
    request.version += 1
    request.save(update_fields=["reminders", "reminded_on", "version", "updated_at"])
    audit.record("request.reminded", request, actor=actor, reminders=request.reminders)
    return request


@service(Perm.REQUEST_RECORD, label=gettext_lazy("Record the answer"))
def answer_request(
    request: AssistanceRequest, *, version: int, answer: str, answered_on: date, actor: User
) -> AssistanceRequest:
    """Record the answer; again, when the rest arrives. Raises `Stale`.

    In part, it goes on waiting for the rest.
    """
    require_content(request.case, actor)
    require_past(request.case, answered_on)
    if answered_on < request.asked_on:
        raise Refused(_("The answer cannot be earlier than the request."))
    answered = amend(request, version, answer=answer, answered_on=answered_on)
    audit.record("request.answered", answered, actor=actor, answer=answer)
    return answered


def _take(step: InvestigationStep, asked_on: date, actor: User) -> None:
    """To have asked is to have taken the step that was planned; its result is awaited."""
    if step.status == StepStatus.PLANNED:
        finish_step(
            step, version=step.version, done_on=asked_on, result=StepResult.PENDING, actor=actor
        )


def _require_of_case(case: Case, *rows: InvestigationStep | OnlineIncident | None) -> None:
    if any(row is not None and row.case_id != case.pk for row in rows):
        raise Refused(_("This belongs to another case."))
