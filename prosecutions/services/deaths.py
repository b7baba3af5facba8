"""The death of an accused: it ends custody, and what is charged against them abates."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.permissions import Perm
from casework.services.cases import require_content, require_past
from core import audit
from core.services import Refused, amend, service
from prosecutions.enums import Attribution, Disposition, Lifted, PerpetratorKind, Release
from prosecutions.models import Arrest, Charge, ChargeDecision, Custody, Prosecution, Suspect
from prosecutions.services.courts import lift, record_judgment
from prosecutions.services.ending import end_sentencing

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import User


def require_alive(suspect: Suspect, day: date) -> None:
    """Nobody is arrested, held or charged after the day of their death."""
    died_on = Suspect.objects.values_list("died_on", flat=True).get(pk=suspect.pk)
    if died_on and died_on < day:
        said = {"day": date_format(died_on, "j M Y")}
        raise Refused(_("This person died on %(day)s, as is recorded.") % said)


@service(Perm.JUDGMENT_RECORD)
def record_death(
    suspect: Suspect,
    *,
    version: int,
    died_on: date | None,
    abated_on: date | None = None,
    actor: User,
) -> Suspect:
    """Record that an accused died, or put the day right: custody ends, what is open abates.

    `abated_on`: when the court closed the charges; left out, on the day of the death. An appeal
    against a judgment stays. Without a day a death is taken back that was recorded in error; the
    judgments it brought are entered in error by themselves. Raises `Stale`.
    """
    require_content(suspect.case, actor)
    _check(suspect, died_on, abated_on)
    if died_on is None:
        suspect = amend(suspect, version, died_on=None)
        audit.record("suspect.alive", suspect, actor=actor)
        return suspect
    held = _held(suspect, died_on)
    suspect = amend(suspect, version, died_on=died_on)
    if held:
        amend(held, held.version, ended_on=died_on, ended=Release.DIED)
    charges = _abate(suspect, abated_on or died_on, actor)
    for court in Prosecution.objects.filter(charges__suspect=suspect).distinct():
        end_sentencing(court)  # nobody is sentenced who is dead
    audit.record("suspect.died", suspect, actor=actor, charges=charges)
    return suspect


def _check(suspect: Suspect, died_on: date | None, abated_on: date | None) -> None:
    if died_on is None:
        if abated_on or not Suspect.objects.filter(pk=suspect.pk, died_on__isnull=False).exists():
            raise Refused(_("Give the day of the death."), "died_on")
        return
    require_past(suspect.case, died_on, *([abated_on] if abated_on else []))
    if suspect.perpetrator.kind == PerpetratorKind.ORGANISATION:
        raise Refused(_("An organisation does not die."))
    if abated_on and abated_on < died_on:
        raise Refused(_("A charge abates after the death."), "abated_on")
    if Arrest.objects.filter(suspect=suspect, arrested_on__gt=died_on).exists():
        raise Refused(_("An arrest of a later day is recorded."), "died_on")


def _held(suspect: Suspect, died_on: date) -> Custody | None:
    """The custody that the death ends; none is of a later day."""
    rows = Custody.objects.select_for_update().filter(suspect=suspect)
    later = Q(since__gt=died_on) | Q(ended_on__gt=died_on)
    if rows.filter(later | Q(ended=Release.DIED, ended_on__lt=died_on)).exists():
        raise Refused(_("The custody on record says otherwise."), "died_on")
    found: Custody | None = rows.in_force().first()
    return found


def _abate(suspect: Suspect, day: date, actor: User) -> int:
    """What is undecided or sleeps of the charges, proceeding by proceeding: how many there were."""
    mine = Charge.objects.filter(suspect=suspect)
    asleep = ChargeDecision.objects.asleep().filter(charge__in=list(mine))
    if asleep.filter(judgment__decided_on__gt=day).exists():
        raise Refused(_("A charge was archived or stayed later than that."), "abated_on")
    lift(asleep, lifted_on=day, lifted_for=Lifted.REVIVED)
    left = list(mine.undecided().select_related("prosecution__case").order_by("prosecution", "pk"))
    for _key, charges in groupby(left, key=lambda row: row.prosecution_id):
        rows = list(charges)
        try:
            record_judgment(
                rows[0].prosecution,
                decided_on=day,
                attribution=Attribution.STATE_ONLY,
                decisions=[(row, Disposition.ABATED) for row in rows],
                actor=actor,
            )
        except Refused as no:  # by the names of this form
            raise Refused(str(no), "abated_on") from None
    return len(left)
