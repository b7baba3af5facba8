"""A released table on a page and as plain values; a hidden count is never an empty cell."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from casework.enums import Programme
from places.enums import JurisdictionLevel
from places.naming import named
from reports.base import DEPTHS, REPORTS
from reports.publishing.draft import SEALED

SHARES = ("rate", "low", "high")
HIDDEN = "hidden"


def on_page(table: dict[str, Any]) -> dict[str, Any]:
    """Heads and lines of a released table, in words."""
    report = REPORTS[table["report"]].variant(table["params"].get("measure"))
    labels = {column.name: str(column.label) for column in report.columns}
    counts = [name for name in table["columns"] if name not in SHARES]
    shares = "rate" in table["columns"]
    lines = [_line(row, counts, shares=shares) for row in table["rows"]]
    return {
        "report": report,
        "head": [*(labels[name] for name in counts), *([labels["rate"]] if shares else [])],
        "lines": lines,
        "hidden": sum(len(row["hidden"]) for row in table["rows"]),
        "sealed": [line["place"] for line in lines if line["sealed"]],
    }


def _line(row: dict[str, Any], counts: list[str], *, shares: bool) -> dict[str, Any]:
    place, code = row["jurisdiction"], row["programme"]
    cells: list[Any] = [{"value": row[name], "hidden": name in row["hidden"]} for name in counts]
    if shares:
        cells.append({"share": [None if row[n] is None else row[n] * 100 for n in SHARES]})
    return {
        "place": named(place["code"], place["name"]),
        "depth": DEPTHS[place["level"]],
        "level": dict(JurisdictionLevel.choices)[place["level"]],
        "programme": dict(Programme.choices).get(code, ""),
        "cells": cells,
        "sealed": row["sealed"] == SEALED,
    }


def as_values(table: dict[str, Any]) -> list[list[object]]:
    """A head and one line a row."""
    first = ["jurisdiction", "name", "level", "programme"]
    values: list[list[Any]] = [[*first, *table["columns"], "sealed_cases", "as_of"]]
    for row in table["rows"]:
        place = row["jurisdiction"]
        cells = [
            HIDDEN if name in row["hidden"] else "" if row[name] is None else row[name]
            for name in table["columns"]
        ]
        where = [place["code"], place["name"], place["level"], row["programme"] or "all"]
        values.append([*where, *cells, row["sealed"], table["as_of"]])
    return values


def facts(release: Any) -> list[tuple[str, object]]:
    """For whom, why, how finely: of a proposal and of a release."""
    levels = dict(JurisdictionLevel.choices)
    programmes = _("one by one") if release.by_programme else _("together")
    return [
        (pgettext("person", "To"), release.recipient),
        (_("Reason"), release.reason),
        (_("Places down to"), levels[release.level]),
        (_("Programmes"), programmes),
        (_("Proposed by"), release.proposed_by.name),
    ]
