"""The first user starts the private database, the last one stops it, however they end."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from core.local import lock
from tests.local.conftest import USER, Python, eventually, finish, server_runs

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]
StartUser = Callable[[], subprocess.Popen[str]]


@pytest.mark.nightly
def test_the_last_user_stops_the_server(database_user: StartUser, var: Path) -> None:
    first, second = database_user(), database_user()
    finish(first)
    assert server_runs(var)
    finish(second)
    assert not server_runs(var)
    assert not (var / "pg" / "postmaster.pid").exists()


def test_many_users_at_once_share_one_server(python: Python, var: Path) -> None:
    users = [python(USER) for _ in range(5)]
    addresses = {user.stdout.readline() for user in users if user.stdout}
    assert len(addresses) == 1
    for user in users:
        finish(user)
    assert not server_runs(var)


def test_a_killed_user_leaves_no_lock(database_user: StartUser, var: Path) -> None:
    first, second = database_user(), database_user()
    first.kill()
    first.wait()
    assert server_runs(var)
    finish(second)
    assert not server_runs(var)


@pytest.mark.nightly
def test_what_a_killed_last_user_left_is_used_and_stopped(
    database_user: StartUser, var: Path
) -> None:
    first = database_user()
    first.kill()
    first.wait()
    assert server_runs(var)
    finish(database_user())
    assert not server_runs(var)


@pytest.mark.nightly
def test_a_killed_server_is_started_again(database_user: StartUser, var: Path) -> None:
    first = database_user()
    pid = (var / "pg" / "postmaster.pid").read_text().split()[0]
    subprocess.run(["kill", "-9", pid], check=True)
    assert eventually(lambda: not server_runs(var))
    second = database_user()
    finish(first)
    assert server_runs(var)
    finish(second)
    assert not server_runs(var)


FORKING = """
    import os, sys, time
    from core.local import database_urls
    database_urls()
    child = os.fork()
    if child == 0:
        {child}
    {parent}
"""


@pytest.mark.nightly
def test_a_forked_child_does_not_stop_what_its_parent_uses(python: Python, var: Path) -> None:
    code = FORKING.format(
        child="sys.exit(0)",
        parent="os.waitpid(child, 0); print('child gone', flush=True); sys.stdin.readline()",
    )
    parent = python(code)
    assert parent.stdout
    assert parent.stdout.readline() == "child gone\n"
    assert server_runs(var)
    finish(parent)
    assert not server_runs(var)


@pytest.mark.nightly
def test_a_forked_child_may_outlive_its_parent(python: Python, var: Path) -> None:
    code = FORKING.format(
        child=(
            "os.close(1); os.close(2); sys.stdin.readline(); sys.stdout = sys.stderr = None;"
            " sys.exit(0)"
        ),
        parent="sys.exit(0)",
    )
    parent = python(code)
    parent.wait(timeout=20)
    assert server_runs(var)
    assert parent.stdin
    parent.stdin.write("\n")
    parent.stdin.flush()
    assert eventually(lambda: not server_runs(var))


@pytest.mark.nightly
def test_a_newcomer_waits_while_the_last_one_stops_the_server(python: Python, var: Path) -> None:
    with lock.alone(var) as last:
        assert last
        newcomer = python(USER)
        with pytest.raises(subprocess.TimeoutExpired):
            newcomer.wait(timeout=1)
        assert not server_runs(var)
    assert newcomer.stdout
    assert newcomer.stdout.readline().startswith("postgres://")
    finish(newcomer)


@pytest.mark.nightly
def test_a_program_that_is_told_to_end_stops_the_server(python: Python, var: Path) -> None:
    """Gunicorn, Celery and runserver turn SIGTERM into an ordinary end."""
    process = python(
        """
        import signal, sys, time
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        from core.local import database_urls
        database_urls()
        print("ready", flush=True)
        time.sleep(60)
        """
    )
    assert process.stdout
    process.stdout.readline()
    process.terminate()
    process.wait(timeout=20)
    assert not server_runs(var)
