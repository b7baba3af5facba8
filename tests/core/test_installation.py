"""A database is served by code that is new enough for it, and with its own keys."""

from __future__ import annotations

import base64
import os
import re
import subprocess
import sys
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from django.conf import settings as configured
from django.core.management import CommandError, call_command
from django.db import connection

from core import installation, preflight, rekeying, sealing
from core.local import database_urls
from core.models import Installation
from tests import databases, factories
from tests.databases import statement
from victims.models import Identity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ONE, TWO = (base64.b64encode(os.urandom(32)).decode() for _ in range(2))
OLD, BOTH, NEW, OTHER = f"1:{ONE}", f"2:{TWO},1:{ONE}", f"2:{TWO}", f"1:{TWO}"
NEWER = (
    "This database needs a newer Casework (schema 9; this is 2). "
    "Install the newer one, or restore the copy made before it was brought up to date."
)
RAISES = re.compile(r"older_code_breaks\((\d+)\)")


@pytest.fixture
def owner(db):
    """As whoever migrates, in a database that is not yet sealed."""
    with connection.cursor() as cursor:
        cursor.execute("reset role; delete from core_installation")
        cursor.execute("insert into core_installation (id, oldest_code) values (1, 1)")
        yield cursor


@pytest.fixture(autouse=True)
def one_connection(monkeypatch):
    """Start-up closes it; here it holds the test's transaction."""
    monkeypatch.setattr(connection, "close", lambda: None)


def needs(cursor, schema):
    cursor.execute("update core_installation set oldest_code = %s", [schema])


def test_newer_code_is_asked_for_in_one_line(owner, capsys):
    needs(owner, 9)
    assert installation.fault(owner, configured.FIELD_KEYS) == NEWER
    with pytest.raises(SystemExit) as ended:
        preflight.refuse_unsafe()  # web, worker and beat, also outside production
    assert ended.value.code == preflight.BOOT_ERROR
    assert capsys.readouterr().err == f"Casework does not start: {NEWER}\n"
    with pytest.raises(SystemExit, match=re.escape(NEWER)):
        call_command("migrate", verbosity=0)
    said = StringIO()
    with pytest.raises(CommandError):
        call_command("preflight", stdout=StringIO(), stderr=said)
    assert NEWER in said.getvalue()


@pytest.mark.parametrize("schema", [installation.SCHEMA, installation.SCHEMA - 1])
def test_code_as_new_as_the_database_needs_serves_it(owner, schema):
    needs(owner, schema)
    assert installation.fault(owner, configured.FIELD_KEYS) is None
    preflight.refuse_unsafe()


def test_only_a_migration_raises_what_is_needed_and_the_code_with_it(owner):
    files = [path.read_text() for path in configured.BASE_DIR.glob("*/migrations/[0-9]*.py")]
    raised = [int(schema) for text in files for schema in RAISES.findall(text)]
    assert max(raised, default=2) == installation.SCHEMA
    operation = installation.older_code_breaks(9)
    owner.execute(operation.sql)
    assert Installation.objects.get().oldest_code == 9
    owner.execute(installation.older_code_breaks(8).sql)
    assert Installation.objects.get().oldest_code == 9


def test_a_database_is_sealed_once_with_the_first_key(owner, settings):
    settings.FIELD_KEYS = OLD
    sealing.seal()
    sealed = bytes(Installation.objects.values_list("sealed", flat=True).get())
    for keys, fault in ((OLD, None), (BOTH, None), (OTHER, installation.OTHER_KEYS)):
        assert installation.fault(owner, keys) == fault
    settings.FIELD_KEYS = OTHER
    sealing.seal()
    assert bytes(Installation.objects.values_list("sealed", flat=True).get()) == sealed
    assert preflight.database_faults(owner)[0] == installation.OTHER_KEYS
    with pytest.raises(SystemExit, match="FIELD_KEYS do not open this database"):
        call_command("migrate", verbosity=0)


def test_a_database_from_before_is_sealed_only_with_keys_that_open_it(owner, settings):
    settings.FIELD_KEYS = OLD
    factories.identity()
    assert Identity.objects.exists()
    settings.FIELD_KEYS = OTHER
    with pytest.raises(SystemExit, match="FIELD_KEYS do not open"):
        sealing.seal()
    assert not installation.is_sealed(owner)
    settings.FIELD_KEYS = OLD
    sealing.seal()
    assert installation.is_sealed(owner)


def test_a_change_of_keys_takes_the_seal_over_last(owner, settings):
    settings.FIELD_KEYS = OLD
    sealing.seal()
    factories.identity()
    settings.FIELD_KEYS = BOTH
    *_, last = [str(column) for column, _values in rekeying.reencrypt()]
    assert last == "core_installation.sealed"
    assert installation.fault(owner, NEW) is None
    assert installation.fault(owner, OLD) == installation.OTHER_KEYS


@pytest.mark.parametrize("change", ["update", "delete"])
@pytest.mark.parametrize("role", ["casework_app", "casework_worker"])
def test_those_who_serve_cannot_change_it(db, role, change):
    with connection.cursor() as cursor:
        cursor.execute("select has_table_privilege(%s, 'core_installation', %s)", [role, change])
        assert cursor.fetchone() == (False,)


@pytest.fixture(scope="module")
def foreign() -> Iterator[str]:
    """A database that others wrote, with their keys."""
    name = "casework_keys_test" + os.environ.get("PYTEST_XDIST_WORKER", "")
    urls = database_urls()
    databases.make(name)
    statement(
        databases.named(urls["owner"], name),
        "update core_installation set sealed = decode('01000100', 'hex')",
    )
    yield databases.named(urls["app"], name)
    databases.drop(urls["owner"], name)


PROGRAMS = {
    # One worker: where two end at once, gunicorn may stumble over the second and say so at length.
    "web": [
        *("-m", "gunicorn", "--config=python:casework.conf.gunicorn"),
        *("--bind=unix:web.sock", "--workers=1"),
    ],
    "worker": ["-m", "celery", "--app=casework.conf", "worker", "--concurrency=1"],
    "beat": ["-m", "celery", "--app=casework.conf", "beat", "--schedule=beat", "--pidfile="],
    "migrate": ["manage.py", "migrate"],
    "preflight": ["manage.py", "preflight"],
}


@pytest.fixture
def earlier(foreign: str) -> Iterator[str]:
    """The same, as if it had been made before 0.2: by the history of its migrations."""
    owner = foreign.replace("casework_app", "casework_owner")
    app, name = installation.EARLIER
    row = f"insert into django_migrations (app, name, applied) values ('{app}', '{name}', now())"
    statement(owner, row)
    yield foreign
    statement(owner, f"delete from django_migrations where name = '{name}'")


@pytest.mark.slow
@pytest.mark.enable_socket
@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.by_turns(5)
def test_nothing_starts_with_keys_that_do_not_open_the_data(
    foreign: str, tmp_path: Path, program: str
) -> None:
    said = refused(foreign, tmp_path, program)
    assert installation.OTHER_KEYS in said
    assert "Traceback" not in said


@pytest.mark.nightly
@pytest.mark.slow
@pytest.mark.enable_socket
@pytest.mark.parametrize("program", PROGRAMS)
def test_nothing_starts_on_a_database_from_before_0_2(
    earlier: str, tmp_path: Path, program: str
) -> None:
    said = refused(earlier, tmp_path, program)
    assert installation.TOO_OLD in said
    assert "Traceback" not in said
    assert len({line for line in said.splitlines() if "0.2" in line}) == 1  # of each process


@pytest.mark.slow
def test_make_run_ends_on_a_database_from_before_0_2_in_one_line(
    earlier: str, tmp_path: Path
) -> None:
    env = os.environ | {
        "CASEWORK_ENV": "development",
        "CASEWORK_VAR": str(tmp_path / "var"),
        "DATABASE_URL": earlier,
        "DATABASE_OWNER_URL": earlier.replace("casework_app", "casework_owner"),
        "FIELD_KEYS": OTHER,
    }
    done = subprocess.run(
        [sys.executable, "-m", "core.local", "setup"],
        cwd=configured.BASE_DIR,
        env=env,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, f"{installation.TOO_OLD}\n")


def test_no_migration_of_today_is_called_as_one_from_before_0_2() -> None:
    app, name = installation.EARLIER
    assert not list(configured.BASE_DIR.glob(f"{app}/migrations/{name}.py"))


def refused(database: str, tmp_path: Path, program: str) -> str:
    """What this program says when it ends at once."""
    env = os.environ | {
        "CASEWORK_ENV": "development",
        "CASEWORK_VAR": str(tmp_path / "var"),
        "DATABASE_URL": database,
        "DATABASE_OWNER_URL": database.replace("casework_app", "casework_owner"),
        "FIELD_KEYS": OTHER,
        "PYTHONPATH": str(configured.BASE_DIR),
        "REDIS_URL": f"redis+socket://{tmp_path}/redis.sock",
    }
    env.pop("CASEWORK_AS_OWNER", None)
    at, *arguments = PROGRAMS[program]
    if at == "manage.py":
        at = str(configured.BASE_DIR / at)
    done = subprocess.run(
        [sys.executable, at, *arguments],
        cwd=tmp_path,
        env=env,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode != 0
    return done.stderr


@pytest.mark.slow
def test_a_restored_database_without_its_keys_makes_no_new_ones(
    foreign: str, tmp_path: Path
) -> None:
    owner = foreign.replace("casework_app", "casework_owner")
    env = os.environ | {
        "CASEWORK_ENV": "development",
        "CASEWORK_VAR": str(tmp_path / "var"),
        "DATABASE_URL": foreign,
        "DATABASE_OWNER_URL": owner,
    }
    for command in (["manage.py", "preflight"], ["-m", "core.local", "setup"]):
        done = subprocess.run(
            [sys.executable, *command],
            cwd=configured.BASE_DIR,
            env=env,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert (done.returncode, done.stderr) == (1, f"{installation.KEYS_LOST}\n")
    assert not (tmp_path / "var" / "secrets" / "field_keys").exists()
