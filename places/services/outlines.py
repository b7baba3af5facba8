"""The shape of a place: drawn, and taken away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

from django.utils.translation import gettext_lazy

from core import audit
from core.services import amend, service
from core.verbs.arguments import Column
from places import outlines
from places.merging import check_stands
from places.models import Jurisdiction, Outline
from places.services.jurisdictions import KEEP

if TYPE_CHECKING:
    from core.access import Actor

Shape = Annotated[
    Mapping[str, object] | None,
    Column(
        label=gettext_lazy("Outline"),
        help=gettext_lazy("GeoJSON: a Polygon or a MultiPolygon. If empty, it has no outline."),
    ),
]


@service(KEEP, fresh=True, label=gettext_lazy("Draw its outline"))
def draw_place(place: Jurisdiction, *, version: int, outline: Shape, actor: Actor) -> Jurisdiction:
    """Its shape on a map, for programs that draw cases on one. Raises `Stale`."""
    shape = None if outline is None else outlines.taken(outline)
    check_stands(place)
    drawn = amend(place, version)
    Outline.objects.filter(place=drawn).delete()
    if shape is not None:
        Outline.objects.create(place=drawn, geometry=shape)
    audit.record("place.changed", drawn, actor=actor, fields=["outline"])
    return drawn
