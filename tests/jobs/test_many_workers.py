"""Many workers, two clocks, and kills among them: each job is done once."""

from __future__ import annotations

import random
import signal
import time
from typing import TYPE_CHECKING

import pytest

from tests.jobs.conftest import eventually, needs_redis, send

if TYPE_CHECKING:
    from tests.jobs.conftest import House

MANY, WORKERS, KILLS = 400, 4, 6


@pytest.mark.nightly
@pytest.mark.slow
@pytest.mark.enable_socket
@needs_redis
def test_four_hundred_jobs_once_each_while_some_are_killed(
    with_broker: House,
) -> None:
    house = with_broker
    house.rows("delete from core_job where kind = 'test-effect' returning 1")
    house.rows("delete from test_effect returning 1")
    jobs = house.ask("jobs", {"many": MANY})["jobs"]
    workers = [house.worker() for _ in range(WORKERS)]
    clocks = [house.beat(f"beat-{number}") for number in range(2)]

    def done() -> int:
        ((number,),) = house.rows(
            "select count(*) from core_job where kind = 'test-effect' and state = 'done'"
        )
        return int(number)

    chance = random.Random(7)
    for kill in range(KILLS):
        assert eventually(lambda: done() > kill * 25, 240), house.said()  # noqa: B023
        at = chance.randrange(WORKERS)
        send(workers[at], signal.SIGKILL)
        workers[at] = house.worker()
        if kill == KILLS // 2:
            send(clocks[0], signal.SIGKILL)
        time.sleep(1)
    assert eventually(lambda: done() == MANY, 300), (done(), house.said())
    twice = house.rows("select job_id from test_effect group by job_id having count(*) <> 1")
    assert twice == []
    ((effects,),) = house.rows("select count(*) from test_effect")
    assert (effects, len(jobs)) == (MANY, MANY)
