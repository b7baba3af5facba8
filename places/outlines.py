"""Shapes of places, as GeoJSON (RFC 7946): what is taken, and in which form it is kept.

A file of shapes often has more around the shape than one needs: the shape of a Feature, or of a
collection of one, is taken. Heights are left out, outer rings are turned counterclockwise, as the
standard wants it, and six digits of a degree, 11 cm, are enough for a border.
"""

from __future__ import annotations

from itertools import pairwise
from math import cos, radians
from typing import TYPE_CHECKING, Any

from core import refusals
from core.refusals import gettext as _
from core.services import Refused

if TYPE_CHECKING:
    from core.refusals import Words

WIDTH = 200  # of a drawing, or its height
MOST = 5_000  # positions
DIGITS = 6
EXPECTED = refusals.gettext_lazy(
    "This is not the GeoJSON of one place: a Polygon or a MultiPolygon."
)
Ring = list[list[float]]


def taken(sent: object) -> dict[str, object]:
    """The shape that was sent. Raises `Refused`, with what is wrong with it."""
    shape = _bare(sent)
    kind, parts = shape.get("type"), shape.get("coordinates")
    if kind not in ("Polygon", "MultiPolygon"):
        raise _not(EXPECTED)
    polygons = [parts] if kind == "Polygon" else parts
    if not (isinstance(polygons, list) and polygons):
        raise _not(EXPECTED)
    read = [_polygon(polygon) for polygon in polygons]
    if sum(len(ring) for polygon in read for ring in polygon) > MOST:
        raise _not(_("It has more than %(most)s positions. Simplify it first.") % {"most": MOST})
    return {"type": kind, "coordinates": read[0] if kind == "Polygon" else read}


class Drawing:
    """A shape as it is drawn on a page: north is up, and as wide as it is in its middle."""

    def __init__(self, shape: dict[str, Any]) -> None:
        parts = shape["coordinates"]
        polygons = [parts] if shape["type"] == "Polygon" else parts
        rings = [ring for polygon in polygons for ring in polygon]
        east, north = zip(*(position for ring in rings for position in ring), strict=True)
        left, top, tall = min(east), max(north), max(north) - min(north)
        narrower = cos(radians((max(north) + min(north)) / 2))
        wide = (max(east) - left) * narrower
        scale = WIDTH / (max(wide, tall) or 1)
        self.width, self.height = (round(side * scale) + 2 for side in (wide, tall))
        self.path = "".join(
            "M" + "L".join(_point((x - left) * narrower, top - y, scale) for x, y in ring) + "Z"
            for ring in rings
        )


def _point(x: float, y: float, scale: float) -> str:
    return f"{x * scale:.1f} {y * scale:.1f}"


def _bare(sent: object) -> dict[str, Any]:
    """The shape without a Feature or a collection of one around it."""
    shape: Any = sent
    if isinstance(shape, dict) and shape.get("type") == "FeatureCollection":
        features = shape.get("features")
        if not (isinstance(features, list) and len(features) == 1):
            raise _not(EXPECTED)
        (shape,) = features
    if isinstance(shape, dict) and shape.get("type") == "Feature":
        shape = shape.get("geometry")
    if not isinstance(shape, dict):
        raise _not(EXPECTED)
    return shape


def _polygon(rings: object) -> list[Ring]:
    """The outer ring goes counterclockwise, holes clockwise."""
    if not (isinstance(rings, list) and rings):
        raise _not(EXPECTED)
    read = [_ring(ring) for ring in rings]
    return [ring if _turns_left(ring) == (at == 0) else ring[::-1] for at, ring in enumerate(read)]


def _ring(positions: object) -> Ring:
    read = [_position(position) for position in positions] if isinstance(positions, list) else []
    if len(read) < 4 or read[0] != read[-1]:
        raise _not(_("A ring has four positions or more, and ends where it begins."))
    return read


def _position(position: object) -> list[float]:
    if isinstance(position, list) and len(position) in (2, 3) and all(map(_is_number, position)):
        longitude, latitude = (round(float(number), DIGITS) for number in position[:2])
        if abs(longitude) <= 180 and abs(latitude) <= 90:
            return [longitude, latitude]
    raise _not(_("A position is a longitude from -180 to 180, then a latitude from -90 to 90."))


def _is_number(value: object) -> bool:
    """JSON also knows numbers that no float holds."""
    return type(value) in (int, float) and abs(value) < 1e9  # type: ignore[arg-type]


def _turns_left(ring: Ring) -> bool:
    return sum((x2 - x1) * (y2 + y1) for (x1, y1), (x2, y2) in pairwise(ring)) <= 0


def _not(words: Words) -> Refused:
    return Refused(words, "outline")
