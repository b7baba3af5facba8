"""`make run` and its companions, on a working copy with a stub for Django."""

from __future__ import annotations

import dbm
import os
import re
import shelve
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
import redis
from celery import Celery
from kombu import Connection
from kombu.exceptions import OperationalError

from core.local import broker, faults, postgres, tending
from core.local.faults import Problem
from core.local.run import run
from core.local.tending import Tended
from tests.local.conftest import eventually, lives, server_runs

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]


class Launched(subprocess.Popen[str]):
    """A launcher whose words so far can be read while it runs."""

    words: Path

    def said(self) -> str:
        return self.words.read_text()


Local = Callable[..., Launched]


@pytest.fixture
def port() -> int:
    """A port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
        return number


def _hear_interrupts() -> None:
    """As at a terminal, also where the suite itself runs in the background of a shell."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.fixture
def local(copy: Path, port: int) -> Iterator[Local]:
    """Start `python -m core.local <verb>` in the working copy."""
    started: list[Launched] = []

    def start(*arguments: str, **env: str) -> Launched:
        words = copy.parent / f"words{len(started)}"
        with words.open("w") as output:
            process = Launched(
                [sys.executable, "-m", "core.local", *arguments],
                cwd=copy,
                env={**os.environ, "PORT": str(port), **env},
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
                text=True,
                preexec_fn=_hear_interrupts,
            )
        process.words = words
        started.append(process)
        return process

    yield start
    if any(process.poll() is None for process in started):
        subprocess.run([sys.executable, "-m", "core.local", "stop"], cwd=copy, check=False)
    for process in started:
        process.kill()
        process.communicate()


def page(port: int) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as answer:
        return str(answer.read().decode())


def answers(port: int) -> bool:
    try:
        return bool(page(port))
    except OSError:
        return False


def ticks(var: Path) -> bool:
    """Beat has made its schedule: interrupted just then, Celery calls the half-made file broken."""
    try:
        with shelve.open(str(var / "beat"), flag="r") as schedule:
            return "utc_enabled" in schedule
    except dbm.error:
        return False


def works() -> bool:
    """The worker answers: interrupted before that, Celery calls its start a failure."""
    url = broker.broker_url()
    # A line of its own: one that was kept may lead to a broker that has ended.
    with Celery(broker=url) as caller, Connection(url) as line:
        try:
            return bool(caller.control.ping(timeout=1, connection=line))
        except (OperationalError, redis.RedisError):
            return False


def said(process: Launched, typed: str | None = None) -> str:
    process.communicate(typed, timeout=60)
    return process.said()


def asked(var: Path) -> list[str]:
    return [line.split()[0] for line in (var / "asked").read_text().splitlines()]


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "term"])
@pytest.mark.by_turns(2)
def test_run_serves_and_stops_cleanly(local: Local, var: Path, port: int, how: int) -> None:
    process = local("run")
    assert eventually(lambda: answers(port), 40)
    assert page(port) == "postgres://casework_app owner known: False"
    assert int((var / "run.pid").read_text().split()[0]) == process.pid
    assert eventually(lambda: "field.kolkata  the demo password" in process.said())
    assert f"http://127.0.0.1:{port}/" in process.said()
    assert eventually(lambda: ticks(var) and works(), 40)

    began = time.monotonic()
    process.send_signal(how)
    output = said(process)
    assert time.monotonic() - began < 15
    assert process.returncode == 0, output
    assert "Traceback" not in output
    assert not answers(port)
    assert not (var / "run.pid").exists()
    assert not server_runs(var)
    assert not broker.answers(broker.socket_path(var))


@pytest.mark.nightly
def test_a_second_start_repeats_nothing(local: Local, var: Path) -> None:
    assert "Ready." in said(local("setup"))
    assert asked(var)[-2:] == ["collectstatic", "load_demo"]
    lines = (var / "asked").read_text().splitlines()
    assert all(line.endswith(" 1 postgres://casework_owner@/") for line in lines)
    (var / "asked").unlink()
    said(local("setup"))
    # The stub makes no migrations table, so only that is tried again.
    assert asked(var) == ["migrate"]


def test_a_taken_port_is_one_plain_line(local: Local, port: int) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        process = local("run")
        output = said(process)
    assert process.returncode == 1
    assert output == (f"Port {port} is taken by another program. Try: make run PORT={port + 1}\n")


@pytest.mark.parametrize("wrong", ["http", "0", "70000", "-1"])
def test_a_wrong_port_is_one_plain_line(local: Local, wrong: str) -> None:
    process = local("run", PORT=wrong)
    assert said(process) == f"PORT must be a number from 1 to 65535, not {wrong!r}.\n"
    assert process.returncode == 1


@pytest.mark.nightly
def test_a_full_disk_is_one_plain_line(local: Local, var: Path) -> None:
    process = local("setup", FULL="1")
    assert said(process).splitlines()[-1] == "The disk is full. Free some space and try again."
    assert process.returncode == 1
    assert not server_runs(var)


@pytest.mark.nightly
def test_stop_ends_a_run(local: Local, var: Path, port: int) -> None:
    process = local("run")
    assert eventually(lambda: answers(port), 40)
    second = local("run")
    assert said(second) == "Casework is running already. Stop it with: make stop\n"
    assert second.returncode == 1
    assert "Casework is running. Stop it first" in said(local("reset", "--yes"))

    assert "Casework has stopped." in said(local("stop"))
    process.wait(timeout=5)
    assert not answers(port)
    assert not server_runs(var)
    assert "Casework was not running." in said(local("stop"))


@pytest.mark.nightly
def test_stop_clears_up_after_a_runner_that_was_killed(local: Local, var: Path, port: int) -> None:
    process = local("run")
    assert eventually(lambda: answers(port), 40)
    assert eventually(lambda: len((var / "run.pid").read_text().split()) == 5)
    process.kill()
    process.wait()
    # What it had started is told to end, and has ended by now on a slow machine.
    done = local("stop")
    assert re.match("Casework (has stopped|was not running)\\.", said(done))
    assert done.returncode == 0
    assert eventually(lambda: not answers(port))
    assert not server_runs(var)
    assert not broker.answers(broker.socket_path(var))


def running_now(var: Path) -> list[int]:
    """The process ids of web, worker and clock."""
    return [int(word) for word in (var / "run.pid").read_text().split()[1:]][-3:]


@pytest.mark.nightly
@pytest.mark.parametrize("killed", [0, 1, 2], ids=["web", "worker", "clock"])
def test_what_ends_is_started_again_alone(local: Local, var: Path, port: int, killed: int) -> None:
    process = local("run")
    assert eventually(lambda: answers(port) and ticks(var) and works(), 60)
    before = running_now(var)
    os.kill(before[killed], signal.SIGKILL)
    gone = {before[killed]}
    assert eventually(lambda: len(now := running_now(var)) == 3 and gone.isdisjoint(now), 30)
    after = running_now(var)
    assert [now for number, now in enumerate(after) if number != killed] == [
        then for number, then in enumerate(before) if number != killed
    ]
    assert eventually(lambda: answers(port) and works(), 60)
    assert "has ended; it is started again." in process.said()
    assert process.poll() is None


@pytest.mark.nightly
def test_a_killed_database_and_a_killed_broker_come_back_and_the_rest_goes_on(
    local: Local, var: Path, port: int
) -> None:
    process = local("run")
    assert eventually(lambda: answers(port) and works(), 60)
    before = running_now(var)
    line = redis.Redis(unix_socket_path=str(broker.socket_path(var)))
    os.kill(line.info("server")["process_id"], signal.SIGKILL)
    line.close()
    note = postgres.data_dir(var) / "postmaster.pid"
    os.kill(int(note.read_text().split()[0]), signal.SIGKILL)
    assert eventually(lambda: "PostgreSQL has ended" in process.said(), 30)
    assert eventually(lambda: server_runs(var), 60)
    assert eventually(lambda: broker.answers(broker.socket_path(var)), 30)
    assert eventually(works, 60)  # the worker has found the new broker
    assert answers(port)
    assert running_now(var) == before


@pytest.mark.nightly
def test_a_runner_that_was_killed_leaves_nobody_and_the_next_one_starts(
    local: Local, var: Path, port: int
) -> None:
    process = local("run")
    assert eventually(lambda: answers(port) and works(), 60)
    before = running_now(var)
    process.kill()
    process.wait()
    again = local("run")
    assert eventually(lambda: answers(port) and not set(before) & set(running_now(var)), 60), (
        again.said()
    )
    assert not [pid for pid in before if lives(pid)]
    assert eventually(works, 60)


def test_without_room_nothing_is_started(
    var: Path, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORT", str(port))
    monkeypatch.setattr(faults, "LEAST_FREE", 2**80)
    with pytest.raises(Problem, match="The disk is full"):
        run(var)
    assert not (var / "pg").exists()


def test_pauses_grow_until_it_has_run_for_a_while(
    var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Lamp(Tended):
        lit, starts = False, 0

        def runs(self) -> bool:
            return self.lit

        def start(self) -> None:
            self.starts += 1

    now = 1000.0
    monkeypatch.setattr(tending.time, "monotonic", lambda: now)
    lamp, began = Lamp("The lamp"), []
    while len(began) < 9:
        lamp.tend(var)
        if lamp.starts > len(began):
            began.append(now)
        now += 0.25
    pauses = [later - earlier for earlier, later in pairwise(began)]
    assert pauses == sorted(pauses)
    assert pauses[0] < 2
    assert tending.LONGEST <= pauses[-1] < tending.LONGEST + 1
    lamp.lit, now = True, now + tending.CALM + 1
    lamp.tend(var)
    lamp.lit, began = False, [now]
    while lamp.starts == 9:
        lamp.tend(var)
        now += 0.25
    assert now - began[0] < 2


def test_a_stale_note_harms_no_stranger(local: Local, var: Path) -> None:
    with subprocess.Popen(["sleep", "60"]) as stranger:
        (var / "run.pid").write_text(f"{stranger.pid} {stranger.pid}\n")
        assert "Casework was not running." in said(local("stop"))
        assert stranger.poll() is None
        stranger.kill()


@pytest.mark.nightly
def test_reset_asks_first(local: Local, var: Path) -> None:
    said(local("setup"))
    refused = local("reset")
    assert "Nothing was deleted." in said(refused, "no\n")
    assert refused.returncode == 1
    assert (var / "pg" / "PG_VERSION").exists()
    assert "The local data is deleted." in said(local("reset"), "yes\n")
    assert not var.exists()


def test_reset_leaves_a_directory_alone_that_is_not_ours(local: Local, var: Path) -> None:
    (var / ".casework").unlink()
    (var / "letters.txt").touch()
    process = local("reset", "--yes")
    assert re.search(r"was not made by Casework", said(process))
    assert (var / "letters.txt").exists()
