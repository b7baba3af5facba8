"""The shapes of places, for maps: one file, which a deployment may replace (`MAP_BOUNDARIES`).

Its form: {"source", "licence", "width", "height", "ground": path, "places": {code: {"d": path,
"box": [left, top, right, bottom]}}}. `south-and-southeast-asia.json` comes from Natural Earth
(`make.py`). The map is an aid; the table beside it has every place, drawn or not.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import orjson
from django.conf import settings
from django.utils.html import format_html, format_html_join

OURS = Path(__file__).with_name("south-and-southeast-asia.json")
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Boundaries:
    """The shapes, and a digest by which browsers keep them."""

    source: str
    width: float
    height: float
    ground: str
    places: dict[str, dict[str, Any]]
    digest: str

    def around(self, codes: list[str]) -> Box:
        """Left, top, width and height of what these places fill, with a margin."""
        boxes = [self.places[code]["box"] for code in codes if code in self.places]
        if not boxes:
            return (0, 0, self.width, self.height)
        left, top = (min(box[at] for box in boxes) for at in (0, 1))
        right, bottom = (max(box[at] for box in boxes) for at in (2, 3))
        margin = max(right - left, bottom - top) * 0.06 + 2
        return (
            round(left - margin, 1),
            round(top - margin, 1),
            round(right - left + 2 * margin, 1),
            round(bottom - top + 2 * margin, 1),
        )


def boundaries() -> Boundaries:
    """Of the file named in the settings, or our own."""
    return _read(str(settings.MAP_BOUNDARIES or OURS))


@lru_cache(maxsize=2)
def _read(file: str) -> Boundaries:
    body = Path(file).read_bytes()
    values = orjson.loads(body)
    digest = hashlib.sha256(body).hexdigest()[:16]
    names = ("source", "width", "height", "ground", "places")
    return Boundaries(**{name: values[name] for name in names}, digest=digest)


def as_svg(shapes: Boundaries) -> str:
    """Every shape under its code, to be used by pages; no colour of its own."""
    rows = ((code, place["d"]) for code, place in shapes.places.items())
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg"><defs><path id="ground" d="{}"/>{}</defs></svg>',
        shapes.ground,
        format_html_join("", '<path id="{}" d="{}"/>', rows),
    )
