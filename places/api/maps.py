"""A list as GeoJSON (RFC 7946): its rows at the outlines of their places.

A row is where its place is, never closer: the exact place of a site is encrypted, at the level of
identity, and on no map. Rows, filters, reach and what is noted are those of the list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from core.api.schema import GEOJSON
from core.api.viewsets import ReadViewSet
from places.models import Outline

if TYPE_CHECKING:
    from rest_framework.request import Request
    from rest_framework.response import Response


class OnAMap(ReadViewSet):
    """A list whose rows also stand on a map, at `geojson/` beside it. `located`: the field that
    names the place; `around`: where that has no outline, the nearest around it stands for it."""

    located: ClassVar[str]
    around: ClassVar[bool] = True
    of_map: bool = False  # what `core.api.routers` says of the address

    def list(self, request: Request) -> Response:
        answer = super().list(request)
        if self.of_map:
            rows = answer.data.pop("results")
            find = Outline.objects.nearest if self.around else Outline.objects.own
            outlines = find(row[self.located] for row in rows)
            answer.data |= {
                "type": "FeatureCollection",
                "features": [self._feature(row, outlines.get(row[self.located])) for row in rows],
            }
            answer.content_type = GEOJSON
        return answer

    def _feature(self, row: dict[str, Any], outline: Outline | None) -> dict[str, object]:
        return {
            "type": "Feature",
            "id": str(row["id"]),
            "geometry": outline.geometry if outline else None,
            "outline_of": outline.place.code if outline else None,
            "properties": row,
        }
