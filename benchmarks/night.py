"""A night's figures for one reader: as the run of a night computes them, against one by one.

What a night makes for whoever counts every office: the five dashboards and the page of reports
(`reports/standing.py`), in one sitting. What stands behind every figure must be the same.
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
        from reports.fresh import in_one_run  # noqa: PLC0415
        from reports.jobs import in_one_sitting  # noqa: PLC0415
        from reports.params import all_asked, parse  # noqa: PLC0415
        from reports.run import compute, digest  # noqa: PLC0415
        from reports.standing import standing  # noqa: PLC0415
        from tests.jobs.long_work import everywhere  # noqa: PLC0415

        user, owner = everywhere(), connect(urls["owner"])
        with owner.cursor() as cursor:
            cursor.execute("set statement_timeout = 0")
            cursor.execute("vacuum analyze")
        with connection.cursor() as cursor:
            cursor.execute(ONE_PROCESS)
        with acting_as(user.pk):
            asked = all_asked(in_one_run(standing(user)))

        def backend() -> int:
            return int(connection.connection.info.backend_pid)

        def together(questions: list[Any]) -> dict[Any, str]:
            snapshots = in_one_sitting(user, questions)
            return {question: snapshots[question].digest for question in questions}

        def apart(questions: list[Any]) -> dict[Any, str]:
            return {
                (slug, params): digest(compute(REPORTS[slug], user, params))
                for slug, params in questions
            }

        questions = [(slug, parse(params, REPORTS[slug])) for slug, params in asked]
        ours, other = (
            Kept(name, partial(way, questions), backend)
            for name, way in (("in one sitting", together), ("apart", apart))
        )
        name = f"a night of one reader: {len(questions)} questions, {int(250_000 * scale):,} cases"
        compare(name, ours, other, owner=owner, rounds=1, calls=1)


class Kept(Side):
    """A side whose outcome is what its last call returned: a call takes minutes."""

    def __init__(self, name: str, way: Any, backend: Any) -> None:
        self._last: Any = None

        def call() -> None:
            self._last = way()

        super().__init__(name, call, backend, lambda: self._last)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--scale", type=float, default=0.04)
    main(parser.parse_args().scale)
