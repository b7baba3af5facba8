"""Arrest, custody and release."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from accounts.permissions import Perm
from casework.services.cases import require_content, require_past
from core import audit
from core.services import Refused, amend, service
from prosecutions.enums import Attribution
from prosecutions.models import Arrest, Custody, Suspect

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import User
    from places.models import Agency


@service(Perm.ARREST_RECORD)
def record_arrest(
    suspect: Suspect,
    *,
    arrested_on: date,
    agency: Agency | None = None,
    attribution: str = Attribution.SUPPORTED,
    actor: User,
) -> Arrest:
    """Record an arrest made apart from a rescue."""
    require_content(suspect.case, actor)
    require_past(suspect.case, arrested_on)
    Suspect.objects.select_for_update().get(pk=suspect.pk)
    if suspect.arrests.filter(arrested_on=arrested_on).exists():
        raise Refused(_("An arrest on this day is already recorded."))
    arrest = Arrest.objects.create(
        case=suspect.case,
        suspect=suspect,
        arrested_on=arrested_on,
        agency=agency,
        attribution=attribution,
    )
    audit.record("arrest.recorded", arrest, actor=actor)
    return arrest


@service(Perm.ARREST_RECORD)
def correct_arrest(
    arrest: Arrest,
    *,
    version: int,
    arrested_on: date,
    attribution: str,
    agency: Agency | None = None,
    actor: User,
) -> Arrest:
    """Put right the day of an arrest, by whom, and whose work it was. Raises `Stale`."""
    require_content(arrest.case, actor)
    require_past(arrest.case, arrested_on)
    Suspect.objects.select_for_update().get(pk=arrest.suspect_id)
    twins = Arrest.objects.filter(suspect=arrest.suspect_id, arrested_on=arrested_on)
    if twins.exclude(pk=arrest.pk).exists():
        raise Refused(_("An arrest on this day is already recorded."))
    corrected = amend(
        arrest, version, arrested_on=arrested_on, agency=agency, attribution=attribution
    )
    audit.record("arrest.corrected", corrected, actor=actor)
    return corrected


@service(Perm.CUSTODY_RECORD)
def begin_custody(
    suspect: Suspect, *, since: date, charge_by: date | None = None, actor: User
) -> Custody:
    """Record that a suspect is held, and by when a charge must be filed."""
    require_content(suspect.case, actor)
    require_past(suspect.case, since)
    Suspect.objects.select_for_update().get(pk=suspect.pk)
    if charge_by and charge_by < since:
        raise Refused(_("The last day for a charge lies after the custody began."))
    spells = suspect.custodies.all()
    if spells.in_force().exists():
        raise Refused(_("This person is already in custody."))
    if spells.filter(ended_on__gt=since).exists():
        raise Refused(_("This person was in custody on that day already."))
    custody = Custody.objects.create(
        case=suspect.case, suspect=suspect, since=since, charge_by=charge_by
    )
    audit.record("custody.began", custody, actor=actor)
    return custody


@service(Perm.CUSTODY_RECORD)
def end_custody(custody: Custody, *, ended_on: date, ended: str, actor: User) -> Custody:
    """Record the release of a suspect, and how it came about."""
    require_content(custody.case, actor)
    require_past(custody.case, ended_on)
    custody = Custody.objects.select_for_update().get(pk=custody.pk)
    if custody.ended_on:
        raise Refused(_("This custody has already ended."))
    if ended_on < custody.since:
        raise Refused(_("Custody cannot end before it began."))
    custody.ended_on, custody.ended = ended_on, ended
    custody.version += 1
    custody.save(update_fields=["ended_on", "ended", "version", "updated_at"])
    audit.record("custody.ended", custody, actor=actor, how=ended)
    return custody
