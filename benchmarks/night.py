"""A night's figures for one reader: each report's questions asked together, against one by one.

What a night makes for whoever counts every office: the five dashboards and the page of reports
(`reports/standing.py`). The sum at the end is a night of one reader.
"""

from __future__ import annotations

import argparse
from functools import partial
from typing import Any

from benchmarks.conviction_rate import ONE_PROCESS
from benchmarks.harness import Side, compare, connect, load, scratch_database


def main(scale: float) -> None:
    with scratch_database() as urls:
        load(urls, scale)
        from django.db import connection  # noqa: PLC0415 - set up just now

        from core.context import acting_as  # noqa: PLC0415
        from reports.base import REPORTS  # noqa: PLC0415
        from reports.run import compute, compute_each, digest  # noqa: PLC0415
        from reports.standing import standing  # noqa: PLC0415
        from tests.jobs.long_work import everywhere  # noqa: PLC0415

        user, owner = everywhere(), connect(urls["owner"])
        with owner.cursor() as cursor:
            cursor.execute("set statement_timeout = 0")
            cursor.execute("vacuum analyze")
        with connection.cursor() as cursor:
            cursor.execute(ONE_PROCESS)

        def backend() -> int:
            return int(connection.connection.info.backend_pid)

        def together(slug: str, every: list[Any]) -> list[str]:
            return [digest(result) for result in compute_each(REPORTS[slug], user, every)]

        def apart(slug: str, every: list[Any]) -> list[str]:
            return [digest(compute(REPORTS[slug], user, params)) for params in every]

        by_report: dict[str, list[Any]] = {}
        with acting_as(user.pk):
            for question in standing(user):
                by_report.setdefault(question.report, []).append(question.params)
        night = 0.0
        for slug, every in by_report.items():
            calls = [partial(way, slug, every) for way in (together, apart)]
            ours, other = (
                Side(name, call, backend, call)
                for name, call in zip(("together", "apart"), calls, strict=True)
            )
            name = f"{slug}, {len(every)} questions, {int(250_000 * scale):,} cases"
            compare(name, ours, other, owner=owner, rounds=1, calls=1)
            night += ours.cost
        print(f"a night of one reader, {int(250_000 * scale):,} cases: {night / 1000:.1f} s CPU")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--scale", type=float, default=0.04)
    main(parser.parse_args().scale)
