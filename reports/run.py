"""Computing a report for a reader: the one way, whoever asks."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import orjson
from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.permissions import Perm
from core.context import counting_as
from reports.base import Result
from reports.closed import require_closed, settle
from reports.models import Snapshot
from reports.readers import lasting_key, scope_key, sees_periods_over
from reports.record_sets import keep
from reports.together import together

if TYPE_CHECKING:
    from collections.abc import Sequence

    from accounts.models import User
    from reports.base import Report
    from reports.params import Params
    from reports.together import Sitting


def compute(report: Report, reader: Any, params: Params) -> Result:
    """One question alone."""
    return compute_each(report, reader, [params])[0]


def compute_each(
    report: Report, reader: Any, every: Sequence[Params], sitting: Sitting | None = None
) -> list[Result]:
    """Compute under the report role: rows the reader may count, no names, nothing written.

    A report of several measures computes the one asked for. What the questions have in common is
    asked of the database once. `sitting`: what else is computed for this reader, of this moment.
    """
    if not reader.has_perm(Perm.REPORT_VIEW):
        raise PermissionDenied(Perm.REPORT_VIEW)
    for params in every if sees_periods_over(reader, report) else ():
        require_closed(report, params, params.as_of)
    reader.counting  # noqa: B018 - resolved before the database counts for this reader
    with counting_as(reader.pk), together(every, sitting):
        return [report.variant(params.measure).compute(reader, params) for params in every]


def question(report: Report, reader: User, params: Params) -> dict[str, object]:
    """What tells one computation from another, but for the data."""
    return {
        "report": report.slug,
        "report_version": report.variant(params.measure).version,
        "params": params.as_json(),
        "scope_key": scope_key(reader),
    }


def snapshot_of(report: Report, reader: Any, params: Params, result: Result) -> Snapshot:
    """What was computed, ready to be kept."""
    snapshot = Snapshot(
        **question(report, reader, params),
        closed_for=lasting_key(reader) if sees_periods_over(reader, report) else "",
        as_of=params.as_of,
        rows=result.rows,
        digest=digest(result),
    )
    snapshot.behind = result.behind
    return snapshot


def store(snapshot: Snapshot) -> None:
    """Keep it, with who stands behind it; for whoever counts only, what may be shown of it."""
    with transaction.atomic():
        if snapshot.closed_for:
            settle(snapshot)
            snapshot.digest = digest(Result(snapshot.rows))
        snapshot.save()
        keep(snapshot, snapshot.behind.packed())


def digest(result: Result) -> str:
    """SHA-256 of the rows, then of every count of every cell in the order of their names."""
    checksum = hashlib.sha256(orjson.dumps(result.rows, option=orjson.OPT_SORT_KEYS))
    for entry in result.behind.packed():
        checksum.update(orjson.dumps([entry.cell, entry.of, entry.count]) + entry.ids)
    return checksum.hexdigest()


def document(report: Report, params: Params, rows: list[dict[str, object]]) -> dict[str, Any]:
    """The answer of command and API."""
    report = report.variant(params.measure)
    return {
        "report": report.slug,
        "version": report.version,
        "as_of": params.as_of.isoformat(),
        "definition": str(report.definition),
        "params": params.as_json(),
    } | report.answer(params, rows)
