"""Every report against its own statements, sent again as they were with all rows fetched.

What is left is what Python makes of the rows. Both sides count as the built-in reporter, under the
report role and through the same walls. The conviction rate has a promise of its own against one
statement written by hand (`conviction_rate.py`).
"""

from __future__ import annotations

import argparse
from functools import partial
from typing import Any

from benchmarks.again import Again
from benchmarks.conviction_rate import ONE_PROCESS
from benchmarks.harness import Side, compare, connect, load, scratch_database


def main(scale: float) -> None:
    with scratch_database() as urls:
        load(urls, scale)
        from django.db import connection  # noqa: PLC0415 - set up just now

        from core.context import counting_as  # noqa: PLC0415
        from reports.base import REPORTS  # noqa: PLC0415
        from reports.params import parse  # noqa: PLC0415
        from reports.run import compute  # noqa: PLC0415
        from tests.jobs.long_work import everywhere  # noqa: PLC0415

        owner = connect(urls["owner"])
        with owner.cursor() as cursor:
            cursor.execute("set statement_timeout = 0")
            cursor.execute("vacuum analyze")
        with connection.cursor() as cursor:
            cursor.execute(ONE_PROCESS)

        def backend() -> int:
            return int(connection.connection.info.backend_pid)

        def ask(statement: str, *given: Any) -> list[Any]:
            with connection.cursor() as cursor:
                cursor.execute(statement, *given)
                return list(cursor.fetchall())

        reader = everywhere()
        reader.counting  # noqa: B018 - asked once, before the report role counts
        for slug, report in REPORTS.items():
            ours = partial(compute, report, reader, parse({}, report))
            again = Again(ours, ask, partial(counting_as, reader.pk))
            words = f"{slug} against its own {len(again.statements)} statements"
            us = Side("ours", ours, backend, again.outcome)
            sql = Side("SQL", again, backend, again)
            name = f"{words}, {int(250_000 * scale):,} cases"
            compare(name, us, sql, owner=owner, rounds=3, calls=1)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--scale", type=float, default=0.04)
    main(parser.parse_args().scale)
