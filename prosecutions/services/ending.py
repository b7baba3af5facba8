"""When a proceeding has ended, and what becomes of its hearings then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Max
from django.utils.formats import date_format

from core.refusals import gettext as _
from core.services import Refused, amend
from prosecutions.contradictions import courts
from prosecutions.enums import HearingResult, Lifted, NoNextDate
from prosecutions.models import Appeal, ChargeDecision, Prosecution

if TYPE_CHECKING:
    from datetime import date

    from prosecutions.court_querysets import HearingQuerySet
    from prosecutions.querysets import DecisionQuerySet


def end_hearings(prosecution: Prosecution, field: str) -> None:
    """Where nothing is left to decide, no hearing is later than what ended the proceeding.

    One that took place later refuses the day (`field`); what is listed for later goes off the list.
    """
    later = after_the_end(prosecution)
    if held := later.recorded().order_by("listed_on").first():
        day = {"day": date_format(held.listed_on, "j M Y")}
        raise Refused(_("A later hearing is recorded: %(day)s.") % day, field)
    asleep = Prosecution.objects.with_asleep().get(pk=prosecution.pk).asleep_since
    _vacate(later.to_come(), NoNextDate.STAYED if asleep else NoNextDate.DISPOSED)


def end_sentencing(prosecution: Prosecution) -> None:
    """With the last sentence recorded, what was still listed for it goes off the list."""
    ahead = prosecution.hearings.to_come().filter(listed_on__gt=prosecution.jurisdiction.today)
    if ahead.exists() and not is_open(prosecution) and not awaits_sentence(prosecution):
        _vacate(ahead, NoNextDate.FINISHED)


def _vacate(hearings: HearingQuerySet, why: str) -> None:
    for hearing in hearings:
        amend(hearing, hearing.version, result=HearingResult.VACATED, no_next_date=why)


_BY_THE_END = (NoNextDate.DISPOSED, NoNextDate.STAYED)  # not for a mistake, nor a sentence given


def put_back(prosecution: Prosecution, since: date, until: date) -> None:
    """List again what was taken off, where the judgment turns out to be as late as `until`."""
    kept = prosecution.hearings.exclude(result=HearingResult.VACATED)
    listed = set(kept.values_list("listed_on", "purpose"))
    off = prosecution.hearings.filter(result=HearingResult.VACATED, listed_on__gt=since)
    off = off.filter(listed_on__lte=until, no_next_date__in=_BY_THE_END)
    for hearing in off.order_by("created_at"):
        if (hearing.listed_on, hearing.purpose) not in listed:
            listed.add((hearing.listed_on, hearing.purpose))
            amend(hearing, hearing.version, result="", no_next_date="")


def after_the_end(prosecution: Prosecution) -> HearingQuerySet:
    """Hearings later than what ended a proceeding; none while something is left to decide."""
    return prosecution.hearings.filter(courts.after_the_end())


def ended_on(prosecution: Prosecution) -> date | None:
    """The day of the last judgment, or of the last appeal against one that was withdrawn."""
    decided = ChargeDecision.objects.filter(judgment__prosecution=prosecution)
    decided = decided.exclude(lifted_for=Lifted.ERROR)
    judged = decided.aggregate(on=Max("judgment__decided_on"))
    appeals = Appeal.objects.filter(judgment__in=decided.values("judgment"))
    days = (judged["on"], appeals.aggregate(on=Max("withdrawn_on"))["on"])
    return max((day for day in days if day), default=None)


def is_open(prosecution: Prosecution) -> bool:
    """Whether something is left to decide."""
    answer: bool = Prosecution.objects.filter(pk=prosecution.pk).open().exists()
    return answer


def awaits_sentence(prosecution: Prosecution) -> bool:
    """Whether somebody convicted is still to be sentenced."""
    answer: bool = _decided(prosecution).without_sentence().exists()
    return answer


def _decided(prosecution: Prosecution) -> DecisionQuerySet:
    """Of its case, which costs less to ask first than what was decided last of a charge."""
    of_case = ChargeDecision.objects.filter(case=prosecution.case_id)
    return of_case.filter(judgment__prosecution=prosecution)


def reasons(prosecution: Prosecution) -> list[NoNextDate]:
    """Why there may be no next date, as it stands: that nothing is left only where it is so."""
    untrue: tuple[str, ...] = ()
    if is_open(prosecution):
        untrue = NoNextDate.NOTHING_LEFT
    elif awaits_sentence(prosecution):
        untrue = (NoNextDate.DISPOSED,)
    return [reason for reason in NoNextDate if reason not in untrue]
