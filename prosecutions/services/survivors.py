"""Survivors before police and courts: how they take part, what protects them, what accuses them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from casework.services.cases import require_content, require_open_case, require_past
from core import audit
from core.refusals import gettext as _
from core.services import Refused, amend, service
from prosecutions.columns import ParticipationColumns
from prosecutions.contradictions.survivors import ASKED_EARLY, TESTIFIED_EARLY
from prosecutions.enums import TakingPart
from prosecutions.models import Accusation, Participation, ProtectiveMeasure
from prosecutions.services.courts import same_case
from victims.contradictions import BEFORE_RESCUE
from victims.models import Involvement

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import User
    from places.models import Jurisdiction
    from prosecutions.models import Prosecution


@service(Perm.PARTICIPATION_RECORD, label=gettext_lazy("Record how a survivor takes part"))
def record_participation(
    involvement: Involvement,
    *,
    kind: str,
    happened_on: date,
    declined_for: str = "",
    accompanied_by: str = "",
    prosecution: Prosecution | None = None,
    travelled_from: Jurisdiction | None = None,
    actor: User,
) -> Participation:
    """Record each step when it happens. A person who declined may agree later."""
    require_content(involvement.case, actor)
    Involvement.objects.select_for_update().get(pk=involvement.pk)  # no twin at the same moment
    step = Participation(
        case=involvement.case,
        involvement=involvement,
        kind=kind,
        happened_on=happened_on,
        declined_for=declined_for,
        accompanied_by=accompanied_by,
        prosecution=prosecution,
        travelled_from=travelled_from,
    )
    _check_step(step)
    step.save(force_insert=True)
    audit.record("participation.recorded", step, actor=actor, kind=kind)
    return step


@service(Perm.PARTICIPATION_RECORD, label=gettext_lazy("Correct how a survivor took part"))
def correct_participation(
    step: Participation, *, version: int, actor: User, **changes: Unpack[ParticipationColumns]
) -> Participation:
    """Correct how a survivor took part; the former entry stays in the history. Raises `Stale`."""
    require_content(step.case, actor)
    Involvement.objects.select_for_update().get(pk=step.involvement_id)
    wanted = Participation.objects.get(pk=step.pk)
    for name, value in changes.items():
        setattr(wanted, name, value)
    _check_step(wanted)
    corrected = amend(step, version, **changes)
    audit.record("participation.corrected", corrected, actor=actor, fields=sorted(changes))
    return corrected


def _check_step(step: Participation) -> None:
    require_past(step.case, step.happened_on, field="happened_on")
    met = step.involvement.rescue
    if met and step.happened_on < met.occurred_on:
        raise Refused(BEFORE_RESCUE, "happened_on")
    _check_declining(step)
    _check_place(step)
    twins = Participation.objects.filter(involvement=step.involvement_id, kind=step.kind)
    twins = twins.filter(happened_on=step.happened_on, prosecution=step.prosecution)
    if twins.exclude(pk=step.pk).exists():
        raise Refused(_("This step is already recorded for that day."), "happened_on")


def _check_declining(step: Participation) -> None:
    declined = step.kind == TakingPart.DECLINED
    if declined and not step.declined_for:
        raise Refused(_("Say why the person does not take part."), "declined_for")
    if not declined and step.declined_for:
        raise Refused(_("Enter a reason only if the person declined."), "declined_for")
    if declined and (step.accompanied_by or step.travelled_from):
        words = _("The person declined, so leave out who went along and the country.")
        raise Refused(words, "accompanied_by" if step.accompanied_by else "travelled_from")


def _check_place(step: Participation) -> None:
    court = step.prosecution
    if court:
        same_case(step.case_id, court, field="prosecution")
    if step.kind in TakingPart.TESTIMONY and court is None:
        raise Refused(_("Say in which proceeding this was."), "prosecution")
    if step.kind in TakingPart.TESTIMONY and court and step.happened_on < court.filed_on:
        raise Refused(TESTIFIED_EARLY, "happened_on")
    where = court.jurisdiction if court else step.case.jurisdiction
    if step.travelled_from and step.travelled_from.country == where.country:
        words = _("Enter the country only if the person came from another one.")
        raise Refused(words, "travelled_from")


@service(Perm.PARTICIPATION_RECORD, label=gettext_lazy("Ask for protection"), begins=True)
def ask_protection(
    involvement: Involvement,
    *,
    kind: str,
    asked_on: date,
    prosecution: Prosecution | None = None,
    actor: User,
) -> ProtectiveMeasure:
    """Record what was asked of a court or the police so that a survivor can take part."""
    require_open_case(involvement.case, actor)
    Involvement.objects.select_for_update().get(pk=involvement.pk)
    measure = ProtectiveMeasure(
        case=involvement.case,
        involvement=involvement,
        kind=kind,
        asked_on=asked_on,
        prosecution=prosecution,
    )
    check_protection(measure)
    measure.save(force_insert=True)
    audit.record("measure.asked", measure, actor=actor, kind=kind)
    return measure


def check_protection(measure: ProtectiveMeasure) -> None:
    """Asked of a court of the case while it sat, and not asked twice at once."""
    require_past(measure.case, measure.asked_on, field="asked_on")
    court = measure.prosecution
    if court:
        same_case(measure.case_id, court, field="prosecution")
    if court and measure.asked_on < court.filed_on:
        raise Refused(ASKED_EARLY, "asked_on")
    waiting = ProtectiveMeasure.objects.filter(involvement=measure.involvement_id, answer="")
    twins = waiting.filter(kind=measure.kind, prosecution=court).exclude(pk=measure.pk)
    if not measure.answer and twins.exists():
        raise Refused(_("This has already been asked for and is not answered yet."), "kind")


@service(Perm.PARTICIPATION_RECORD, label=gettext_lazy("Record the answer"))
def answer_protection(
    measure: ProtectiveMeasure, *, version: int, answer: str, answered_on: date, actor: User
) -> ProtectiveMeasure:
    """Record whether the protection was granted. Raises `Stale`."""
    require_content(measure.case, actor)
    require_past(measure.case, answered_on)
    if answered_on < measure.asked_on:
        raise Refused(_("The answer cannot be earlier than the request."))
    answered = amend(measure, version, answer=answer, answered_on=answered_on)
    audit.record("measure.answered", answered, actor=actor, answer=answer)
    return answered


@service(
    Perm.ACCUSATION_RECORD, label=gettext_lazy("Record that a survivor is accused"), begins=True
)
def record_accusation(
    involvement: Involvement, *, offence: str, accused_on: date, actor: User
) -> Accusation:
    """Record that a survivor is accused. Everyone on the case is warned until it ends."""
    require_open_case(involvement.case, actor)
    Involvement.objects.select_for_update().get(pk=involvement.pk)
    accusation = Accusation(
        case=involvement.case, involvement=involvement, offence=offence, accused_on=accused_on
    )
    check_accusation(accusation)
    accusation.save(force_insert=True)
    audit.record("accusation.recorded", accusation, actor=actor, offence=offence)
    return accusation


def check_accusation(accusation: Accusation) -> None:
    """It has begun, and one that has not ended stands once."""
    require_past(accusation.case, accusation.accused_on, field="accused_on")
    still = Accusation.objects.filter(involvement=accusation.involvement_id, ended="")
    twins = still.filter(offence=accusation.offence).exclude(pk=accusation.pk)
    if not accusation.ended and twins.exists():
        words = _("This accusation is already recorded, and has not ended.")
        raise Refused(words, "offence")


@service(Perm.ACCUSATION_RECORD, label=gettext_lazy("Record how it ended"))
def end_accusation(
    accusation: Accusation, *, version: int, ended: str, ended_on: date, actor: User
) -> Accusation:
    """Record how it ended; also after a conviction, which a court may set aside later. Raises
    `Stale`.

    Raises `Stale`.
    """
    require_content(accusation.case, actor)
    require_past(accusation.case, ended_on)
    if ended_on < accusation.accused_on:
        raise Refused(_("It cannot end before it began."))
    over = amend(accusation, version, ended=ended, ended_on=ended_on)
    audit.record("accusation.ended", over, actor=actor, how=ended)
    return over
