"""Two snapshots of one report: which figures differ, and the records that came or went.

A snapshot keeps the sorted ids behind its counts, so the difference of two counts is a difference
of two sets. A record is named only where its reader may open it; else it is counted.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from accounts.permissions import Perm
from reports.base import COUNT, report_of
from reports.disclosure import hidden
from reports.present import BEHIND, rows_for
from reports.tables import KEPT_AS, figure_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reports.base import Column, Report
    from reports.models import Snapshot

MOST = 50  # records named for each figure and direction
ENDS = frozenset({"low", "high"})  # they follow from k and n


def comparable(before: Snapshot, after: Snapshot) -> bool:
    """Whether both were computed by one report, by one of its measures, in one version."""
    measures = {one.params.get("measure") for one in (before, after)}
    versions = {one.report_version for one in (before, after)}
    return before.report == after.report and len(measures) == len(versions) == 1


def difference(before: Snapshot, after: Snapshot, reader: Any) -> list[dict[str, Any]]:
    """Every figure that differs, in the order of the table."""
    report = report_of(after)
    shown = [{report.row_key(r): r for r in rows_for(one, reader)} for one in (before, after)]
    found = []
    for cell in [*shown[1], *(key for key in shown[0] if key not in shown[1])]:
        pair = [rows.get(cell, {}) for rows in shown]
        for column in report.columns:
            if column.name not in ENDS:
                figure = _figure(report, column, cell, pair, (before, after))
                if figure:
                    found.append(figure)
    _name_records(found, report, reader)
    for figure in found:
        for snapshot in (before, after):  # a row may stand in one of them only
            words = figure_words(snapshot, report, figure["cell"], figure["of"])["figure"]
            figure.update(words or {})
    return found


def _figure(
    report: Report,
    column: Column,
    cell: str,
    pair: list[dict[str, Any]],
    snapshots: tuple[Snapshot, Snapshot],
) -> dict[str, Any] | None:
    masked = [column.name in row.get("hidden", ()) for row in pair]
    was, now = (row.get(column.name) for row in pair)
    of = KEPT_AS.get(column.name, column.name)
    kept = [set(one.behind.get(cell, {}).get(of, ())) for one in snapshots]
    if column.kind == COUNT and column.name not in {"value"}:
        was, now = was or (None if masked[0] else 0), now or (None if masked[1] else 0)
    came, went = kept[1] - kept[0], kept[0] - kept[1]
    if was == now and not came and not went:
        return None
    return {
        "cell": cell,
        "of": of,
        "column": column.name,
        "kind": column.kind,
        "before": was,
        "after": now,
        "masked": any(masked),
        "kept": any(of in one.behind.get(cell, {}) for one in snapshots),
        "ids": {"came": came, "went": went},
    }


def _name_records(found: list[dict[str, Any]], report: Report, reader: Any) -> None:
    """Put counts and records in the place of ids; one query for each kind of record."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for figure in found:
        model = report.counted(figure["cell"], figure["of"])
        wanted[model] |= figure["ids"]["came"] | figure["ids"]["went"]
    known = {model: _records(model, ids, reader) for model, ids in wanted.items() if ids}
    sees_survivors = reader.has_perm(Perm.VICTIM_VIEW)
    for figure in found:
        model = report.counted(figure["cell"], figure["of"])
        closed = not sees_survivors and (model == "victims.Victim" or figure["masked"])
        for way, ids in figure.pop("ids").items():
            records = [one for pk in sorted(ids) for one in known.get(model, {}).get(pk, ())]
            silent = not figure["kept"] or (closed and hidden(len(ids)))
            figure[way] = None if silent else len(ids)
            figure[f"{way}_records"] = records[:MOST]


def _records(model: str, ids: Iterable[str], reader: Any) -> dict[str, list[dict[str, str]]]:
    """By id, the records this reader may open."""
    kept, found = BEHIND[model], defaultdict[str, list[dict[str, str]]](list)
    case = f"{kept.case}__" if kept.case else ""
    names = [f"{case}reference", f"{case}pk", *([kept.code] if kept.code else [])]
    wanted = set(ids)
    for path in kept.of:
        rows = kept.model.objects.visible_to(reader).filter(**{f"{path}__in": wanted})
        for pk, reference, of_case, *code in rows.order_by(*names).values_list(path, *names):
            record = {"code": code[0] if code else "", "reference": reference, "case": str(of_case)}
            if record not in found[str(pk)]:
                found[str(pk)].append(record)
    return found
