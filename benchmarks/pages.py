"""The pages people open all day, as a signed-in browser asks for them: CPU a request, of process
and database together, with templates, walls and the record of the read.

Promised: the overview of a case 80 ms, a survivor 60, any list 40; Today, To do and the docket 150,
and no more with 250,000 cases (`--scale 1`) than with 25,000 (`--scale 0.1`). What an open page
asks every 30 seconds: 3.
"""

from __future__ import annotations

import argparse
import time
from functools import partial
from statistics import median
from typing import Any

from benchmarks.case_file import READER, fill
from benchmarks.harness import MILLION, connect, cpu_of, load, scratch_database

WARM, ROUNDS = 4, 15
LISTS = ("survivors", "suspects", "hearings", "referrals")


def pages(user: Any) -> list[tuple[str, str, int]]:
    """Of this reader: what it is called, its address, milliseconds promised."""
    from django.urls import reverse  # noqa: PLC0415

    from casework.case_pages import address  # noqa: PLC0415 - set up just now
    from casework.models import Case  # noqa: PLC0415
    from victims.models import Involvement  # noqa: PLC0415

    mine = Case.objects.visible_to(user).filter(office=user.home_office)
    case = mine.order_by("-opened_on", "pk")[3].pk
    person = Involvement.objects.visible_to(user).filter(case=case).first()
    return [
        ("Today", "/", 150),
        ("To do", "/to-do/", 150),
        ("docket", "/docket/", 150),
        ("a case", address(case), 80),
        *((f"a case, {part}", address(case, part), 0) for part in ("survivors", "court", "care")),
        ("a survivor", reverse("desk:survivor", args=[person.pk]), 60),
        ("list of cases", "/cases/", 40),
        *((f"list of {noun}", f"/cases/{noun}/", 40) for noun in LISTS),
        ("what is new", f"/live/?ago=31&case={case}", 3),
    ]


def main(scale: float) -> None:
    with scratch_database() as urls:
        load(urls, scale)
        fill(connect(urls["owner"]))
        from django.conf import settings  # noqa: PLC0415 - set up just now
        from django.db import connection  # noqa: PLC0415
        from django.test import Client  # noqa: PLC0415

        from accounts.models import User  # noqa: PLC0415
        from core.context import acting_as  # noqa: PLC0415
        from tests.clients import sign_in_fully  # noqa: PLC0415

        settings.ALLOWED_HOSTS = ["*"]
        user, client = User.objects.get(username=READER), Client()
        sign_in_fully(client, user, settings.AUTHENTICATION_BACKENDS[0])
        with acting_as(user.pk):
            asked = pages(user)
        for name, path, bound in asked:

            def call(path: str = path) -> None:
                answer = client.get(path, follow=True, secure=True)
                if answer.status_code != 200:
                    raise SystemExit(f"{path} answered {answer.status_code}")

            for _ in range(WARM):
                call()
            statements: list[str] = []
            with connection.execute_wrapper(partial(_note, statements)):
                call()
            backend = int(connection.connection.info.backend_pid)
            python, database = zip(*(_cpu(call, backend) for _ in range(ROUNDS)), strict=True)
            cost = median(map(sum, zip(python, database, strict=True)))
            missed = "  MISSED" if bound and cost > bound else ""
            print(
                f"{name}, {int(250_000 * scale):,} cases: {cost:.0f} ms CPU"
                f" (Python {median(python):.0f}, database {median(database):.0f}),"
                f" {len(statements)} statements"
                f"{f' (reach <= {bound} ms)' if bound else ''}{missed}",
                flush=True,
            )


def _note(said: list[str], execute: Any, sql: str, *rest: Any) -> Any:
    said.append(sql)
    return execute(sql, *rest)


def _cpu(call: Any, backend: int) -> tuple[float, float]:
    before = time.process_time_ns(), cpu_of(backend)
    call()
    after = time.process_time_ns(), cpu_of(backend)
    return (after[0] - before[0]) / MILLION, (after[1] - before[1]) / MILLION


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--scale", type=float, default=0.1)
    main(parser.parse_args().scale)
