"""Every night the figures that somebody asked for lately are made anew, so that a page is fresh."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Any

import orjson
from django.utils import timezone

from accounts.permissions import Perm
from core import clock
from core.jobs import job
from core.models import Job, JobState
from reports.base import REPORTS
from reports.closed import asked
from reports.params import BadParams
from reports.services import request_report

if TYPE_CHECKING:
    from core.jobs import Run

LATELY = timedelta(days=14)


@job("nightly-figures")
def nightly_figures(run: Run) -> dict[str, int]:
    """Ask again, as whoever asked, for what was asked for its own day in the last two weeks.

    With the rights of tonight. A question nobody asks by hand any more comes to an end.
    """
    runs = 0
    for owner, report, given in _questions():
        if not (owner.is_active and owner.has_perm(Perm.REPORT_RUN)):
            continue
        try:
            with clock.by(owner.zone):  # as of the day it is for that person
                params = asked(given, REPORTS[report], owner)
        except BadParams:  # a place or a code that is no more, or a period no longer open to them
            continue
        request_report(REPORTS[report], params=params, actor=owner, nightly=True)
        runs += 1
    return {"asked": runs}


def _questions() -> list[tuple[Any, str, dict[str, Any]]]:
    """Who asked, for which report, with which parameters but the day; each once."""
    rows = Job.objects.filter(
        kind="report",
        state=JobState.DONE,
        requested_by__isnull=False,
        created_at__gte=timezone.now() - LATELY,
    ).exclude(parameters__has_any_keys=["nightly", "schedule"])
    found: dict[Any, Any] = {}
    people: dict[Any, Any] = {}  # asked once for their office
    for row in rows.select_related("requested_by").order_by("created_at"):
        who: Any = people.setdefault(row.requested_by_id, row.requested_by)
        report, params = row.parameters["report"], dict(row.parameters["params"])
        day = params.pop("as_of")
        # By UTC where a program of theirs asked.
        days = {row.created_at.astimezone(zone).date().isoformat() for zone in (UTC, who.zone)}
        if day in days and report in REPORTS:
            told = orjson.dumps(params, option=orjson.OPT_SORT_KEYS)
            found[row.requested_by_id, report, told] = (who, report, params)
    return list(found.values())
