"""A snapshot as tables on a page: places in the order of their tree, or measures; cells, words."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from casework.enums import Programme
from places.enums import JurisdictionLevel
from places.models import Jurisdiction
from reports.base import COUNT, DAYS, MONEY, MONTHS, SHARE
from reports.choices import programme_words, read_day
from reports.disclosure import RANK_MIN
from victims.in_words import months_in_words

if TYPE_CHECKING:
    from collections.abc import Container, Mapping
    from datetime import date

    from reports.base import Column, Report
    from reports.measures import Measures
    from reports.models import Snapshot

# Where the ids behind a column are kept under another name.
KEPT_AS = {"rescued": "k"}


def head(report: Report) -> list[str]:
    """The words above the columns; the two ends of the interval share one."""
    own = [] if report.by_place else [label for _name, label in _leading(report)[1:]]
    return own + [
        _("95 % interval") if column.name == "low" else str(column.label)
        for column in report.columns
        if column.name != "high"
    ]


def by_place(
    snapshot: Snapshot, report: Report, rows: list[dict[str, Any]]
) -> list[dict[str, object]]:
    """Every place below the one it lies in, with its row over all programmes and one for each."""
    programmes = dict(Programme.choices)
    places: dict[str, dict[str, Any]] = {}
    for row in rows:
        where = row["jurisdiction"]
        place = places.setdefault(where["code"], place_words(where) | {"rows": []})
        code = row["programme"]
        place["rows"].append(
            {
                "programme": programmes.get(code, ""),
                "cells": cells_of(snapshot, report, row),
                "since": since(snapshot, row),
            }
        )
    return _in_tree(places)


def place_words(where: dict[str, str]) -> dict[str, object]:
    words = dict(JurisdictionLevel.choices)
    return {
        "code": where["code"],
        "name": where["name"],
        "level": where["level"],
        "level_label": words[where["level"]],
    }


def by_measure(
    snapshot: Snapshot, report: Any, rows: list[dict[str, object]]
) -> list[dict[str, object]]:
    """A line for every row of a report that is not by place."""
    lines = []
    for row in rows:
        words = report.in_words(row) | {"measure": report.measures[row["measure"]].label}
        label, *own = (words[name] for name, _label in _leading(report))
        label = label or words["measure"]  # of all states, or of none
        cells = cells_of(snapshot, report, row)
        line = {"key": report.row_key(row), "label": label, "own": own, "cells": cells}
        lines.append(line | {"since": since(snapshot, row)})
    return lines


def _leading(report: Any) -> list[tuple[str, str]]:
    """What tells the lines apart: name and label, what heads the line first. A report of one
    measure need not say it."""
    named = [("measure", _("Measure")), *((c.name, str(c.label)) for c in report.keys)]
    if report.lead != "measure":
        named = named[1:]
    return sorted(named, key=lambda pair: pair[0] != report.lead)


def first_head(report: Report) -> str:
    """The word above the heads of the lines."""
    return _("Place") if report.by_place else _leading(report)[0][1]


def own_words(report: Measures, row: Mapping[str, object]) -> list[Any]:
    """What tells rows of one measure apart, in the order of the columns."""
    return list(report.in_words(row).values())


def _in_tree(places: dict[str, dict[str, object]]) -> list[dict[str, object]]:
    rows = Jurisdiction.objects.filter(code__in=places).values_list("code", "parent__code")
    parents = dict(rows)
    children: dict[str | None, list[str]] = defaultdict(list)
    for code in places:
        parent = parents.get(code)
        children[parent if parent in places else None].append(code)
    ordered: list[dict[str, Any]] = []

    def walk(code: str, depth: int) -> None:
        ordered.append(places[code] | {"depth": depth})
        for child in children[code]:
            walk(child, depth + 1)

    for top in children[None]:
        walk(top, 0)
    return ordered


def since(snapshot: Snapshot, row: Mapping[str, Any]) -> date | None:
    """The day a line stands as of, where that is an earlier one (`reports/closed.py`)."""
    day = read_day(row.get("as_of"))
    return day if day != snapshot.as_of else None


def cells_of(snapshot: Snapshot, report: Report, row: dict[str, object]) -> list[dict[str, object]]:
    key, opening = report.row_key(row), snapshot.opening
    return [_cell(row, column, key, opening) for column in report.columns if column.name != "high"]


def _cell(
    row: dict[str, Any], column: Column, key: str, opening: Container[tuple[str, str]] = ()
) -> dict[str, Any]:
    name = column.name
    if name in row.get("hidden", ()):
        return {"kind": "hidden"}  # not which: a large one may hide to keep a small one safe
    kind = _unit(row, column)
    if name == "low":
        low, high = (_shown(row[end], kind) for end in ("low", "high"))
        return {"kind": "interval", "unit": kind, "low": low, "high": high}
    if kind == MONEY:
        return {"kind": "money", "amounts": list((row[name] or {}).items())}
    if kind != COUNT:
        few = 0 < (row.get(column.of) or 0) < RANK_MIN
        return {"kind": "figure", "unit": kind, "value": _shown(row[name], kind), "few": few}
    of = KEPT_AS.get(name, name)
    return {
        "kind": "count",
        "value": row[name],
        "key": key,
        "of": of if (key, of) in opening else "",
    }


WITH_UNIT = frozenset({"value", "low", "high"})  # counted in what the row says


def _unit(row: dict[str, Any], column: Column) -> str:
    """What a column is counted in; where rows differ, the row says it."""
    unit = row.get("unit") if column.name in WITH_UNIT else row.get("units", {}).get(column.name)
    return str(unit or column.kind)


def _shown(value: float | None, kind: str) -> str | float | int | None:
    """As a reader takes it in: a share in per cent, months as years and months."""
    if value is None:
        return None
    if kind == MONTHS:
        return months_in_words(round(value))
    return value * 100 if kind == SHARE else round(value) if kind == DAYS else value


def measured(
    snapshot: Snapshot, report: Measures, rows: list[dict[str, Any]]
) -> dict[str, object] | None:
    """The one figure of a report not by place that stands on its tile."""
    row = next((row for row in rows if report.row_key(row) == report.headline), None)
    if row is None:
        return None
    figure, of = report.headline_columns
    column = next(column for column in report.columns if column.name == figure)
    interval = next(column for column in report.columns if column.name == "low")
    return {
        "label": report.measures[row["measure"]].label if figure == "value" else column.label,
        "own": [word for word in own_words(report, row) if word],
        "value": _cell(row, column, ""),
        "interval": _cell(row, interval, "") if figure == "value" else None,
        "k": row["k"],
        "n": row[of],
    }


def figure_words(snapshot: Snapshot, report: Report, cell: str, of: str) -> dict[str, Any]:
    """Which figure a cell and a column are, in words; nothing where there is no such figure."""
    label = next((c.label for c in report.columns if KEPT_AS.get(c.name, c.name) == of), None)
    for row in snapshot.rows:
        if label and report.row_key(row) == cell:
            facts = _place_facts(row) if report.by_place else _measure_facts(report, row)
            anchor = row["jurisdiction"]["code"] if report.by_place else cell
            return {"figure": {"label": label, "facts": facts, "anchor": anchor}}
    return {"figure": None}


def _place_facts(row: dict[str, Any]) -> list[tuple[str, object]]:
    return [
        (_("Place"), row["jurisdiction"]["name"]),
        (_("Programme"), programme_words(row["programme"])),
    ]


def _measure_facts(report: Any, row: Mapping[str, object]) -> list[tuple[str, object]]:
    labels = (column.label for column in report.keys)
    own = [pair for pair in zip(labels, own_words(report, row), strict=True) if pair[1]]
    return [(_("Measure"), report.measures[row["measure"]].label), *own]
