"""Putting right a hearing that has a result: when it was and what for, or that it had none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from casework.services.cases import require_content
from core import audit
from core.refusals import gettext as _
from core.services import Refused, amend, service
from prosecutions.columns import Because
from prosecutions.contradictions.courts import HEARD_AHEAD, HEARD_EARLY
from prosecutions.enums import HearingResult
from prosecutions.models import Hearing, Prosecution
from prosecutions.services.ending import after_the_end
from prosecutions.services.hearings import check_twins, following

if TYPE_CHECKING:
    from accounts.models import User


@service(Perm.COURT_CORRECT, label=gettext_lazy("Take back the result of a hearing"))
def take_back_result(hearing: Hearing, *, version: int, reason: Because, actor: User) -> Hearing:
    """Take back a result that belongs to another matter. The next hearing listed with it is
    taken off the list, and the true result is due.

    Raises `Stale`.

    With it goes why there was no next date; the next hearing that was made of it goes off the
    list for good. No stage follows from a hearing.
    """
    require_content(hearing.case, actor)
    Prosecution.objects.select_for_update().get(pk=hearing.prosecution_id)
    require_result(Hearing.objects.get(pk=hearing.pk))
    made = Hearing.objects.filter(follows=hearing).first()
    if made and made.result in HearingResult.TOOK_PLACE:
        words = _("The next hearing, on %(day)s, already has a result. Take that back first.")
        raise Refused(words % _day(made))
    nothing = {"adjourned_for": "", "no_next_date": ""}
    taken = amend(hearing, version, result="", **nothing)
    if made:  # it lets go, so that another may follow when the true result is recorded
        amend(made, made.version, result=HearingResult.VACATED, follows=None, **nothing)
    audit.record("hearing.taken_back", taken, actor=actor, reason=reason)
    return taken


def require_result(hearing: Hearing) -> None:
    """What is still to come is changed, or taken off the list, by other verbs."""
    if hearing.result not in HearingResult.TOOK_PLACE:
        raise Refused(_("No result of this hearing is recorded."))


def check_hearing(before: Hearing, row: Hearing) -> None:
    """It has taken place, between the one before and the one after, and once."""
    require_result(before)
    court, day = row.prosecution, row.listed_on
    if day > court.jurisdiction.today:
        raise Refused(HEARD_AHEAD, "listed_on")
    if day < court.filed_on:
        raise Refused(HEARD_EARLY, "listed_on")
    if row.follows and day <= row.follows.listed_on:
        words = _("The previous hearing was on %(day)s.") % _day(row.follows)
        raise Refused(words, "listed_on")
    if (later := following(row)) and later.listed_on <= day:
        raise Refused(_("The next hearing is on %(day)s.") % _day(later), "listed_on")
    check_twins(court, day, row.purpose, row, _changed(before, row))


def follow_hearing(before: Hearing, row: Hearing) -> None:
    """Nothing was heard after everything was decided, but a sentence."""
    if after_the_end(row.prosecution).filter(pk=row.pk).exists():
        words = _("All charges before this court were decided before that day.")
        raise Refused(words, _changed(before, row))


def _changed(before: Hearing, row: Hearing) -> str:
    return "listed_on" if row.listed_on != before.listed_on else "purpose"


def _day(hearing: Hearing) -> dict[str, str]:
    return {"day": date_format(hearing.listed_on, "j M Y")}
