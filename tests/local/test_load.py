"""The measurement of many people at once runs, and finds no error: here with a few, for a moment.

What it promises of times and memory is asked where it is measured (`benchmarks/README.md`).
"""

from __future__ import annotations

import re
import socket
import subprocess
import sys

import pytest

from core.local.paths import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket, pytest.mark.nightly]


def test_a_few_people_work_without_an_error() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "benchmarks.load.run", "--people=78", "--seconds=40"]
    command += ["--scale=0.004", "--calm", f"--port={port}"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "no error: kept" in done.stdout, done.stdout
    assert "nobody refused: kept" in done.stdout, done.stdout
    assert "connections flat: kept" in done.stdout, done.stdout
    asked = dict(re.findall(r"^  (\S.*?) +(\d+) asked, 0 in vain", done.stdout, re.MULTILINE))
    pages = {"Today", "a case", "a survivor", "docket", "dashboard", "sign in: the password"}
    assert pages <= set(asked)
