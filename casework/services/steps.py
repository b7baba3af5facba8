"""Steps of an investigation: planned, done, with what they brought."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from casework.columns import Found, InWords
from casework.inquiry_codes import StepStatus
from casework.models import InvestigationStep, StepWords
from casework.services.cases import require_content, require_open_case, require_past
from casework.services.numbers import next_code
from casework.workflow import step_workflow
from core import audit
from core.refusals import gettext as _
from core.services import Refused, amend, service
from core.verbs.arguments import Column

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import User
    from casework.models import Case, Lead


@service(Perm.INQUIRY_RECORD, begins=True)
def add_step(
    case: Case,
    *,
    kind: str,
    lead: Lead | None = None,
    planned_for: Annotated[date | None, Column(ahead=True)] = None,
    done_on: date | None = None,
    result: str = "",
    text: InWords = "",
    actor: User,
) -> InvestigationStep:
    """Plan a step of the investigation, or record one that is done, with its result."""
    require_open_case(case, actor)
    if done_on is None and (planned_for is None or result):
        raise Refused(_("Say when it is planned, or when it was done and what it brought."))
    if done_on is not None and not result:
        raise Refused(_("Enter the result, or say that it is not known yet."), "result")
    if lead is not None and lead.case_id != case.pk:
        raise Refused(_("This lead belongs to another case."), "lead")
    require_past(case, *([done_on] if done_on else []))
    step = InvestigationStep.objects.create(
        case=case,
        code=next_code(InvestigationStep, "I", case),
        kind=kind,
        lead=lead,
        planned_for=planned_for,
        status=StepStatus.DONE if done_on else StepStatus.PLANNED,
        done_on=done_on,
        result=result,
    )
    _add_words(step, text)
    audit.record("step.recorded" if done_on else "step.planned", step, actor=actor, kind=kind)
    return step


@service(Perm.INQUIRY_RECORD, label=gettext_lazy("The step was taken"))
def finish_step(
    step: InvestigationStep,
    *,
    version: int,
    result: str,
    text: Found = "",
    done_on: date,
    actor: User,
) -> InvestigationStep:
    """Record when a step was taken, and its result. The result may come later. Raises `Stale`."""
    require_content(step.case, actor)
    require_past(step.case, done_on)
    done: InvestigationStep = step_workflow.apply(
        step, "finish", actor=actor, version=version, done_on=done_on, result=result
    )
    _add_words(done, text)
    return done


@service(Perm.INQUIRY_RECORD, label=gettext_lazy("What the step brought"))
def tell_result(
    step: InvestigationStep,
    *,
    version: int,
    result: str,
    text: Found = "",
    actor: User,
) -> InvestigationStep:
    """Record the result of a step. The former result stays in the history. Raises `Stale`."""
    require_content(step.case, actor)
    if step.status != StepStatus.DONE:
        raise Refused(_("This step has not been taken. Record first that it was."))
    row = amend(step, version, result=result)
    _add_words(row, text)
    audit.record("step.result", row, actor=actor, result=result)
    return row


@service(Perm.INQUIRY_RECORD)
def drop_step(step: InvestigationStep, *, version: int, actor: User) -> InvestigationStep:
    """Say that a planned step will not be taken. Raises `Stale`."""
    require_content(step.case, actor)
    dropped: InvestigationStep = step_workflow.apply(step, "drop", actor=actor, version=version)
    return dropped


@service(Perm.INQUIRY_READ)
def open_step(words: StepWords, *, actor: User) -> dict[str, object]:
    """Show what a step says. Looking is an act, so it leaves a mark."""
    audit.read("step.opened", words, actor=actor)
    return {"id": words.pk, "code": words.step.code, "text": words.text}


def _add_words(step: InvestigationStep, text: str) -> None:
    """What is told later stands below what was told before."""
    if not (text := text.strip()):
        return
    words = StepWords.objects.filter(step=step).first()
    if words is None:
        StepWords.objects.create(id=step.pk, case=step.case, step=step, text=text)
        return
    words.text, words.version = "\n\n".join((str(words.text), text)), words.version + 1
    words.save(update_fields=["text", "version", "updated_at"])
