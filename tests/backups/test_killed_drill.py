"""A drill that is killed leaves neither its server nor the copy of the data that was in it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from backups import drilling, sweeping
from core.local import postgres
from core.local.paths import ROOT
from tests.backups.conftest import NAME
from tests.backups.test_round_trip import addresses
from tests.local.conftest import eventually, server_runs

pytestmark = [pytest.mark.slow]


@pytest.fixture
def home():
    """Where a drill has its server; whatever still runs there afterwards is ended."""
    there = Path(settings.DRILL_FOLDER) / drilling.HOME
    yield there
    if there.exists():
        postgres.stop(there)
        postgres.remove(there)
        shutil.rmtree(there)


def ours(home: Path) -> bool:
    """Whether anything of it is left, also what root keeps elsewhere for the server."""
    return home.exists() or postgres.data_dir(home).exists()


@pytest.fixture
def drill(made, officers):
    """A drill by the command, in a process group of its own."""
    backup, folder = made
    env = os.environ | addresses(NAME) | {"CASEWORK_ENV": "test"}
    env |= {"BACKUP_TO": str(folder.path), "DRILL_FOLDER": settings.DRILL_FOLDER}
    command = [sys.executable, "manage.py", "drill", "--identity", str(officers.files[0])]
    process = subprocess.Popen(
        [*command, backup.name],
        cwd=ROOT,
        env=env,
        start_new_session=True,
        stderr=subprocess.PIPE,
        text=True,
    )
    yield process
    process.kill()
    process.communicate()


@pytest.mark.nightly
@pytest.mark.parametrize("kill", [os.kill, os.killpg], ids=["alone", "with its group"])
def test_its_server_ends_with_it(home, drill, kill):
    assert eventually(lambda: server_runs(home) or drill.poll() is not None, 60)
    assert drill.poll() is None, drill.communicate()[1]
    kill(drill.pid, signal.SIGKILL)
    drill.wait()
    assert eventually(lambda: not ours(home))
    assert not server_runs(home)


def left(home: Path) -> None:
    """What stays of a drill if everything is killed at once but the server."""
    home.mkdir(mode=0o700, parents=True)
    postgres.start(home)
    assert ours(home)


def test_the_next_command_takes_away_what_nobody_waited_for(home):
    left(home)
    pid = int((postgres.data_dir(home) / "postmaster.pid").read_text().split()[0])
    drilling.sweep()
    assert not ours(home)
    assert not Path(f"/proc/{pid}/cwd").exists()


def test_it_leaves_a_drill_alone_that_is_at_work(home):
    left(home)
    with sweeping.held(home) as is_ours:
        assert is_ours
        drilling.sweep()
        assert server_runs(home)


@pytest.mark.nightly
@pytest.mark.parametrize("command", [["backup"], ["restore", "none", "--identity=none"]])
def test_a_backup_and_a_restore_take_it_away_whatever_comes_of_them(
    command, home, db, monkeypatch, tmp_path
):
    monkeypatch.setattr(settings, "BACKUP_TO", str(tmp_path / "kept"))
    monkeypatch.setattr(settings, "BACKUP_RECIPIENTS", "")
    left(home)
    with pytest.raises(CommandError):
        call_command(*command)
    assert not ours(home)
