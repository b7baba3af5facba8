"""A map of states and regions, coloured by a rate or a count of the report.

Five steps of one colour; hatched where there are too few for a rate, or where the count is hidden.
The shapes are replaceable data (`reports/maps`); places without a shape are named below the map,
and where no place has one there is no map.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.languages import listed
from places.enums import JurisdictionLevel
from reports.dashboards.pictures.sentences import percent
from reports.disclosure import RANK_MIN
from reports.maps import Boundaries, boundaries

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reports.dashboards.seen import Row, Seen

RATE_STEPS = (40, 55, 70, 85)  # percent, where the next colour begins
COLOURS = 5
SPECK = 7  # units of the map: a smaller shape gets a dot, so that it is seen
FEW, HIDDEN = "few", "hidden"


def regions(seen: Seen) -> dict[str, Any]:
    (name,) = seen.panel.shows
    shapes = boundaries()
    rows = [row for row in seen.rows if row["jurisdiction"]["level"] == JurisdictionLevel.STATE]
    by_code = {row["jurisdiction"]["code"]: (row, _value(row, name)) for row in rows}
    by_code = {code: pair for code, pair in by_code.items() if pair[1] is not None}
    if not by_code:
        return {}
    steps = RATE_STEPS if name == "rate" else _steps([v for _r, v in by_code.values()])
    marks = [_mark(shapes, row, value, steps, name) for row, value in by_code.values()]
    drawn = [mark for mark in marks if mark["code"] in shapes.places]
    if not drawn:
        return {}
    inside = _countries(by_code, shapes)
    frame = shapes.around(sorted(inside))
    letters = round(frame[2] / 50, 1)
    return {
        "url_digest": shapes.digest,
        "source": shapes.source,
        "box": frame,
        "speck": round(frame[2] / 150, 1),
        "names": _names(seen, shapes, inside, letters),
        "letters": letters,
        "marks": sorted(drawn, key=lambda mark: mark["kind"] in {FEW, HIDDEN}),
        "listed": _listed(marks),
        "rest": sorted(inside - {mark["code"] for mark in drawn}),
        "off": sorted(mark["name"] for mark in marks if mark["code"] not in shapes.places),
        "legend": _legend(steps, marks, name),
        "label": next(c.label for c in seen.report.columns if c.name == name),
        "sentence": _sentence(marks, name),
    }


def _value(row: Row, name: str) -> Any:
    """A number, or why there is none; None: nothing is counted there."""
    if name in row.get("hidden", ()):
        return HIDDEN
    if name != "rate":
        return row.get(name) or None
    if not row["n"]:
        return None
    return row["rate"] * 100 if row["n"] >= RANK_MIN else FEW


def _steps(values: list[object]) -> tuple[int, ...]:
    """Whole numbers where the next colour begins, evenly up to the largest."""
    most = max((value for value in values if isinstance(value, int)), default=0)
    if most < COLOURS:
        return tuple(range(2, most + 1))
    return tuple(round(most * step / COLOURS) + 1 for step in range(1, COLOURS))


def _mark(
    shapes: Boundaries, row: Row, value: Any, steps: tuple[int, ...], name: str
) -> dict[str, object]:
    code = row["jurisdiction"]["code"]
    kind = value if isinstance(value, str) else str(1 + sum(value >= step for step in steps))
    mark = {"code": code, "name": row["jurisdiction"]["name"], "kind": kind, "value": value}
    mark["words"] = _words(row, value, name)
    if place := shapes.places.get(code):
        left, top, right, bottom = place["box"]
        mark["d"] = place["d"]
        if max(right - left, bottom - top) < SPECK:
            mark["at"] = (round((left + right) / 2, 1), round((top + bottom) / 2, 1))
    return mark


def _listed(marks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The table beside the map: the most first, then those without a figure, by name."""
    return sorted(
        marks,
        key=lambda mark: (isinstance(mark["value"], str), -_number(mark["value"]), mark["name"]),
    )


def _number(value: object) -> float:
    return value if isinstance(value, int | float) else 0


def _words(row: Row, value: Any, name: str) -> str:
    if value == HIDDEN:
        return _("hidden")
    if value == FEW:
        return _("too few for a rate, %(n)s") % {"n": row["n"]}
    if name == "rate":
        return _("%(rate)s of %(n)s") % {"rate": percent(value), "n": row["n"]}
    return str(value)


def _countries(places: Mapping[str, object], shapes: Boundaries) -> set[str]:
    """All places of the countries in which something is counted."""
    within = {code[:2] for code in places}
    return {code for code in shapes.places if code[:2] in within}


def _names(
    seen: Seen, shapes: Boundaries, inside: set[str], letters: float
) -> list[dict[str, object]]:
    """Of each country its name, in the middle of what is drawn of it."""
    named = {row["jurisdiction"]["code"]: row["jurisdiction"]["name"] for row in seen.rows}
    names = []
    for country in sorted({code[:2] for code in inside} & set(named)):
        left, top, width, height = shapes.around([c for c in inside if c[:2] == country])
        names.append({"x": left + width / 2, "y": top + height / 2, "name": named[country]})
    return _apart(names, letters)


def _apart(names: list[dict[str, Any]], letters: float) -> list[dict[str, Any]]:
    """One below the other where two would lie upon each other."""
    placed: list[dict[str, Any]] = []
    for label in sorted(names, key=lambda name: name["y"]):
        while any(_over(label, other, letters) for other in placed):
            label["y"] += letters
        placed.append(label)
    return placed


def _over(label: dict[str, Any], other: dict[str, Any], letters: float) -> bool:
    wide = (len(label["name"]) + len(other["name"])) * letters * 0.3
    return abs(label["x"] - other["x"]) < wide and abs(label["y"] - other["y"]) < letters * 1.2


def _legend(
    steps: tuple[int, ...], marks: list[dict[str, object]], name: str
) -> list[dict[str, str]]:
    unit = "\u202f%" if name == "rate" else ""
    ends = (*(step - 1 for step in steps), None)
    starts = (0 if name == "rate" else 1, *steps)
    entries = []
    for at, (first, last) in enumerate(zip(starts, ends, strict=True), start=1):
        words = _from(first, unit) if last is None else _to(first, last, unit)
        entries.append({"kind": str(at), "words": words})
    kinds = {mark["kind"] for mark in marks}
    if FEW in kinds:
        words = _("under %(least)s, no rate") % {"least": RANK_MIN}
        entries.append({"kind": FEW, "words": words})
    if HIDDEN in kinds:
        entries.append({"kind": HIDDEN, "words": _("hidden")})
    return [*entries, {"kind": "none", "words": _("nothing counted")}]


def _from(first: int, unit: str) -> str:
    return _("%(first)s and more") % {"first": f"{first}{unit}"}


def _to(first: int, last: int, unit: str) -> str:
    return f"{first}{unit}" if first == last else f"{first}–{last}{unit}"


def _sentence(marks: list[dict[str, Any]], name: str) -> str:
    known = [mark for mark in marks if not isinstance(mark["value"], str)]
    text = ngettext(
        "%(count)s state or region has something to count.",
        "%(count)s states and regions have something to count.",
        len(marks),
    ) % {"count": len(marks)}
    if not known:
        return text
    highest = max(round(mark["value"]) for mark in known)  # as it is shown: a tie is a tie
    most = [mark for mark in known if round(mark["value"]) == highest]
    if len(most) == len(known) > 1:
        return text  # of equals none is the highest
    if len(most) > 1:
        several = listed([f"{mark['name']} ({mark['words']})" for mark in most])
        return f"{text} {_('Highest in %(places)s.') % {'places': several}}"
    first = (
        _("Highest in %(place)s: %(what)s.")
        if name == "rate"
        else _("Most in %(place)s: %(what)s.")
    )
    return f"{text} {first % {'place': most[0]['name'], 'what': most[0]['words']}}"
