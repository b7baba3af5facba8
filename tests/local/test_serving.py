"""The web server after its master was killed: the next one takes over at once."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import textwrap
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from core.local.paths import ROOT
from tests.local.conftest import eventually, lives

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]

# Answers who it is; at /slow only once the file "go" is there.
APPLICATION = """
    import os, pathlib, time

    def application(environ, start_response):
        if environ["PATH_INFO"] == "/slow":
            pathlib.Path("begun").touch()
            while not pathlib.Path("go").exists():
                time.sleep(0.02)
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [f"{os.getppid()} {os.getpid()}".encode()]
"""
Master = subprocess.Popen[bytes]


@pytest.fixture
def masters(tmp_path: Path) -> Iterator[Callable[[int], Master]]:
    """Start web servers as production does; what is left of them is ended."""
    (tmp_path / "stub.py").write_text(textwrap.dedent(APPLICATION))
    started: list[Master] = []

    def start(port: int) -> Master:
        command = [
            sys.executable,
            "-m",
            "gunicorn",
            "--config",
            f"{ROOT}/casework/conf/gunicorn.py",
        ]
        process = subprocess.Popen(
            [*command, f"--bind=127.0.0.1:{port}", "stub:application"],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": f"{ROOT}:{tmp_path}"},
            start_new_session=True,
        )
        started.append(process)
        return process

    yield start
    (tmp_path / "go").touch()
    for process in started:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
        process.wait()


def asked(port: int, path: str = "/") -> list[int]:
    """The process ids of the master and the worker that answer; nothing if none does."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as answer:
            return [int(word) for word in answer.read().split()]
    except OSError:
        return []


def test_a_new_master_takes_over_from_orphans_that_still_work(
    masters: Callable[[int], Master], tmp_path: Path
) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    first = masters(port)
    assert eventually(lambda: asked(port)[:1] == [first.pid])
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(asked, port, "/slow")
        assert eventually((tmp_path / "begun").exists)
        first.kill()
        first.wait()
        second = masters(port)
        began = time.monotonic()
        assert eventually(lambda: asked(port)[:1] == [second.pid] or second.poll() is not None)
        assert second.poll() is None, "it gave up"
        assert time.monotonic() - began < 10
        assert not slow.done()
        (tmp_path / "go").touch()
        _parent, worker = slow.result(timeout=20)  # what had begun is answered
    assert worker
    assert eventually(lambda: not lives(worker))
