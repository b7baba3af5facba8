"""Two snapshots of one report: which figures differ, and the records that came or went.

A snapshot keeps who stands behind its counts, so the difference of two counts is a difference
of two sets. A record is named only where its reader may open it; else it is counted.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Subquery

from reports.base import COUNT, report_of
from reports.models import RowNumber
from reports.numbers import Ids
from reports.present import BEHIND, rows_for, rows_of
from reports.readers import counts_only
from reports.record_sets import differing
from reports.tables import KEPT_AS, figure_words

if TYPE_CHECKING:
    from accounts.models import User
    from reports.base import Column, Report
    from reports.models import Snapshot

MOST = 50  # records named for each figure and direction
ENDS = frozenset({"low", "high"})  # they follow from k and n


def comparable(before: Snapshot, after: Snapshot) -> bool:
    """Whether both were computed by one report, by one of its measures, in one version."""
    measures = {snapshot.params.get("measure") for snapshot in (before, after)}
    versions = {snapshot.report_version for snapshot in (before, after)}
    return before.report == after.report and len(measures) == len(versions) == 1


def difference(before: Snapshot, after: Snapshot, reader: User) -> list[dict[str, Any]]:
    """Every figure that differs, in the order of the table."""
    report = report_of(after)
    tables = [{report.row_key(r): r for r in rows_for(side, reader)} for side in (before, after)]
    known = before.behind.names() | after.behind.names()
    moved = differing(before, after)
    closed = bool(after.closed_for)  # what is the same on both is no news of whoever stands behind
    figures = []
    for cell in [*tables[1], *(key for key in tables[0] if key not in tables[1])]:
        pair = [rows.get(cell, {}) for rows in tables]
        for column in report.columns:
            if column.name not in ENDS:
                of = KEPT_AS.get(column.name, column.name)
                was, now = moved.get((cell, of), (Ids(), Ids()))
                figure = _figure(column, pair, {"came": now - was, "went": was - now})
                if figure and not (closed and figure["before"] == figure["after"]):
                    figures.append(figure | {"cell": cell, "of": of, "kept": (cell, of) in known})
    _name_records(figures, report, reader)
    for figure in figures:
        for snapshot in (before, after):  # a row may stand in one of them only
            words = figure_words(snapshot, report, figure["cell"], figure["of"])["figure"]
            figure.update(words or {})
    return figures


def _figure(
    column: Column, pair: list[dict[str, Any]], ids: dict[str, Ids]
) -> dict[str, Any] | None:
    masked = [column.name in row.get("hidden", ()) for row in pair]
    was, now = (row.get(column.name) for row in pair)
    if column.kind == COUNT and column.name not in {"value"}:
        was, now = was or (None if masked[0] else 0), now or (None if masked[1] else 0)
    if was == now and not any(ids.values()):
        return None
    return {
        "column": column.name,
        "kind": column.kind,
        "before": was,
        "after": now,
        "masked": any(masked),
        "ids": ids,
    }


def _name_records(figures: list[dict[str, Any]], report: Report, reader: User) -> None:
    """Put counts and records in the place of ids; one query for each kind of record."""
    wanted: dict[str, Ids] = defaultdict(Ids)
    for figure in figures:
        model = report.counted(figure["cell"], figure["of"])
        wanted[model] |= figure["ids"]["came"] | figure["ids"]["went"]
    known = {
        model: _records(model, ids, reader) for model, ids in wanted.items() if model in BEHIND
    }
    counts = counts_only(reader)
    for figure in figures:
        model = report.counted(figure["cell"], figure["of"])
        survivors = report.of_survivors(figure["cell"], figure["of"])
        closed = counts and (survivors or figure["masked"])
        for way, ids in figure.pop("ids").items():
            records = [record for pk in sorted(ids) for record in known.get(model, {}).get(pk, ())]
            silent = closed or not figure["kept"]
            figure[way] = None if silent else len(ids)
            figure[f"{way}_records"] = records[:MOST]


def _records(model: str, ids: Ids, reader: User) -> dict[int, list[dict[str, str]]]:
    """By number, the records this reader may open."""
    kept, records = BEHIND[model], defaultdict[int, list[dict[str, str]]](list)
    case = f"{kept.case}__" if kept.case else ""
    names = [f"{case}reference", f"{case}pk", *([kept.code] if kept.code else [])]
    wanted = rows_of(ids).values("row_id")
    for path in kept.of:
        number = RowNumber.objects.filter(row_id=OuterRef(path)).values("number")
        rows = kept.model.objects.visible_to(reader).filter(**{f"{path}__in": wanted})
        rows = rows.annotate(known_as=Subquery(number)).order_by(*names)
        for pk, reference, of_case, *code in rows.values_list("known_as", *names):
            record = {"code": code[0] if code else "", "reference": reference, "case": str(of_case)}
            if record not in records[pk]:
                records[pk].append(record)
    return records
