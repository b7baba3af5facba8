"""An export written by a real worker, also when it is killed at it and the broker forgets."""

from __future__ import annotations

import base64
import signal
from contextlib import closing
from typing import TYPE_CHECKING, Any

import psycopg2
import pytest

from core.local import broker
from tests.exchange.unlocking import unlocked
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


def parts(house: House, asked: dict[str, Any]) -> dict[str, bytes]:  # noqa: F811
    taken = house.ask("take", {"export": asked["export"]})
    return unlocked(base64.b64decode(taken["content"]), asked["passphrase"])


@pytest.mark.nightly
@needs_redis
def test_asked_written_taken(with_redis: House) -> None:
    asked = with_redis.ask("export", {})
    assert asked["parameters"] == {"export": asked["export"]}
    assert with_redis.state(asked["job"]) == ("queued", 0)
    with_redis.worker()
    assert with_redis.becomes(asked["job"], "done"), with_redis.said()
    assert set(parts(with_redis, asked)) == {"01.jsonl", "manifest.json"}


@pytest.mark.nightly
@needs_redis
def test_killed_at_work_and_forgotten_by_the_broker_there_is_one_file(with_redis: House) -> None:
    house = with_redis  # noqa: F811
    asked = house.ask("export", {})
    with closing(psycopg2.connect(house.urls["owner"])) as blocker:
        with blocker.cursor() as cursor:
            cursor.execute("lock table casework_case in access exclusive mode")
        worker = house.worker()
        assert house.becomes(asked["job"], "running"), house.said()
        waiting = "select count(*) from pg_locks where not granted"
        assert eventually(lambda: house.rows(waiting) == [(1,)])
        send(worker, signal.SIGKILL)
        worker.wait()
        flush(house)
        blocker.rollback()
    named = "select file is null, passphrase is null from exchange_export where id = %s"
    assert house.rows(named, asked["export"]) == [(True, False)]
    house.beat()
    house.worker()
    assert house.becomes(asked["job"], "done"), house.said()
    assert house.state(asked["job"]) == ("done", 2)
    assert house.rows(named, asked["export"]) == [(False, True)]
    assert "01.jsonl" in parts(house, asked)
