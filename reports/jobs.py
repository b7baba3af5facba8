"""The one job of this app: compute a report for its reader and keep it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import orjson

from core.jobs import job
from reports.base import REPORTS
from reports.models import Snapshot
from reports.params import parse
from reports.readers import Reporter, scope_key
from reports.run import compute

if TYPE_CHECKING:
    from core.jobs import Run

STEPS = 3  # asked, counted, kept


@job("report")
def run_report(run: Run) -> dict[str, str]:
    """Parameters: the slug and what was asked. The reader is whoever asked."""
    asked = run.job.parameters
    report = REPORTS[asked["report"]]
    params = parse(asked["params"], report)
    reader: Any = run.job.requested_by or Reporter()
    run.progress(1, STEPS)
    result = compute(report, reader, params)
    run.progress(2, STEPS)
    body = orjson.dumps([result.rows, result.behind], option=orjson.OPT_SORT_KEYS)
    snapshot = Snapshot.objects.create(
        report=report.slug,
        report_version=report.variant(params.measure).version,
        params=params.as_json(),
        as_of=params.as_of,
        scope_key=scope_key(reader),
        rows=result.rows,
        behind=result.behind,
        digest=hashlib.sha256(body).hexdigest(),
    )
    return {"snapshot": str(snapshot.pk)}
