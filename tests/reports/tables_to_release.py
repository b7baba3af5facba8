"""Snapshots of invented tables, with the persons behind each count, for tests of releases."""

from __future__ import annotations

from datetime import date
from typing import Any

from reports.base import REPORTS, cell_key, rate
from reports.models import Snapshot
from reports.numbers import Ids
from reports.params import parse
from reports.record_sets import PackedSets

COUNTRY = {"code": "IN", "name": "India", "level": "country"}
STATES = {
    "IN-WB": {"code": "IN-WB", "name": "West Bengal", "level": "state"},
    "IN-MH": {"code": "IN-MH", "name": "Maharashtra", "level": "state"},
    "IN-DL": {"code": "IN-DL", "name": "Delhi", "level": "state"},
    "IN-TN": {"code": "IN-TN", "name": "Tamil Nadu", "level": "state"},
}
SURVIVORS = "survivors-served"
FIRST: dict[tuple[str, str], int] = {}


def persons(place: str, programme: str, first: int, count: int) -> set[int]:
    """Numbers of nobody: the same for a place and programme, and for no other."""
    here = FIRST.setdefault((place, programme), 10_000 * (len(FIRST) + 1))
    return set(range(here + first, here + first + count))


def snapshot(
    leaves: dict[tuple[str, str], tuple[set[int], set[int]]], scope: str = "0" * 64, **fields: Any
) -> Snapshot:
    """By state (or country) and programme: who was brought to safety, and who of them served."""
    cells: dict[tuple[str, str | None], tuple[set[int], set[int]]] = {}
    for (code, programme), (people, served) in leaves.items():
        for place in {code, "IN"}:
            for key in ((place, programme), (place, None)):
                n, k = cells.setdefault(key, (set(), set()))
                n |= people
                k |= served
    rows, behind = [], PackedSets()
    for (code, programme), (n, k) in sorted(cells.items(), key=str):
        where = COUNTRY if code == "IN" else STATES[code]
        counts = rate(len(k), len(n)) | {"served_in_period": 0}
        rows.append({"jurisdiction": where, "programme": programme} | counts)
        behind[cell_key(code, programme)] = {
            "k": Ids(k),
            "n": Ids(n),
            "served_in_period": Ids(),
        }
    values = {
        "report": SURVIVORS,
        "report_version": REPORTS[SURVIVORS].version,
        "params": parse(
            {"as_of": "2026-11-24", "audience": "outside"}, REPORTS[SURVIVORS]
        ).as_json(),
        "as_of": date(2026, 11, 24),
        "scope_key": scope,
        "rows": rows,
        "digest": "0" * 64,
    }
    made = Snapshot(**(values | fields))
    made.behind = behind
    return made
