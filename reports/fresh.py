"""Figures come by themselves: what a page shows is asked for behind it, where there is none or an
old one.

The page shows the last ones with their age meanwhile. Nothing is computed within a request, and
nothing is asked for twice. The trail has no line of it: nobody did anything. The run itself says
whose figures it makes, as whoever opened the page, so never with another's rights.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import orjson
from django.db.models import Q
from django.utils import timezone

from accounts.permissions import Perm
from core import jobs
from core.models import Job, JobState
from core.moment import data_state
from reports.base import REPORTS
from reports.params import all_asked
from reports.services import UNDER_WAY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from accounts.models import User
    from reports.dashboards.questions import Question
    from reports.models import Snapshot
    from reports.params import Params

OLD = timedelta(hours=4)  # of figures of today, if something was written since
AGAIN = timedelta(hours=1)  # after a fault, or after somebody stopped it
LATELY = timedelta(days=1)
MOST = 60  # under way for one person; what is more is asked for by hand


def refresh(
    reader: User,
    questions: Iterable[Question],
    snapshots: Mapping[tuple[str, Params], Snapshot],
    *,
    dated: bool = False,
) -> int:
    """Ask for what is missing or old among the answers of a page; how many runs that makes.

    `dated`: a day was named, and figures of a day that was named do not grow old.
    """
    if not reader.has_perm(Perm.REPORT_RUN):
        return 0
    state = data_state()
    wanted = [
        question
        for question in questions
        if _is_wanted(question, snapshots.get(question.key()), state, dated=dated)
    ]
    if not wanted:
        return 0
    last = last_runs(reader, wanted)
    since = timezone.now() - AGAIN
    for_now = [entry for entry in wanted if not _stands_in_the_way(last.get(_said(entry)), since)]
    busy = Job.objects.filter(kind="report", requested_by=reader, state__in=UNDER_WAY).count()
    return len(request(for_now[: max(0, MOST - busy)], reader))


def request(questions: Iterable[Question], reader: User, *, at_once: bool = False) -> list[Job]:
    """Ask without anybody's hand: no night keeps it up (`reports/nightly.py`). `at_once`: in one
    run, which shares more, and shows nothing before all is there."""
    runs = [in_one_run(questions)] if at_once else runs_of(questions)
    return jobs.request_each("report", [run | {"nightly": True} for run in runs], actor=reader)


def in_one_run(questions: Iterable[Question]) -> dict[str, object]:
    """All of them: what their reports have in common is read once (`reports/rows.py`)."""
    first, *parts = (
        {"report": question.report, "params": question.params.as_json()} for question in questions
    )
    return first | {"parts": parts}


def runs_of(questions: Iterable[Question]) -> list[dict[str, object]]:
    """What is asked of one report is one run: it reads the rows of all years once
    (`reports/together.py`). A report that is made of others is one run with them."""
    by_report: dict[str, list[dict[str, object]]] = {}
    for question in questions:
        by_report.setdefault(question.report, []).append(question.params.as_json())
    parts = {part for report in by_report for part in REPORTS[report].made_of}
    return [
        {"report": report, "params": params}
        | ({"also": also} if also else {})
        | _parts(report, by_report)
        for report, (params, *also) in by_report.items()
        if report not in parts
    ]


def _parts(report: str, by_report: Mapping[str, list[dict[str, object]]]) -> dict[str, object]:
    """What is asked at the same time of the reports that this one is made of."""
    parts = [
        {"report": part, "params": params}
        for part in REPORTS[report].made_of
        for params in by_report.get(part, ())
    ]
    return {"parts": parts} if parts else {}


def last_runs(reader: User, questions: Iterable[Question]) -> dict[bytes, Job]:
    """The last run of each of these that this reader asked for lately, by hand or by a page."""
    questions = list(questions)
    which = Q(pk__in=[])
    for question in questions:
        params = question.params.as_json()
        mine = Q(parameters__params=params) | Q(parameters__also__contains=[params])
        part = [{"report": question.report, "params": params}]
        which |= mine & Q(parameters__report=question.report)
        which |= Q(parameters__parts__contains=part)
    since = timezone.now() - LATELY
    rows = Job.objects.filter(which, kind="report", requested_by=reader, created_at__gte=since)
    rows = rows.exclude(parameters__has_key="schedule").order_by("created_at")
    last = {
        _told(report, params): row for row in rows for report, params in all_asked(row.parameters)
    }
    asked = {_said(question) for question in questions}
    return {key: row for key, row in last.items() if key in asked}


def _is_wanted(question: Question, last: Snapshot | None, state: str, *, dated: bool) -> bool:
    if last is None:
        return True
    if dated:
        return False
    if last.as_of < question.params.as_of:
        return True
    return last.data_state != state and timezone.now() - last.created_at > OLD


def _stands_in_the_way(run: Job | None, since: Any) -> bool:
    if run is None:
        return False
    ended_badly = run.state in {JobState.FAILED, JobState.CANCELLED}
    return run.state in UNDER_WAY or (ended_badly and run.created_at > since)


def _said(question: Question) -> bytes:
    return _told(question.report, question.params.as_json())


def _told(report: str, params: Mapping[str, object]) -> bytes:
    return orjson.dumps([report, params], option=orjson.OPT_SORT_KEYS)
