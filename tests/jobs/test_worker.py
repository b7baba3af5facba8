"""Jobs with a real worker, a real broker and a real database, while things are killed.

Each test asks for work as a web process would and looks at the rows afterwards. The effect is
written to a table without a unique index: what happens twice is counted twice.
"""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest
import redis

from core.local import broker
from tests.jobs.conftest import eventually, needs_redis, send

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.jobs.conftest import House

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]

REPORT = {
    "occurred_at": "2026-11-20T05:52:00+05:30",
    "jurisdiction": "IN-WB-KOL",
    "programme": "csec",
    "people": [{"sex": "female", "age_band": "13-17"}],
}


@pytest.fixture
def with_redis(house: House) -> Iterator[House]:
    with broker.running_server(house.folder) as (house.redis, _servers):
        yield house


def progress(house: House, job: str) -> tuple[int, int]:
    ((done, total),) = house.rows("select done, coalesce(total, 0) from core_job where id=%s", job)
    return done, total


def flush(house: House) -> None:
    client = redis.Redis(unix_socket_path=str(broker.socket_path(house.folder)))
    client.flushall()
    client.close()


@pytest.mark.nightly
@needs_redis
def test_queued_running_done_and_its_progress_is_seen_meanwhile(with_redis: House) -> None:
    house, gate = with_redis, with_redis.folder / "gate"
    house.worker()
    # It says that it is there; else Today tells everybody that nobody answers.
    assert eventually(lambda: house.rows("select at from core_heartbeat")), house.said()
    job = house.ask("job", {"gate": str(gate)})["job"]
    assert house.becomes(job, "running"), house.said()
    assert eventually(lambda: progress(house, job) == (2, 5))
    assert house.effects(job) == []  # the effect commits with `done`, not before
    gate.touch()
    assert house.becomes(job, "done"), house.said()
    assert progress(house, job) == (5, 5)
    assert house.state(job) == ("done", 1)
    assert house.effects(job) == [1]
    assert house.rows("select result->>'role' from core_job where id = %s", job) == [
        ("casework_worker",)
    ]


@pytest.mark.nightly
@needs_redis
def test_a_worker_killed_at_work_leaves_one_result(with_redis: House) -> None:
    house, gate = with_redis, with_redis.folder / "gate"
    house.beat()
    worker = house.worker()
    job = house.ask("job", {"gate": str(gate)})["job"]
    assert eventually(lambda: progress(house, job) == (2, 5)), house.said()
    send(worker, signal.SIGKILL)
    worker.wait()
    gate.touch()
    house.worker()
    assert house.becomes(job, "done"), house.said()
    assert house.state(job) == ("done", 2)
    assert house.effects(job) == [2]


@pytest.mark.nightly
@needs_redis
def test_a_child_killed_at_work_leaves_one_result(with_redis: House) -> None:
    house, gate = with_redis, with_redis.folder / "gate"
    house.beat()
    worker = house.worker()
    job = house.ask("job", {"gate": str(gate)})["job"]
    assert eventually(lambda: progress(house, job) == (2, 5)), house.said()
    children = f"/proc/{worker.pid}/task/{worker.pid}/children"
    with open(children) as file:
        (child,) = file.read().split()
    os.kill(int(child), signal.SIGKILL)
    gate.touch()
    assert house.becomes(job, "done"), house.said()
    assert house.state(job) == ("done", 2)
    assert house.effects(job) == [2]


@pytest.mark.nightly
@needs_redis
def test_a_worker_that_slept_past_its_lease_adds_nothing(with_redis: House) -> None:
    house, gate = with_redis, with_redis.folder / "gate"
    house.beat()
    sleeper = house.worker()
    job = house.ask("job", {"gate": str(gate)})["job"]
    assert eventually(lambda: progress(house, job) == (2, 5)), house.said()
    send(sleeper, signal.SIGSTOP)
    gate.touch()
    second = house.worker()
    assert house.becomes(job, "done"), house.said()
    # The second rests, so that the next job shows that the sleeper is through with the first.
    send(second, signal.SIGSTOP)
    send(sleeper, signal.SIGCONT)
    assert house.becomes(house.ask("job", {})["job"], "done"), house.said()
    assert house.state(job) == ("done", 2)
    assert house.effects(job) == [2]


@pytest.mark.nightly
@needs_redis
def test_a_step_that_takes_longer_than_the_lease_is_left_to_its_worker(with_redis: House) -> None:
    house = with_redis
    house.beat()
    house.worker()
    house.worker()
    job = house.ask("job", {"slow": "7"})["job"]  # a lease is three seconds here
    assert house.becomes(job, "done"), house.said()
    assert house.state(job) == ("done", 1)
    assert house.effects(job) == [1]


@pytest.mark.nightly
@needs_redis
def test_the_sweep_delivers_what_redis_forgot(with_redis: House) -> None:
    house = with_redis
    house.beat()
    first = house.ask("job", {})["job"]
    flush(house)
    house.worker()
    assert house.becomes(first, "done"), house.said()
    # And again while all of them are running and know their queues.
    flush(house)
    second = house.ask("job", {})["job"]
    flush(house)
    assert house.becomes(second, "done"), house.said()
    assert (house.effects(first), house.effects(second)) == ([1], [1])


@pytest.mark.nightly
@needs_redis
def test_the_broker_may_be_away(house: House) -> None:
    """A page that writes neither waits nor fails; the work is done when Redis is back."""
    with broker.running_server(house.folder) as (house.redis, _servers):
        pass  # its address is known, and it is gone
    report = house.ask("report", REPORT)
    assert report["status"] == 201
    assert report["waits"] == 0
    asked = house.ask("job", {})
    assert asked["waits"] == 0
    assert house.state(asked["job"]) == ("queued", 0)
    with broker.running_server(house.folder):
        house.worker()
        house.beat()
        assert house.becomes(asked["job"], "done"), house.said()
    assert house.effects(asked["job"]) == [1]


@pytest.mark.nightly
@needs_redis
def test_workers_survive_a_broker_that_goes_and_comes(house: House) -> None:
    with broker.running_server(house.folder) as (house.redis, _servers):
        house.worker()
        house.beat()
        before = house.ask("job", {})["job"]
        assert house.becomes(before, "done"), house.said()
    asked = house.ask("job", {})
    assert asked["waits"] == 0
    with broker.running_server(house.folder):
        assert house.becomes(asked["job"], "done", 60), house.said()
    assert house.effects(asked["job"]) == [1]


@pytest.mark.nightly
@needs_redis
def test_a_worker_that_starts_sweeps_at_once(with_redis: House) -> None:
    house = with_redis
    job = house.ask("job", {})["job"]
    flush(house)
    house.worker()  # and no beat
    assert house.becomes(job, "done"), house.said()
