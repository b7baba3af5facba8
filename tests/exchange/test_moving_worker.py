"""A workbook taken in by a real worker that is killed at it: nothing of it is there, then all."""

from __future__ import annotations

import signal
from contextlib import closing

import psycopg2
import pytest

from tests.exchange.moving import CASE, filled, sent
from tests.exchange.test_export_worker import with_redis  # noqa: F401
from tests.jobs.conftest import (  # noqa: F401
    House,
    eventually,
    house,
    jobs_database,
    needs_redis,
    send,
)
from tests.jobs.test_worker import flush

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]
LEAD = {"key": "l1", "case": "2019/77", "source": "hotline", "jurisdiction": "IN-WB-KOL"}
LEAD |= {"received_on": "2019-03-01"}


@pytest.mark.nightly
@needs_redis
def test_killed_half_way_nothing_is_there_and_then_all(with_redis: House) -> None:  # noqa: F811
    house = with_redis  # noqa: F811
    content = sent(filled(cases=[CASE], leads=[LEAD]))
    asked = house.ask("workbook", {"workbook": content})
    worker = house.worker()
    assert house.becomes(asked["job"], "done"), house.said()
    cases = "select count(*) from casework_case where reference = '2019/77'"
    with closing(psycopg2.connect(house.urls["owner"])) as blocker:
        with blocker.cursor() as cursor:
            cursor.execute("lock table casework_lead in exclusive mode")
        taking = house.ask("confirm", {"sent": asked["sent"]})
        waiting = "select count(*) from pg_locks where not granted"
        assert eventually(lambda: house.rows(waiting) == [(1,)])  # the case is written by then
        send(worker, signal.SIGKILL)
        worker.wait()
        flush(house)
        blocker.rollback()
    assert house.rows(cases) == [(0,)]
    assert house.state(taking["job"])[0] == "running"
    house.beat()
    house.worker()
    assert house.becomes(taking["job"], "done"), house.said()
    assert house.state(taking["job"]) == ("done", 2)
    assert house.rows(cases) == [(1,)]
    kept = "select taken_at is null, file is null from exchange_workbookimport where id = %s"
    assert house.rows(kept, asked["sent"]) == [(False, True)]
