"""Every night figures are made anew, so that a page is fresh: those that somebody asked for lately,
and those that the pages of whoever signed in lately show by themselves.

What several readers may see is made once. At the first start of a demonstration, where nobody has
signed in yet, it is made for everyone.
"""

from __future__ import annotations

from datetime import UTC, timedelta
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import orjson
from django.db import connection
from django.utils import timezone

from accounts.models import User
from accounts.permissions import Perm
from core.days import clock
from core.jobs import job
from core.models import Job, JobState
from reports.base import REPORTS
from reports.closed import params_of
from reports.fresh import request
from reports.params import BadParams
from reports.readers import scope_key
from reports.services import request_report
from reports.standing import standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from core.jobs import Run
    from reports.dashboards.questions import Question

LATELY = timedelta(days=14)
# Cases of which a night of one reader is one run. Measured with 250,000: two minutes, 452 MiB; of
# four times as many it would take longer, and more memory, than a job may.
MOST_AT_ONCE = 500_000


@job("nightly-figures")
def nightly_figures(run: Run) -> dict[str, int]:
    """Ask for what stands on the pages of those who signed in in the last two weeks (`everyone`: of
    everybody); then again, as whoever asked, for what was asked within them for its own day, of
    which most is known by then.

    With the rights of tonight. A question nobody asks by hand any more comes to an end.
    """
    everyone = bool(run.job.parameters.get("everyone"))
    on_pages, runs = _ask_standing(_readers(everyone=everyone)), 0
    for owner, report, given in _questions():
        if not (owner.is_active and owner.has_perm(Perm.REPORT_RUN)):
            continue
        try:
            with clock.by(owner.zone):  # as of the day it is for that person
                params = params_of(given, REPORTS[report], owner)
        except BadParams:  # a place or a code that is no more, or a period no longer open to them
            continue
        request_report(REPORTS[report], params=params, actor=owner, nightly=True)
        runs += 1
    return {"asked": runs, "standing": on_pages}


def _readers(*, everyone: bool) -> Iterator[User]:
    """Who has pages of figures, those whose work they are first."""
    people = User.objects.filter(is_active=True).order_by("pk")
    if not everyone:
        people = people.filter(last_login__gte=timezone.now() - LATELY)
    readers = [person for person in people if person.has_perm(Perm.REPORT_RUN)]
    yield from sorted(readers, key=lambda reader: reader.has_perm(Perm.CASE_VIEW))


def _ask_standing(readers: Iterable[User]) -> int:
    """Each question once for all who are shown the same answer, those of one reader together; what
    pages begin with first."""
    by_key: dict[tuple[str, str, bytes], tuple[int, Question, User]] = {}
    for reader in readers:
        scope = scope_key(reader)
        with clock.by(reader.zone):
            for place, question in enumerate(standing(reader)):
                text = orjson.dumps(question.params.as_json(), option=orjson.OPT_SORT_KEYS)
                by_key.setdefault((scope, question.report, text), (place, question, reader))
    by_reader: dict[User, list[Question]] = {}
    for _place, question, reader in sorted(by_key.values(), key=itemgetter(0)):
        by_reader.setdefault(reader, []).append(question)
    at_once = _cases() <= MOST_AT_ONCE
    for reader, questions in by_reader.items():
        request(questions, reader, at_once=at_once)
    return len(by_key)


def _cases() -> int:
    """About how many there are, as the database reckons."""
    with connection.cursor() as cursor:
        cursor.execute("select reltuples from pg_class where oid = 'casework_case'::regclass")
        return int(cursor.fetchone()[0])


def _questions() -> list[tuple[Any, str, dict[str, Any]]]:
    """Who asked, for which report, with which parameters but the day; each once."""
    rows = Job.objects.filter(
        kind="report",
        state=JobState.DONE,
        requested_by__isnull=False,
        created_at__gte=timezone.now() - LATELY,
    ).exclude(parameters__has_any_keys=["nightly", "schedule"])
    by_key: dict[Any, Any] = {}
    people: dict[Any, Any] = {}  # asked once for their office
    for row in rows.select_related("requested_by").order_by("created_at"):
        who: Any = people.setdefault(row.requested_by_id, row.requested_by)
        report, params = row.parameters["report"], dict(row.parameters["params"])
        day = params.pop("as_of")
        # By UTC where a program of theirs asked.
        days = {row.created_at.astimezone(zone).date().isoformat() for zone in (UTC, who.zone)}
        if day in days and report in REPORTS:
            text = orjson.dumps(params, option=orjson.OPT_SORT_KEYS)
            by_key[row.requested_by_id, report, text] = (who, report, params)
    return list(by_key.values())
