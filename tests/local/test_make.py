"""The Makefile: which Python it takes, and that its targets are the documented ones."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from core.local.paths import ROOT

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
NAMES = ("python3.13", "python3.12", "python3.11", "python3")
DEAD = "echo 'no such version' >&2; exit 127"
OLD = "exit 1"
GOOD = f'exec "{sys.executable}" "$@"'
WITHOUT_VENV = f'case "$*" in *ensurepip*) exit 1;; esac; {GOOD}'


@pytest.fixture
def chosen(tmp_path: Path) -> object:
    """Put such interpreters on PATH and return the name the Makefile chooses."""

    def choose(**interpreters: str) -> str:
        programs = tmp_path / "bin"
        programs.mkdir()
        for name in NAMES:
            program = programs / name
            program.write_text("#!/bin/sh\n" + interpreters.get(name.replace(".", "_"), DEAD))
            program.chmod(0o755)
        shutil.copy(ROOT / "Makefile", tmp_path)
        done = subprocess.run(
            ["make", "-s", "--eval=show: ; @echo $(PYTHON)", "show"],
            cwd=tmp_path,
            env={"PATH": f"{programs}:/usr/bin:/bin"},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    return choose


@pytest.mark.parametrize(
    ("interpreters", "name"),
    [
        ({"python3_13": GOOD, "python3": GOOD}, "python3.13"),
        ({"python3_13": DEAD, "python3_12": DEAD, "python3_11": GOOD}, "python3.11"),
        ({"python3": GOOD}, "python3"),
        ({"python3_13": OLD, "python3": GOOD}, "python3"),
        ({"python3_13": WITHOUT_VENV, "python3_11": GOOD}, "python3.11"),
        ({"python3_12": WITHOUT_VENV}, "python3.12"),
        ({"python3": OLD}, "no-python"),
        ({}, "no-python"),
    ],
    ids=str,
)
def test_an_interpreter_counts_only_when_it_runs(
    chosen: object, interpreters: dict[str, str], name: str
) -> None:
    assert chosen(**interpreters) == name  # type: ignore[operator]


def test_no_python_is_one_plain_line(tmp_path: Path) -> None:
    for name in NAMES:
        (tmp_path / name).write_text(f"#!/bin/sh\n{DEAD}\n")
        (tmp_path / name).chmod(0o755)
    shutil.copy(ROOT / "Makefile", tmp_path)
    done = subprocess.run(
        ["make", "run"],
        cwd=tmp_path,
        env={"PATH": f"{tmp_path}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert done.stderr.splitlines()[0] == "Casework needs Python 3.11, 3.12 or 3.13."


@pytest.mark.parametrize(
    "target",
    ["setup", "run", "stop", "reset", "test", "mutants", "check", "fix", "bench", "help"],
)
def test_each_documented_target_exists(target: str) -> None:
    done = subprocess.run(
        ["make", "--dry-run", target],
        cwd=ROOT,
        env={**os.environ, "MAKEFLAGS": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


SMOKE = "make test ARGS=tests/local/test_wheel.py"  # what the wheel's own server adds


def test_the_build_script_calls_what_the_readme_names() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    subprocess.run(["bash", "-n", script], check=True)
    text = script.read_text()
    lines = text.splitlines()
    assert [line for line in lines if line.startswith("make ")] == [
        "make check",
        "make test",
        SMOKE,
    ]
    assert lines.index("export CI=true") < lines.index("make check")
    assert lines[-1] == SMOKE
