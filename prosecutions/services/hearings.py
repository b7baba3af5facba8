"""Listing hearings and recording what came of them, so that no matter falls out of the list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Unpack

from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from casework.services.cases import require_content, require_open_case
from core import audit
from core.contradictions import refuse
from core.refusals import gettext as _
from core.services import Refused, amend, service
from core.verbs.arguments import Column
from prosecutions.columns import SittingColumns
from prosecutions.contradictions.courts import HEARD_EARLY
from prosecutions.enums import HearingPurpose, HearingResult
from prosecutions.models import Hearing, Prosecution
from prosecutions.services.ending import awaits_sentence, is_open, reasons

if TYPE_CHECKING:
    from datetime import date, time

    from accounts.models import User


@service(Perm.HEARING_LIST, label=gettext_lazy("List a hearing"), begins=True)
def list_hearing(
    prosecution: Prosecution,
    *,
    listed_on: Annotated[date, Column(ahead=True)],
    listed_at: time | None = None,
    purpose: str,
    actor: User,
    **of: Unpack[SittingColumns],
) -> Hearing:
    """Record a hearing that a court has listed."""
    require_open_case(prosecution.case, actor)
    prosecution = Prosecution.objects.select_for_update().get(pk=prosecution.pk)
    hearing = _list(prosecution, listed_on, listed_at, purpose, **of)
    audit.record("hearing.listed", hearing, actor=actor)
    return hearing


@service(Perm.HEARING_LIST, label=gettext_lazy("Change a listed hearing"), begins=True)
def move_hearing(
    hearing: Hearing,
    *,
    version: int,
    listed_on: Annotated[date, Column(ahead=True)],
    listed_at: time | None = None,
    purpose: str,
    actor: User,
    **changes: Unpack[SittingColumns],
) -> Hearing:
    """Change the day, place or purpose of a hearing without a result. Raises `Stale`."""
    require_open_case(hearing.case, actor)
    prosecution = Prosecution.objects.select_for_update().get(pk=hearing.prosecution_id)
    if hearing.result:
        raise Refused(_("The result of this hearing is already recorded."))
    _check_listing(prosecution, listed_on, purpose, but=hearing)
    day = {"listed_on": listed_on, "listed_at": listed_at, "purpose": purpose}
    moved = amend(hearing, version, **day, **changes)
    refuse(moved)
    audit.record("hearing.moved", moved, actor=actor)
    return moved


@service(Perm.HEARING_RECORD, label=gettext_lazy("Record a hearing"))
def record_hearing(
    hearing: Hearing,
    *,
    result: Annotated[str, Column(codes=HearingResult.RECORDED)],
    adjourned_for: str = "",
    next_on: Annotated[date | None, Column(ahead=True)] = None,
    next_at: time | None = None,
    next_purpose: Annotated[str, Column(codes=HearingPurpose)] = "",
    no_next_date: str = "",
    actor: User,
) -> Hearing:
    """Record the result of a hearing, with the next date or the reason there is none.

    Neither is asked where another hearing is already listed or nothing is left to decide.
    """
    (require_open_case if next_on else require_content)(hearing.case, actor)
    prosecution = Prosecution.objects.select_for_update().get(pk=hearing.prosecution_id)
    hearing = Hearing.objects.select_for_update().get(pk=hearing.pk)
    if hearing.result:
        raise Refused(_("The result of this hearing is already recorded."))
    if hearing.listed_on > prosecution.jurisdiction.today:
        raise Refused(_("This hearing has not taken place yet."))
    _check_result(result, adjourned_for)
    _check_next(prosecution, hearing, next_on, no_next_date)
    hearing.result, hearing.adjourned_for = result, adjourned_for
    hearing.no_next_date = no_next_date
    hearing.version += 1
    hearing.save(update_fields=["result", "adjourned_for", "no_next_date", "version", "updated_at"])
    refuse(hearing, field="result")
    if next_on:
        purpose = next_purpose or hearing.purpose
        _list(prosecution, next_on, next_at, purpose, follows=hearing, **sitting_of(hearing))
    audit.record("hearing.recorded", hearing, actor=actor, result=result)
    return hearing


@service(Perm.HEARING_RECORD, label=gettext_lazy("Correct the result of a hearing"))
def correct_result(
    hearing: Hearing,
    *,
    version: int,
    result: Annotated[str, Column(codes=HearingResult.RECORDED)],
    adjourned_for: str = "",
    no_next_date: Annotated[str | None, Column(blank=True)] = None,
    actor: User,
) -> Hearing:
    """Correct the result of a hearing, or the reason for no next date. The former ones stay in
    the history.

    Fields left out stay as they are.
    """
    require_content(hearing.case, actor)
    prosecution = Prosecution.objects.select_for_update().get(pk=hearing.prosecution_id)
    if hearing.result not in HearingResult.TOOK_PLACE:
        raise Refused(_("No result of this hearing is recorded."))
    _check_result(result, adjourned_for)
    changes = {"result": result, "adjourned_for": adjourned_for}
    if no_next_date is not None:
        _check_reason(prosecution, hearing, no_next_date)
        changes["no_next_date"] = no_next_date
    corrected = amend(hearing, version, **changes)
    audit.record("hearing.corrected", corrected, actor=actor, result=result)
    return corrected


def _list(
    prosecution: Prosecution,
    listed_on: date,
    listed_at: time | None,
    purpose: str,
    follows: Hearing | None = None,
    **of: Unpack[SittingColumns],
) -> Hearing:
    _check_listing(prosecution, listed_on, purpose)
    return Hearing.objects.create(
        case=prosecution.case,
        prosecution=prosecution,
        follows=follows,
        listed_on=listed_on,
        listed_at=listed_at,
        purpose=purpose,
        **of,
    )


def sitting_of(hearing: Hearing | None) -> SittingColumns:
    """Room, judge and counsel, which mostly stay from one hearing to the next."""
    if hearing is None:
        return {}
    return {"room": hearing.room, "judge": hearing.judge, "counsel": hearing.counsel}


def _check_listing(
    prosecution: Prosecution, day: date, purpose: str, but: Hearing | None = None
) -> None:
    """For a hearing that is listed, and for one that is moved."""
    if not is_open(prosecution):
        if not awaits_sentence(prosecution):
            raise Refused(
                _("All charges before this court are decided. There is nothing left to hear.")
            )
        if purpose not in HearingPurpose.OF_SENTENCE:
            words = _("Only the sentence is still to come. List the hearing for the sentence.")
            raise Refused(words, "purpose")
    if day < prosecution.filed_on:
        raise Refused(HEARD_EARLY, "listed_on")
    check_twins(prosecution, day, purpose, but)


def check_twins(
    prosecution: Prosecution,
    day: date,
    purpose: str,
    but: Hearing | None = None,
    field: str | None = None,
) -> None:
    """For one purpose a court hears a matter once a day."""
    twins = prosecution.hearings.exclude(result=HearingResult.VACATED)
    twins = twins.filter(listed_on=day, purpose=purpose)
    if twins.exclude(pk=but and but.pk).exists():
        raise Refused(_("This hearing is already listed for that day."), field)


def following(hearing: Hearing) -> Hearing | None:
    """The next hearing that was made of its result, unless that was taken off the list."""
    rows = Hearing.objects.filter(follows=hearing).exclude(result=HearingResult.VACATED)
    row: Hearing | None = rows.first()
    return row


def _check_result(result: str, adjourned_for: str) -> None:
    if result == HearingResult.ADJOURNED and not adjourned_for:
        raise Refused(_("Say why it was adjourned."))
    if result != HearingResult.ADJOURNED and adjourned_for:
        raise Refused(_("Give a reason only for an adjournment."))


def _check_reason(prosecution: Prosecution, hearing: Hearing, no_next_date: str) -> None:
    """Where another hearing follows there is a date; without one somebody said why."""
    _check_true(prosecution, no_next_date)
    if no_next_date and following(hearing):
        raise Refused(_("Another hearing is already listed after this one."), "no_next_date")
    if hearing.no_next_date and not no_next_date:
        _check_next(prosecution, hearing, None, "")


def _check_true(prosecution: Prosecution, no_next_date: str) -> None:
    if no_next_date and no_next_date not in reasons(prosecution):
        words = _("Charges are undecided or a sentence is still to come. Choose another reason.")
        raise Refused(words, "no_next_date")


def _check_next(
    prosecution: Prosecution, hearing: Hearing, next_on: date | None, no_next_date: str
) -> None:
    if next_on and no_next_date:
        raise Refused(_("Enter the next date or the reason there is none, not both."))
    _check_true(prosecution, no_next_date)
    if next_on and next_on <= hearing.listed_on:
        raise Refused(_("The next hearing must be after this one."))
    listed = prosecution.hearings.to_come().exclude(pk=hearing.pk)
    if next_on or no_next_date or listed.exists():
        return
    if is_open(prosecution):
        raise Refused(_("Enter the next date, or why there is none."))
