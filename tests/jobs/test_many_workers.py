"""Many workers on two machines, two clocks, and kills among them: each job is done once.

The second machine is a namespace of networks: nothing of the first is heard there, and it reaches
database and broker by their sockets alone.
"""

from __future__ import annotations

import random
import signal
import subprocess
import time
from typing import TYPE_CHECKING

import pytest

from tests.jobs.conftest import eventually, needs_redis, send
from tests.jobs.networks import network

if TYPE_CHECKING:
    from tests.jobs.conftest import House

MANY, WORKERS, KILLS = 400, 4, 6
# Whoever is not root may have a namespace of users around it, and stays who they are.
ELSEWHERE = (["unshare", "--net"], ["unshare", "--user", "--map-current-user", "--net"])


@pytest.fixture
def elsewhere() -> list[str]:
    """What starts a process in a network of its own."""
    for command in ELSEWHERE:
        try:
            done = subprocess.run([*command, "true"], capture_output=True, check=False)
        except FileNotFoundError:
            pytest.skip("unshare is not installed")
        if done.returncode == 0:
            return command
    pytest.skip("namespaces of networks are not permitted here")


@pytest.mark.nightly
@pytest.mark.slow
@pytest.mark.enable_socket
@needs_redis
def test_four_hundred_jobs_once_each_on_two_machines_while_some_are_killed(
    with_broker: House, elsewhere: list[str]
) -> None:
    house = with_broker
    house.rows("delete from core_job where kind = 'test-effect' returning 1")
    house.rows("delete from test_effect returning 1")
    jobs = house.ask("jobs", {"many": MANY})["jobs"]
    machines = [[], elsewhere] * (WORKERS // 2)
    workers = [house.worker(machine) for machine in machines]
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
        workers[at] = house.worker(machines[at])
        if kill == KILLS // 2:
            send(clocks[0], signal.SIGKILL)
        time.sleep(1)
    assert eventually(lambda: done() == MANY, 300), (done(), house.said())
    twice = house.rows("select job_id from test_effect group by job_id having count(*) <> 1")
    assert twice == []
    ((effects,),) = house.rows("select count(*) from test_effect")
    assert (effects, len(jobs)) == (MANY, MANY)
    of_each = dict(house.rows("select network, count(*) from test_effect group by network"))
    here = of_each.pop(network())
    assert min(here, sum(of_each.values())) > MANY / 10, of_each
