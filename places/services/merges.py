"""Places and institutions that are in the list twice: one stays.

Only a system administrator merges them: rows of every office move.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from django.utils.translation import gettext_lazy

from core import audit
from core.refusals import gettext as _
from core.services import Refused, service
from places.enums import JurisdictionLevel
from places.merging import WHICH, unite
from places.models import Agency, Jurisdiction
from places.services.jurisdictions import KEEP

if TYPE_CHECKING:
    from core.access import Actor


@service(KEEP, fresh=True, label=gettext_lazy("Merge with another agency"))
def merge_agency(
    agency: Agency,
    *,
    version: int,
    into: Annotated[Agency, WHICH],  # type: ignore[valid-type]
    actor: Actor,
) -> Agency:
    """It is in the list twice. Records that name this one will name the other. This one is
    retired and keeps its history. Raises `Stale`."""
    if agency.kind != into.kind:
        raise Refused(_("They are of different kinds."), "into")
    if agency.jurisdiction.country != into.jurisdiction.country:
        raise Refused(_("They are in different countries."), "into")
    gone = unite(agency, into, version)
    audit.record("agency.merged", gone, actor=actor, into=str(into.pk), rows=gone.moved)
    audit.record("agency.took_in", into, actor=actor, other=str(gone.pk), rows=gone.moved)
    return gone


@service(KEEP, fresh=True, label=gettext_lazy("Merge with another place"))
def merge_place(
    place: Jurisdiction,
    *,
    version: int,
    into: Annotated[Jurisdiction, WHICH],  # type: ignore[valid-type]
    actor: Actor,
) -> Jurisdiction:
    """It is in the list twice. Records that name this one, and places in it, will belong to the
    other. This one is retired and keeps its history. Raises `Stale`."""
    if place.level == JurisdictionLevel.COUNTRY:
        raise Refused(_("Countries are not merged: laws and clocks rest on them."), "into")
    if place.level != into.level:
        raise Refused(_("They are of different levels."), "into")
    if place.country != into.country:
        raise Refused(_("They are in different countries."), "into")
    if place.time_zone != into.time_zone:
        raise Refused(_("Their clocks differ, and so would days on record."), "into")
    gone = unite(place, into, version)
    audit.record("place.merged", gone, actor=actor, into=str(into.pk), rows=gone.moved)
    audit.record("place.took_in", into, actor=actor, other=str(gone.pk), rows=gone.moved)
    return gone
