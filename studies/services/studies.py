"""Studies and their strata."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from django.utils.translation import gettext_lazy

from accounts.permissions import Perm
from core import audit
from core.refusals import gettext as _
from core.services import Refused, service
from places.models import JurisdictionClosure
from studies.columns import StratumColumns, StudyColumns
from studies.models import Stratum, Study
from studies.writing import add, change

if TYPE_CHECKING:
    from accounts.models import User
    from places.models import Jurisdiction


@service(Perm.STUDY_KEEP, label=gettext_lazy("Record a study"))
def record_study(*, actor: User, **of: Unpack[StudyColumns]) -> Study:
    """Record a study: what form, where, how, when, and whether it is representative."""
    study = add(Study(**of), actor)
    audit.record("study.recorded", study, actor=actor)
    return study


@service(Perm.STUDY_KEEP, label=gettext_lazy("Correct a study"))
def change_study(
    study: Study, *, version: int, actor: User, **changes: Unpack[StudyColumns]
) -> Study:
    """The former values stay in its history. Raises `Stale`."""
    if place := changes.get("jurisdiction"):
        for stratum in study.strata.select_related("jurisdiction"):
            _require_inside(stratum.jurisdiction, place)
    changed = change(study, version, actor, **changes)
    audit.record("study.changed", changed, actor=actor, fields=sorted(changes))
    return changed


@service(Perm.STUDY_KEEP, label=gettext_lazy("Add a stratum"))
def add_stratum(study: Study, *, actor: User, **of: Unpack[StratumColumns]) -> Stratum:
    """Add a part that is counted by itself: of one kind, in one place."""
    _require_inside(of["jurisdiction"], study.jurisdiction)
    stratum = add(Stratum(study=study, **of), actor)
    audit.record("stratum.added", stratum, actor=actor)
    return stratum


@service(Perm.STUDY_KEEP, label=gettext_lazy("Correct a stratum"))
def change_stratum(
    stratum: Stratum, *, version: int, actor: User, **changes: Unpack[StratumColumns]
) -> Stratum:
    """The former values stay in its history. Raises `Stale`."""
    if place := changes.get("jurisdiction"):
        _require_inside(place, stratum.study.jurisdiction)
    changed = change(stratum, version, actor, **changes)
    audit.record("stratum.changed", changed, actor=actor, fields=sorted(changes))
    return changed


def _require_inside(place: Jurisdiction, of: Jurisdiction) -> None:
    if not JurisdictionClosure.objects.filter(ancestor=of, descendant=place).exists():
        raise Refused(_("The stratum is outside the place of the study."), "jurisdiction")
