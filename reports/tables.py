"""A snapshot as tables on a page: places in the order of their tree, figures as cells, words."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.permissions import Perm
from casework.enums import Programme
from places.enums import JurisdictionLevel
from places.models import Jurisdiction
from reports.base import cell_key, rate
from reports.disclosure import RANK_MIN

if TYPE_CHECKING:
    from reports.base import Report
    from reports.models import Snapshot

RATE = frozenset(rate(0, 0))
# Where the ids behind a column are kept under another name.
KEPT_AS = {"rescued": "k"}


def may_open(report: Report, reader: Any) -> bool:
    """Whether this reader holds row rights to the people a report counts."""
    survivors = report.people == "victims.Victim"
    return bool(reader.has_perm(Perm.VICTIM_VIEW if survivors else Perm.SUSPECT_VIEW))


def head(report: Report) -> list[str]:
    """The words above the columns; the two ends of the interval share one."""
    return [
        _("95 % interval") if column.name == "low" else str(column.label)
        for column in report.columns
        if column.name != "high"
    ]


def by_place(
    snapshot: Snapshot, report: Report, rows: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Every place below the one it lies in, with its row over all programmes and one for each."""
    programmes = dict(Programme.choices)
    places: dict[str, dict[str, Any]] = {}
    for row in rows:
        where = row["jurisdiction"]
        place = places.setdefault(where["code"], place_words(where) | {"rows": []})
        code = row["programme"]
        place["rows"].append(
            {"programme": programmes.get(code, ""), "cells": _cells(snapshot, report, row)}
        )
    return _in_tree(places)


def place_words(where: dict[str, str]) -> dict[str, Any]:
    words = dict(JurisdictionLevel.choices)
    return {
        "code": where["code"],
        "name": where["name"],
        "level": where["level"],
        "level_label": words[where["level"]],
    }


def _in_tree(places: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    found = Jurisdiction.objects.filter(code__in=places).values_list("code", "parent__code")
    parents = dict(found)
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


def _cells(snapshot: Snapshot, report: Report, row: dict[str, Any]) -> list[dict[str, Any]]:
    key = cell_key(row["jurisdiction"]["code"], row["programme"])
    behind = snapshot.behind.get(key, {})
    return [
        _cell(row, column.name, key, behind) for column in report.columns if column.name != "high"
    ]


def _cell(row: dict[str, Any], name: str, key: str, behind: dict[str, Any]) -> dict[str, Any]:
    if name in row.get("hidden", ()):
        # Of a rate all parts are hidden together, so a hidden k or n may lie outside 1 to 10.
        return {"kind": "hidden", "range": name not in RATE}
    if name == "low":
        return {"kind": "interval", "low": _percent(row["low"]), "high": _percent(row["high"])}
    if name == "rate":
        few = 0 < row["n"] < RANK_MIN
        return {"kind": "rate", "value": _percent(row["rate"]), "few": few}
    kept = KEPT_AS.get(name, name)
    return {"kind": "count", "value": row[name], "key": key, "of": kept if behind.get(kept) else ""}


def _percent(share: float | None) -> float | None:
    return None if share is None else share * 100


def headline(report: Report, snapshot: Snapshot) -> dict[str, Any]:
    """The figures over all countries. Persons counted in two of them count once."""
    tops = [
        row
        for row in snapshot.rows
        if row["programme"] is None and row["jurisdiction"]["level"] == JurisdictionLevel.COUNTRY
    ]
    ids: dict[str, set[str]] = defaultdict(set)
    for row in tops:
        for name, some in snapshot.behind[cell_key(row["jurisdiction"]["code"], None)].items():
            ids[name].update(some)
    figures = rate(len(ids["k"]), len(ids["n"]))
    return figures | {
        "percent": _percent(figures["rate"]),
        "low": _percent(figures["low"]),
        "high": _percent(figures["high"]),
        "few": figures["n"] < RANK_MIN,
        "pending": len(ids["pending"]),
        "rescues": sum(row.get("rescues", 0) for row in tops),
    }


def asked_for(params: dict[str, Any]) -> list[tuple[str, str]]:
    """What was asked, in words: (label, value)."""
    place = params["jurisdiction"]
    if place:
        place = Jurisdiction.objects.filter(code=place).values_list("name", flat=True).first()
    words = [
        (_("Period"), _period(params["from"], params["to"])),
        (_("Place"), place or _("All places")),
        (_("Programme"), _programme(params["programme"])),
    ]
    if params["instance"] == "final":
        words.append((_("Outcome"), _("Final outcome")))
    return [*words, (_("As of"), _day(params["as_of"]))]


def _programme(code: str | None) -> str:
    return str(dict(Programme.choices)[code]) if code else _("All programmes")


def _period(start: str | None, end: str | None) -> str:
    first, last = _day(start), _day(end)
    if first and last:
        return _("%(first)s to %(last)s") % {"first": first, "last": last}
    if first:
        return _("from %(first)s") % {"first": first}
    return _("until %(last)s") % {"last": last} if last else _("All dates")


def _day(value: str | None) -> str:
    return date_format(date.fromisoformat(value), "j M Y") if value else ""
