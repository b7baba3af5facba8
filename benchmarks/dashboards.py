"""A dashboard from its snapshots, as the interface answers it, against computing what it shows.

Promise: at least 50 times less, however large the data (`--scale 1` against `--scale 16`).
"""

from __future__ import annotations

import argparse
import json
from functools import partial
from typing import Any

from benchmarks.conviction_rate import ONE_PROCESS
from benchmarks.harness import Side, compare, connect, load, scratch_database
from benchmarks.office import Caller, key_of


def main(scale: float) -> None:
    with scratch_database() as urls:
        load(urls, scale)
        from django.conf import settings  # noqa: PLC0415 - set up just now
        from django.db import connection  # noqa: PLC0415

        from casework.conf.wsgi import application  # noqa: PLC0415
        from reports.dashboards.catalogue import DASHBOARDS  # noqa: PLC0415
        from reports.dashboards.questions import all_questions  # noqa: PLC0415
        from reports.params import Params  # noqa: PLC0415
        from reports.run import compute  # noqa: PLC0415
        from tests.jobs.long_work import everywhere  # noqa: PLC0415

        settings.ALLOWED_HOSTS = ["localhost"]
        user, owner = everywhere(), connect(urls["owner"])
        key = key_of(user.username)
        with owner.cursor() as cursor:
            cursor.execute("set statement_timeout = 0")
            cursor.execute("vacuum analyze")
        with connection.cursor() as cursor:
            cursor.execute(ONE_PROCESS)

        def backend() -> int:
            return int(connection.connection.info.backend_pid)

        def work(questions: list[Any]) -> None:
            for one in questions:
                compute(one.of, user, one.params)

        for slug, dashboard in DASHBOARDS.items():
            questions = all_questions(dashboard, Params())
            answer_all(questions, user)
            page = Caller(application, f"/api/v1/dashboards/{slug}/", key)
            ours = Side("ours", page, backend, partial(answered, page))
            asked = partial(work, questions)
            other = Side(f"{len(questions)} reports", asked, backend, lambda: "True")
            name = f"dashboard {slug}, {int(250_000 * scale):,} cases"
            few: Any = {"owner": owner, "rounds": 3, "calls": 1}
            compare(name, ours, other, reach=">= 50", **few)


def answer_all(questions: list[Any], user: Any) -> None:
    """A snapshot of each, as by the worker."""
    from core import jobs  # noqa: PLC0415 - set up just now
    from core.context import acting_as  # noqa: PLC0415
    from reports.base import REPORTS  # noqa: PLC0415
    from reports.services import request_report  # noqa: PLC0415

    for one in questions:
        with acting_as(user.pk):
            run = request_report(REPORTS[one.report], params=one.params, actor=user)
        jobs.run(run.pk)


def answered(page: Caller) -> str:
    """Whether every panel shows the figures of a snapshot."""
    return str(all(panel["snapshot"] for panel in json.loads(page())["panels"]))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--scale", type=float, default=0.04)
    main(parser.parse_args().scale)
