"""Police, courts and other institutions: added one by one or from a table, renamed, retired."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from django.utils.translation import gettext_lazy

from core import audit, refusals
from core.refusals import gettext as _
from core.services import Refused, amend, service
from places.adding import KnownAgencies, KnownPlaces, once
from places.columns import AgencyColumns, NewAgency
from places.merging import check_stands
from places.models import Agency

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.access import Actor
    from places.models import Jurisdiction

KEEP = "places.keep_agency"
TWICE = refusals.gettext_lazy("There is already an agency with this name there.")


@service(KEEP, label=gettext_lazy("Add an agency"))
def add_agency(
    *,
    name: str,
    kind: str,
    jurisdiction: Jurisdiction,
    actor: Actor,
) -> Agency:
    """A police unit, a court or another authority, so that every form offers it."""
    new = NewAgency(name, kind, jurisdiction.code)
    return _added([KnownAgencies(KnownPlaces()).add(new)], actor)[0]


@service(KEEP, label=gettext_lazy("Agencies from a table"))
def add_agencies(*, rows: Sequence[NewAgency], actor: Actor) -> list[Agency]:
    """All lines are saved, or none. Faults are shown line by line first."""
    known = KnownAgencies(KnownPlaces())
    return _added([known.add(row) for row in rows], actor)


@service(KEEP, label=gettext_lazy("Change an agency"))
def change_agency(
    agency: Agency, *, version: int, actor: Actor, **changes: Unpack[AgencyColumns]
) -> Agency:
    """Rename it, or retire it. If its kind or place is wrong, retire it and add a new one: records
    depend on both. Raises `Stale`."""
    if "name" in changes and not changes["name"].strip():
        raise Refused(_("Enter its name."), "name")
    check_stands(agency)
    was = {name: getattr(agency, name) for name in changes}
    with once(TWICE, "name"):
        changed = amend(agency, version, **changes)
    fields = sorted(name for name in changes if was[name] != getattr(changed, name))
    audit.record("agency.changed", changed, actor=actor, fields=fields)
    return changed


def _added(rows: list[Agency], actor: Actor) -> list[Agency]:
    with once(TWICE, "name"):
        Agency.objects.bulk_create(rows)
    audit.record_each("agency.added", rows, actor=actor)
    return rows
