"""Custody, release and bail."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

from django.db.models import Q
from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from casework.services.cases import require_content, require_open_case, require_past
from core import audit
from core.refusals import gettext as _
from core.services import Refused, amend, service
from core.verbs.arguments import Column
from prosecutions.columns import CourtHours
from prosecutions.contradictions.police import HELD_TWICE, NOT_HELD_THEN
from prosecutions.enums import BailCondition, LimitReason, Release
from prosecutions.limits import derived, held_from
from prosecutions.models import Custody
from prosecutions.services.deaths import died_in_custody, hold, require_alive

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, time
    from decimal import Decimal

    from accounts.models import User
    from prosecutions.models import Provision, Suspect


@service(Perm.CUSTODY_RECORD, label=gettext_lazy("Record custody"), begins=True)
def begin_custody(
    suspect: Suspect,
    *,
    since_at: Annotated[time | None, Column(null=True)] = None,
    provision: Annotated[Provision | None, Column(null=True)] = None,
    in_court_on: Annotated[date | None, Column(null=True)] = None,
    limit_reason: Annotated[str, Column(blank=True)] = "",
    court_hours: CourtHours = None,
    charge_by: Annotated[date | None, Column(ahead=True)] = None,
    since: date,
    actor: User,
) -> Custody:
    """Record that a suspect is held. The law sets how long, unless a reason is given, and the
    docket warns you before the limit."""
    case = suspect.case
    require_open_case(case, actor)
    require_alive(suspect, since)
    new = Custody(case=case, suspect=suspect, since=since, since_at=since_at, provision=provision)
    if suspect.custodies.in_force().exists():
        raise Refused(_("This person is already in custody."))
    limits = _limits(new, limit_reason, court_hours, charge_by)
    _check_days(new, in_court_on, actor)
    for name, value in (limits | {"in_court_on": in_court_on}).items():
        setattr(new, name, value)
    new.save()
    audit.record("custody.began", new, actor=actor)
    return new


@service(Perm.CUSTODY_RECORD, label=gettext_lazy("Correct a custody"))
def correct_custody(
    custody: Custody,
    *,
    version: int,
    since_at: Annotated[time | None, Column(null=True)] = None,
    provision: Annotated[Provision | None, Column(null=True)] = None,
    in_court_on: Annotated[date | None, Column(null=True)] = None,
    limit_reason: Annotated[str, Column(blank=True)] = "",
    court_hours: CourtHours = None,
    charge_by: Annotated[date | None, Column(ahead=True)] = None,
    since: date,
    actor: User,
) -> Custody:
    """Correct the beginning, offence, day in court and limits of a custody. The former values
    stay in the history. Raises `Stale`.

    Under a reason, a limit that is not given anew stays as it was; without one both follow from
    the law.
    """
    require_content(custody.case, actor)
    require_alive(custody.suspect, since)
    custody.since, custody.since_at, custody.provision = since, since_at, provision
    limits = _limits(custody, limit_reason, court_hours, charge_by)
    _check_days(custody, in_court_on, actor)
    corrected = amend(
        custody,
        version,
        since=since,
        since_at=since_at,
        provision=provision,
        in_court_on=in_court_on,
        **limits,
    )
    audit.record("custody.corrected", corrected, actor=actor)
    return corrected


@service(Perm.CUSTODY_RECORD, label=gettext_lazy("Record a release"))
def end_custody(
    custody: Custody,
    *,
    ended_on: date,
    ended: str,
    bail_conditions: Sequence[str] = (),
    sureties: Annotated[int | None, Column(most=99)] = None,
    bail_amount: Decimal | None = None,
    bail_currency: str = "",
    actor: User,
) -> Custody:
    """Record how custody ended, and when."""
    require_content(custody.case, actor)
    require_past(custody.case, ended_on)
    suspect = hold(custody.suspect)
    require_alive(suspect, ended_on)
    custody = Custody.objects.select_for_update().get(pk=custody.pk)
    if custody.ended_on:
        raise Refused(_("This custody has already ended."))
    if ended_on < max(day for day in (custody.since, custody.in_court_on) if day):
        raise Refused(_("Custody cannot end before it began, or before the court."), "ended_on")
    terms = bail_terms(ended, bail_conditions, sureties, bail_amount, bail_currency)
    for name, value in ({"ended_on": ended_on, "ended": ended} | terms).items():
        setattr(custody, name, value)
    custody.version += 1
    custody.save()
    audit.record("custody.ended", custody, actor=actor, how=ended)
    if ended == Release.DIED:
        died_in_custody(suspect, ended_on, actor)
    return custody


@service(Perm.CUSTODY_RECORD, label=gettext_lazy("Record a breach of bail"))
def record_breach(custody: Custody, *, breached_on: date, breach: str, actor: User) -> Custody:
    """Record a breach of bail. A person who absconded counts as at large from then on."""
    require_content(custody.case, actor)
    require_past(custody.case, breached_on)
    custody = Custody.objects.select_for_update().get(pk=custody.pk)
    if custody.ended not in Release.ON_BAIL:
        raise Refused(_("This person is not on bail."))
    if custody.breach:
        raise Refused(_("A breach of this bail is already recorded."))
    if custody.ended_on and breached_on < custody.ended_on:
        raise Refused(_("Bail cannot be broken before it was given."), "breached_on")
    custody.breached_on, custody.breach = breached_on, breach
    custody.version += 1
    custody.save(update_fields=["breached_on", "breach", "version", "updated_at"])
    audit.record("bail.breached", custody, actor=actor, how=breach)
    return custody


def _limits(
    custody: Custody, reason: str, hours: int | None, charge_by: date | None
) -> dict[str, object]:
    """Both limits: by law or, where a reason is given, as they stood or somebody says."""
    _check_reason(custody, reason, hours, charge_by)
    case, since, hour = custody.case, custody.since, custody.since_at
    court, charge = derived(case, custody.provision, since, hour)
    if reason and custody.limit_reason:
        court, charge = custody.court_by, custody.charge_by
    if hours is not None:
        court = held_from(case.jurisdiction, since, hour) + timedelta(hours=hours)
    charge = None if reason == LimitReason.CHARGED else charge_by or charge
    if charge and charge < since:
        raise Refused(_("The last day for a charge must be after the custody began."), "charge_by")
    return {"limit_reason": reason, "court_by": court, "charge_by": charge}


def _check_reason(custody: Custody, reason: str, hours: int | None, charge_by: date | None) -> None:
    """Another limit than that of the law has its reason, and a reason its limit."""
    given = hours is not None or charge_by is not None
    if given and not reason:
        raise Refused(
            _("These limits differ from the law’s. Say why they apply here."), "limit_reason"
        )
    if reason == LimitReason.CHARGED:
        if charge_by:
            raise Refused(
                _("Leave the last day for a charge empty: the person is already charged."),
                "charge_by",
            )
    elif reason and not given and not custody.limit_reason:
        raise Refused(_("Enter the hours or the day that apply here."), "limit_reason")


def _check_days(custody: Custody, in_court_on: date | None, actor: User) -> None:
    """Since when and in court when: in the past, in order, and in no other custody."""
    since, ended_on = custody.since, custody.ended_on
    require_past(custody.case, since, *([in_court_on] if in_court_on else []))
    if ended_on and ended_on < since:
        raise Refused(_("Custody cannot end before it began."), "since")
    if in_court_on and (in_court_on < since or (ended_on and in_court_on > ended_on)):
        raise Refused(NOT_HELD_THEN, "in_court_on")
    others = Custody.objects.filter(suspect=custody.suspect_id).exclude(pk=custody.pk)
    later = Q(ended_on__isnull=True) | Q(ended_on__gt=since)
    begun = Q(since__lt=ended_on) if ended_on else Q()
    if others.filter(later, begun).exists():
        raise Refused(HELD_TWICE, "since")


def bail_terms(
    ended: str,
    conditions: Sequence[str],
    sureties: int | None,
    amount: Decimal | None,
    currency: str,
) -> dict[str, object]:
    """The terms of a bail: none where it was no bail; money with its currency."""
    terms = bool(conditions) or sureties is not None or amount is not None
    if terms and ended not in Release.ON_BAIL:
        raise Refused(
            _("Leave conditions, sureties and amount empty unless the person is on bail."), "ended"
        )
    if BailCondition.NONE in conditions and len(set(conditions)) > 1:
        raise Refused(_("Choose “no condition” or the conditions, not both."), "bail_conditions")
    if amount is not None and amount <= 0:
        raise Refused(_("Enter an amount above zero."), "bail_amount")
    if amount is not None and not currency:
        raise Refused(_("Enter the currency of the amount."), "bail_currency")
    return {
        "bail_conditions": sorted(set(conditions), key=BailCondition.values.index),
        "sureties": sureties,
        "bail_amount": amount,
        "bail_currency": currency if amount is not None else "",
    }
