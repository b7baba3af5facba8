"""The death of an accused: it ends custody, and what is charged against them abates."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from casework.services.cases import require_content, require_past
from core import audit
from core.refusals import gettext as _
from core.services import Refused, amend, as_it_stands, service
from prosecutions.columns import Abated
from prosecutions.enums import Attribution, Disposition, Lifted, PerpetratorKind, Release
from prosecutions.models import Arrest, Charge, ChargeDecision, Custody, Prosecution, Suspect
from prosecutions.services.courts import lift, record_judgment
from prosecutions.services.ending import end_sentencing

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import User


def hold(suspect: Suspect) -> Suspect:
    """The suspect as it stands, behind the locks of the proceedings, in the order of all others."""
    against = Charge.objects.filter(suspect=suspect).values("prosecution")
    list(Prosecution.objects.select_for_update().filter(pk__in=against).order_by("pk"))
    return as_it_stands(suspect)


def require_alive(suspect: Suspect, day: date) -> None:
    """Nobody is arrested, held or charged after the day of their death; which waits meanwhile."""
    died_on = as_it_stands(suspect).died_on
    if died_on and died_on < day:
        values = {"day": date_format(died_on, "j M Y")}
        raise Refused(_("This person is recorded as having died on %(day)s.") % values)


@service(Perm.JUDGMENT_RECORD, label=gettext_lazy("Record a death"))
def record_death(
    suspect: Suspect,
    *,
    version: int,
    died_on: date | None,
    abated_on: Abated = None,
    actor: User,
) -> Suspect:
    """Record the death of a suspect, or correct its date. It ends any custody and records open
    charges as abated. An appeal stays open until the court says what becomes of it.

    `abated_on`: when the court closed the charges; left out, on the day of the death. An appeal
    against a judgment stays. Without a day a death is taken back that was recorded in error:
    the custody it ended goes on; the judgments it brought are entered in error by themselves.
    Raises `Stale`.
    """
    require_content(suspect.case, actor)
    known = hold(suspect)
    _check(known, died_on, abated_on)
    held = _held(known, died_on)
    suspect = amend(suspect, version, died_on=died_on)
    if held and held.ended_on != died_on:
        amend(held, held.version, ended_on=died_on, ended=Release.DIED if died_on else "")
    if died_on is None:
        audit.record("suspect.alive", suspect, actor=actor)
        return suspect
    charges = _abate(suspect, abated_on or died_on, actor)
    for court in Prosecution.objects.filter(charges__suspect=suspect).distinct():
        end_sentencing(court)  # nobody is sentenced who is dead
    audit.record("suspect.died", suspect, actor=actor, charges=charges)
    return suspect


def died_in_custody(suspect: Suspect, died_on: date, actor: User) -> None:
    """The same where a custody is said to have ended so."""
    try:
        record_death(suspect, version=suspect.version, died_on=died_on, actor=actor)
    except Refused as no:
        if no.field != "abated_on":
            raise Refused(no.words, "ended_on") from None
        words = _(
            "The charges cannot abate on that day. Record the death first; it ends the custody."
        )
        raise Refused(words, "ended") from None


def _check(suspect: Suspect, died_on: date | None, abated_on: date | None) -> None:
    if died_on is None:
        if abated_on or not suspect.died_on:
            raise Refused(_("Enter the date of death."), "died_on")
        return
    require_past(suspect.case, died_on, *([abated_on] if abated_on else []))
    if suspect.perpetrator.kind == PerpetratorKind.ORGANISATION:
        raise Refused(_("Only a person can be recorded as dead."))
    if abated_on and abated_on < died_on:
        raise Refused(_("Charges cannot abate before the date of death."), "abated_on")
    if Arrest.objects.filter(suspect=suspect, arrested_on__gt=died_on).exists():
        raise Refused(_("A later arrest is recorded."), "died_on")
    decided = ChargeDecision.objects.filter(charge__suspect=suspect).first_instance()
    verdicts = decided.filter(disposition__in=Disposition.VERDICTS)
    verdicts = verdicts.exclude(lifted_for=Lifted.ERROR)
    if verdicts.filter(judgment__decided_on__gt=died_on).exists():
        raise Refused(_("A later verdict is recorded."), "died_on")
    abated = decided.standing().filter(disposition=Disposition.ABATED)
    abated = abated.filter(judgment__decided_on__gte=suspect.died_on or died_on)
    if abated.filter(judgment__decided_on__lt=died_on).exists():
        words = _("A charge abated on an earlier day. Correct the day of that judgment first.")
        raise Refused(words, "died_on")


def _held(suspect: Suspect, died_on: date | None) -> Custody | None:
    """The custody that the death ends, or has ended as it was known; none is of a later day."""
    rows = Custody.objects.select_for_update().filter(suspect=suspect)
    own = Q(ended=Release.DIED, ended_on=suspect.died_on) if suspect.died_on else Q(pk__in=[])
    if died_on:
        others = rows.exclude(own)
        begun = rows.filter(Q(since__gt=died_on) | Q(in_court_on__gt=died_on))
        ended = Q(ended_on__gt=died_on) | Q(ended=Release.DIED, ended_on__lt=died_on)
        if begun.exists() or others.filter(ended).exists():
            raise Refused(_("This contradicts the custody on record."), "died_on")
    custody: Custody | None = rows.filter(own).first() or rows.in_force().first()
    return custody


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
            raise Refused(no.words, "abated_on") from None
    return len(left)
