"""Places of an organisation's own: added one by one or from a table, corrected, retired."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Unpack

from django.utils.translation import gettext_lazy

from core import audit, refusals
from core.refusals import gettext as _
from core.services import Refused, amend, service
from core.verbs.arguments import Column
from places.adding import KnownPlaces, check_zone, once
from places.columns import NewPlace, PlaceColumns
from places.merging import check_stands
from places.models import Jurisdiction

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.access import Actor

KEEP = "places.keep_place"
TWICE = refusals.gettext_lazy("This place already exists there.")


@service(KEEP, fresh=True, label=gettext_lazy("Add a place"))
def add_place(
    *,
    name: str,
    level: str,
    parent: Jurisdiction | None = None,
    code: Annotated[str, Column(blank=True)] = "",
    register_code: str = "",
    time_zone: str = "",
    actor: Actor,
) -> Jurisdiction:
    """A country, a state, a district or a city that is not in the list yet."""
    above = parent.code if parent else ""
    new = NewPlace(name, level, above, code, register_code, time_zone)
    return _added([KnownPlaces().add(new)], actor)[0]


@service(KEEP, fresh=True, label=gettext_lazy("Places from a table"))
def add_places(*, rows: Sequence[NewPlace], actor: Actor) -> list[Jurisdiction]:
    """All lines are saved, or none. Faults are shown line by line first."""
    known = KnownPlaces()
    return _added([known.add(row) for row in rows], actor)


@service(KEEP, fresh=True, label=gettext_lazy("Change a place"))
def change_place(
    place: Jurisdiction, *, version: int, actor: Actor, **changes: Unpack[PlaceColumns]
) -> Jurisdiction:
    """Put it right, or retire it. Its code stays: records are exchanged by it. Raises `Stale`."""
    if "name" in changes and not changes["name"].strip():
        raise Refused(_("Enter its name."), "name")
    if "time_zone" in changes:
        check_zone(changes["time_zone"])
    check_stands(place)
    was = {name: getattr(place, name) for name in changes}
    with once(TWICE):
        changed = amend(place, version, **changes)
    fields = sorted(name for name in changes if was[name] != getattr(changed, name))
    audit.record("place.changed", changed, actor=actor, fields=fields)
    return changed


def _added(rows: list[Jurisdiction], actor: Actor) -> list[Jurisdiction]:
    with once(TWICE):
        Jurisdiction.objects.bulk_create(rows)
    audit.record_each("place.added", rows, actor=actor)
    return rows
