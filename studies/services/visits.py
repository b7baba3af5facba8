"""Visits: one by one, or many at once and then all or none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, Unpack

from django.utils.translation import gettext, gettext_lazy

from accounts.permissions import Perm
from core import audit
from core.refusals import Words, together
from core.refusals import gettext as _
from core.services import Refused, service
from studies.belonging import require_own
from studies.columns import ObservationColumns, RecaptureColumns, VisitChanges, VisitColumns
from studies.models import Observation, Recapture, Visit
from studies.models.studies import Stratum
from studies.visit_rules import faults_of
from studies.writing import add, change

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from accounts.models import User

MOST = 2000  # visits at once
C = TypeVar("C", Observation, Recapture)


@service(Perm.STUDY_KEEP, label=gettext_lazy("Record a visit"))
def record_visit(stratum: Stratum, *, actor: User, **of: Unpack[VisitColumns]) -> Visit:
    """Record what was counted at one venue on one day."""
    visit = Visit(stratum=stratum, **of)
    _refuse(faults_of(stratum, [visit]))
    add(visit, actor)
    audit.record("visit.recorded", visit, actor=actor)
    return visit


@service(Perm.STUDY_KEEP, label=gettext_lazy("Visits from a table"))
def record_visits(
    stratum: Stratum, *, visits: Sequence[dict[str, Any]], actor: User
) -> list[Visit]:
    """Record many visits: all lines, or none. Faults are told line by line."""
    require_own(stratum, actor)
    if not visits:
        raise Refused(_("The file has no visits."), "visits")
    if len(visits) > MOST:
        raise Refused(_("At most %(most)s visits at once.") % {"most": MOST}, "visits")
    Stratum.objects.select_for_update().get(pk=stratum.pk)
    rows = [Visit(stratum=stratum, **of) for of in visits]
    _refuse(faults_of(stratum, rows), numbered=True)
    made = Visit.objects.bulk_create(rows)
    audit.record("visits.recorded", stratum, actor=actor, count=len(made))
    return made


@service(Perm.STUDY_KEEP, label=gettext_lazy("Correct a visit"))
def correct_visit(
    visit: Visit, *, version: int, actor: User, **changes: Unpack[VisitChanges]
) -> Visit:
    """Correct the counts, or leave the visit out and say why. Raises `Stale`."""
    wanted = Visit.objects.select_related("stratum__study").get(pk=visit.pk)
    for name, value in changes.items():
        setattr(wanted, name, value)
    _refuse(faults_of(wanted.stratum, [wanted]))
    changed = change(visit, version, actor, **changes)
    audit.record("visit.corrected", changed, actor=actor, fields=sorted(changes))
    return changed


@service(Perm.STUDY_KEEP, label=gettext_lazy("Record what one observer counted"))
def record_observation(
    visit: Visit, *, actor: User, **of: Unpack[ObservationColumns]
) -> Observation:
    """Record what one observer counted before the observers agreed. It shows how well they
    agree."""
    observation = add(Observation(visit=visit, **of), actor)
    audit.record("observation.recorded", observation, actor=actor)
    return observation


@service(Perm.STUDY_KEEP, label=gettext_lazy("Correct what one observer counted"))
def correct_observation(
    observation: Observation, *, version: int, actor: User, **changes: Unpack[ObservationColumns]
) -> Observation:
    """The former values stay in its history. Raises `Stale`."""
    return _count_corrected(observation, version, actor, changes)


@service(Perm.STUDY_KEEP, label=gettext_lazy("Correct two rounds"))
def correct_recapture(
    recapture: Recapture, *, version: int, actor: User, **changes: Unpack[RecaptureColumns]
) -> Recapture:
    """The former values stay in its history. Raises `Stale`."""
    return _count_corrected(recapture, version, actor, changes)


@service(Perm.STUDY_KEEP, label=gettext_lazy("Record two rounds"))
def record_recapture(stratum: Stratum, *, actor: User, **of: Unpack[RecaptureColumns]) -> Recapture:
    """Record two rounds and how many were seen in both."""
    recapture = add(Recapture(stratum=stratum, **of), actor)
    audit.record("recapture.recorded", recapture, actor=actor)
    return recapture


def _count_corrected(row: C, version: int, actor: User, changes: Mapping[str, object]) -> C:
    changed = change(row, version, actor, **changes)
    audit.record("count.corrected", changed, actor=actor, fields=sorted(changes))
    return changed


def _refuse(faults: list[tuple[int, str, Words]], *, numbered: bool = False) -> None:
    if not faults:
        return
    if not numbered:
        _number, field, words = faults[0]
        raise Refused(words, field)
    visit = gettext("Visit %(number)s: %(words)s")
    lines = [
        Words(visit % {"number": number, "words": words}, words.code)
        for number, _field, words in faults[:20]
    ]
    raise Refused(together(lines), "visits")
