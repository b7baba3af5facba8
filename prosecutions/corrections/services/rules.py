"""Rules of corrections: reports of the police, the end of a custody, stages, the day of framing."""

from __future__ import annotations

from copy import copy
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from casework.services.cases import require_past
from core.refusals import gettext as _
from core.services import Refused, amend
from prosecutions.contradictions.police import DEATH_ENDS_IT, REPORTED_EARLY, TAKE_TURNS
from prosecutions.contradictions.stages import OUT_OF_TURN
from prosecutions.enums import PoliceReportKind, Release, StageMeaning
from prosecutions.models import Charge, Custody, StageReached
from prosecutions.services.custody import bail_terms
from prosecutions.services.deaths import require_alive
from prosecutions.stages import StageTable

if TYPE_CHECKING:
    from prosecutions.models import PoliceReport, Prosecution


def check_report(_before: PoliceReport, row: PoliceReport) -> None:
    """Disposals and reopenings still take turns, in the order of their days."""
    require_past(row.case, row.reported_on)
    if row.reported_on < row.complaint.filed_on:
        raise Refused(REPORTED_EARLY, "reported_on")
    others = list(row.complaint.reports.exclude(pk=row.pk))
    if any((other.kind, other.reported_on) == (row.kind, row.reported_on) for other in others):
        raise Refused(_("This is already recorded for that day."))
    turns = sorted([*others, row], key=lambda report: (report.reported_on, report.created_at))
    for place, report in enumerate(turns):
        if (report.kind == PoliceReportKind.REOPENED) != bool(place % 2):
            raise Refused(TAKE_TURNS)


def check_custody(before: Custody, row: Custody) -> None:
    """How it ended and on what bail; or that it never ended: then of the end nothing is left."""
    if not before.ended:
        raise Refused(_("This custody has not ended: record the release."))
    if bool(row.ended) != bool(row.ended_on):
        raise Refused(_("Enter both the release date and the reason."), "ended_on")
    amount, currency = row.bail_amount, row.bail_currency
    bail_terms(row.ended, row.bail_conditions, row.sureties, amount, currency)
    if currency and amount is None:
        raise Refused(_("Enter an amount, or clear the currency."), "bail_currency")
    _check_breach(row)
    _check_end(row)
    _check_death(row)


def _check_end(row: Custody) -> None:
    if row.ended_on:
        require_past(row.case, row.ended_on)
        if row.ended_on < max(day for day in (row.since, row.in_court_on) if day):
            raise Refused(_("Custody cannot end before it began, or before the court."), "ended_on")
    later = Custody.objects.filter(suspect=row.suspect_id).exclude(pk=row.pk)
    later = later.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=row.since))
    if later.filter(Q(since__lt=row.ended_on) if row.ended_on else Q()).exists():
        raise Refused(_("This person was in custody again before that."), "ended_on")


def _check_death(row: Custody) -> None:
    """The dead are not held, and a death is recorded by itself, with what follows from it."""
    require_alive(row.suspect, row.ended_on or date.max)
    if row.ended == Release.DIED and row.ended_on != row.suspect.died_on:
        raise Refused(DEATH_ENDS_IT, "ended")


def _check_breach(row: Custody) -> None:
    if bool(row.breach) != bool(row.breached_on):
        raise Refused(
            _("Enter both the date of the breach and how bail was broken."), "breached_on"
        )
    if not row.breached_on:
        return
    require_past(row.case, row.breached_on)
    if row.ended not in Release.ON_BAIL:
        raise Refused(_("This person was not on bail. Clear the breach as well."), "breach")
    if row.ended_on and row.breached_on < row.ended_on:
        raise Refused(_("Bail cannot be broken before it was given."), "breached_on")


def check_stage(_before: StageReached, row: StageReached) -> None:
    """The day of a stage that was recorded by hand; the others follow what they come from."""
    if StageTable.of(row.prosecution).follows(row.stage):
        raise Refused(_("The day of this stage follows from another record: correct that."))
    require_past(row.case, row.reached_on)
    check_stage_day(row, row.reached_on)


def check_stage_day(row: StageReached, day: date) -> None:
    """It lies between the stages before and after it."""
    rows = list(row.prosecution.stages.order_by("reached_on", "created_at"))
    place = next(number for number, step in enumerate(rows) if step.pk == row.pk)
    if day < row.prosecution.filed_on or any(day < step.reached_on for step in rows[:place]):
        raise Refused(OUT_OF_TURN, "reached_on")
    if any(step.reached_on < day for step in rows[place + 1 :]):
        raise Refused(_("The stage after it was reached earlier than that."), "reached_on")
    if any(
        step.stage == row.stage and step.reached_on == day for step in rows if step.pk != row.pk
    ):
        raise Refused(_("This stage is already recorded for that day."), "reached_on")


def check_framing(before: Charge, row: Charge) -> None:
    """The day a charge was framed, or that it was not; first it is recorded."""
    if row.framed_on == before.framed_on:
        return
    if before.framed_on is None:
        raise Refused(
            _("This page corrects the date. Record that the charge was framed first."), "framed_on"
        )
    if row.framed_on:
        require_past(row.case, row.framed_on)
    stage, day = _stage_of_framing(before, row)
    if stage and day is None:
        raise Refused(_("No other charge was framed, so the stage keeps this date."), "framed_on")
    if stage and day:
        check_stage_day(stage, day)


def check_answer(before: Charge, row: Charge) -> None:
    """Plea and final provision, each with its day; like the framing, not after the judgment."""
    if bool(row.plea) != bool(row.pleaded_on):
        raise Refused(_("Enter both the answer and its date."), "pleaded_on")
    if bool(row.final_provision) != bool(row.amended_on):
        raise Refused(_("Enter the date of the new provision."), "amended_on")
    if not before.final_provision_id and row.final_provision_id == row.provision_id:
        words = _("The charge is already under this provision.")
        raise Refused(words, "final_provision")
    ends = row.decisions.first_instance().standing()
    judged = ends.values_list("judgment__decided_on", flat=True).first()
    for name in ("framed_on", "pleaded_on", "amended_on"):
        day = getattr(row, name)
        if day is None or day == getattr(before, name):
            continue
        require_past(row.case, day)
        if judged and judged < day:
            raise Refused(_("The court decided it before that date."), name)


def follow_framing(before: Charge, row: Charge) -> None:
    """The stage has the day on which the first charge was framed."""
    stage, day = _stage_of_framing(before, row)
    if stage and day and day != stage.reached_on:
        amend(stage, stage.version, reached_on=day)


def unframe(row: Charge) -> None:
    """Without this charge the stage has the day of the first one left, or was not reached."""
    if not row.framed_on:
        return
    never = copy(row)
    never.framed_on = None
    stage, day = _stage_of_framing(row, never)
    if stage and day is None:
        stage.delete()
    elif stage and day and day != stage.reached_on:
        check_stage_day(stage, day)
        amend(stage, stage.version, reached_on=day)


def _stage_of_framing(before: Charge, row: Charge) -> tuple[StageReached | None, date | None]:
    """The stage that followed from the first framing, and the day of the first one now."""
    prosecution: Prosecution = row.prosecution
    others: Any = prosecution.charges.exclude(pk=row.pk).filter(framed_on__isnull=False)
    days = list(others.values_list("framed_on", flat=True))
    first = min((day for day in (*days, before.framed_on) if day), default=row.filed_on)
    stages = prosecution.stages.filter(stage__in=StageTable.codes(StageMeaning.FRAMED))
    now = min((day for day in (*days, row.framed_on) if day), default=None)
    return stages.filter(reached_on=first).first(), now
