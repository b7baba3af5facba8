"""Sentinels say which server leads: workers and the cache follow, and each job is done once."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
import redis

from core.local.paths import ROOT
from core.sentinels import Leader, watched
from tests.jobs.conftest import eventually
from tests.programs import SENTINEL, needed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.jobs.conftest import House

SECRET, NAME = "invented-secret", "casework"
COUNTED = """
import django; django.setup()
from django.core.cache import caches
caches["calls"].set("seen", 1, 60); print(caches["calls"].get("seen"))
"""


def test_what_an_address_says_of_sentinels() -> None:
    assert watched("redis://:x@redis:6379/0") is None
    found = watched("sentinel://:a%2Fb@one:26380,two/0?master=casework")
    assert found is not None
    assert found.sentinels == (("one", 26380), ("two", 26379))
    assert found.broker_url == "sentinel://:a%2Fb@one:26380/0;sentinel://:a%2Fb@two:26379/0"
    assert found.transport_options["master_name"] == "casework"
    pool = Leader.from_url("sentinel://:a%2Fb@one:26380/1?master=casework")
    assert (pool.connection_kwargs["password"], pool.connection_kwargs["db"]) == ("a/b", 1)


@pytest.mark.parametrize("url", ["sentinel://one:26379/0", "sentinel:///0?master=casework"])
def test_an_address_that_lacks_something_is_refused(url: str) -> None:
    with pytest.raises(SystemExit, match="is expected"):
        watched(url)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class Servers:
    """One that leads, one that follows, and a sentinel."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.started = folder, list[subprocess.Popen[bytes]]()
        self.first, self.second, self.sentinel = free_port(), free_port(), free_port()
        program = needed(shutil.which("redis-server") or shutil.which("valkey-server"), SENTINEL)
        watching = needed(
            shutil.which("redis-sentinel") or shutil.which("valkey-sentinel"), SENTINEL
        )
        both = f'requirepass {SECRET}\nmasterauth {SECRET}\nsave ""\nbind 127.0.0.1\n'
        self._start(program, f"port {self.first}\n{both}")
        self._start(program, f"port {self.second}\n{both}replicaof 127.0.0.1 {self.first}\n")
        said = f"sentinel monitor {NAME} 127.0.0.1 {self.first} 1\n"
        said += f"sentinel auth-pass {NAME} {SECRET}\n"
        said += f"sentinel down-after-milliseconds {NAME} 1000\n"
        said += f"sentinel failover-timeout {NAME} 5000\n"
        self._start(watching, f"port {self.sentinel}\nbind 127.0.0.1\n{said}")
        assert eventually(lambda: self.says()["num-slaves"] == 1), "nobody follows"

    def _start(self, program: str, said: str) -> None:
        file = self.folder / f"server-{len(self.started)}.conf"
        file.write_text(f"{said}dir {self.folder}\n")
        with (self.folder / f"{file.stem}.log").open("wb") as log:
            self.started.append(subprocess.Popen([program, file], stdout=log, stderr=log))

    def says(self) -> dict[str, int]:
        """What the sentinel knows; an empty answer while it is not there yet."""
        try:
            with redis.Redis(port=self.sentinel, socket_timeout=2) as asked:
                return dict(asked.sentinel_master(NAME))
        except redis.RedisError:
            return {"num-slaves": -1, "port": -1}

    def close(self) -> None:
        for process in self.started:
            process.kill()
            process.wait()


@pytest.fixture
def servers(house: House) -> Iterator[Servers]:
    made = Servers(house.folder)
    house.redis = f"sentinel://:{SECRET}@127.0.0.1:{made.sentinel}/0?master={NAME}"
    yield made
    made.close()


@pytest.mark.nightly
@pytest.mark.slow
@pytest.mark.enable_socket
@pytest.mark.django_db(transaction=True)
def test_the_leader_is_killed_and_another_takes_over(house: House, servers: Servers) -> None:
    house.worker()
    before = house.ask("job", {})["job"]
    assert house.becomes(before, "done"), house.said()
    servers.started[0].send_signal(signal.SIGKILL)
    during = house.ask("job", {})["job"]  # asked for, although nobody can be told
    assert eventually(lambda: servers.says()["port"] == servers.second), "nobody took over"
    time.sleep(2)
    after = house.ask("job", {})["job"]  # no clock sweeps here: the bell went by the new one
    assert house.becomes(after, "done"), house.said()
    house.beat()
    assert house.becomes(during, "done"), house.said()
    assert [len(house.effects(job)) for job in (before, during, after)] == [1, 1, 1]
    env = house.environment("app")
    done = subprocess.run(
        [sys.executable, "-c", COUNTED], cwd=ROOT, env=env, capture_output=True, check=False
    )
    assert done.stdout.strip() == b"1", done.stderr
