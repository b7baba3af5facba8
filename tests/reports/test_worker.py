"""A report computed by a real worker, also when it is killed at it and the broker forgets."""

from __future__ import annotations

import signal
from contextlib import closing
from typing import TYPE_CHECKING, Any

import psycopg2
import pytest

from core.local import broker
from tests.jobs.conftest import eventually, house, jobs_database, needs_redis, send  # noqa: F401
from tests.jobs.test_worker import flush

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.jobs.conftest import House

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]


@pytest.fixture
def with_redis(house: House) -> Iterator[House]:  # noqa: F811
    with broker.running_server(house.folder) as (house.redis, _servers):
        yield house


def snapshots(house: House) -> list[Any]:  # noqa: F811
    return house.rows("select id::text, report, rows from reports_snapshot")


@pytest.fixture(autouse=True)
def nothing_kept(house: House) -> Iterator[None]:  # noqa: F811
    yield
    house.rows("alter table reports_snapshot disable trigger user")
    house.rows("alter table reports_keptids disable trigger user")
    house.rows("delete from reports_keptids")
    house.rows("delete from reports_snapshot")


@pytest.mark.nightly
@needs_redis
def test_queued_running_done(with_redis: House) -> None:
    run = with_redis.ask("figures", {})["job"]
    assert with_redis.state(run) == ("queued", 0)
    with_redis.worker()
    assert with_redis.becomes(run, "done"), with_redis.said()
    ((snapshot, report, _rows),) = snapshots(with_redis)
    assert report == "conviction-rate"
    result = with_redis.rows("select result->>'snapshot' from core_job where id = %s", run)
    assert result == [(snapshot,)]


@pytest.mark.nightly
@needs_redis
def test_killed_at_work_and_forgotten_by_the_broker_there_is_one_result(with_redis: House) -> None:
    house = with_redis  # noqa: F811
    with closing(psycopg2.connect(house.urls["owner"])) as blocker:
        with blocker.cursor() as cursor:
            cursor.execute("lock table prosecutions_judgment in access exclusive mode")
        worker = house.worker()
        run = house.ask("figures", {})["job"]
        assert house.becomes(run, "running"), house.said()
        waiting = "select count(*) from pg_locks where not granted"
        assert eventually(lambda: house.rows(waiting) == [(1,)])
        send(worker, signal.SIGKILL)
        worker.wait()
        flush(house)
        blocker.rollback()
    house.beat()
    house.worker()
    assert house.becomes(run, "done"), house.said()
    assert house.state(run) == ("done", 2)
    assert len(snapshots(house)) == 1


@pytest.mark.nightly
@needs_redis
def test_cancelled_there_is_no_result(with_redis: House) -> None:
    run = with_redis.ask("figures", {})["job"]
    with_redis.rows(
        "update core_job set state = 'cancelled', finished_at = now() where id = %s", run
    )
    with_redis.worker()
    second = with_redis.ask("figures", {"as_of": "2026-01-31"})["job"]
    assert with_redis.becomes(second, "done"), with_redis.said()
    assert with_redis.state(run)[0] == "cancelled"
    assert len(snapshots(with_redis)) == 1
