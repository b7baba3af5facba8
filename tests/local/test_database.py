"""What settings and others are told: addresses, roles, secrets, and who needs a database."""

from __future__ import annotations

import base64
import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import environ
import psycopg2
import pytest

from core.database import roles
from core.local import (
    counts_alone,
    database,
    database_urls,
    development_secrets,
    needs_database,
)
from core.local.paths import ROOT

if TYPE_CHECKING:
    from pathlib import Path

enable = pytest.mark.enable_socket
slow = pytest.mark.slow


def test_an_address_from_the_environment_starts_nothing(
    var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://app@db/casework")
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgres://owner@db/casework")
    assert database_urls() == {
        "app": "postgres://app@db/casework",
        "owner": "postgres://owner@db/casework",
        "worker": "postgres://app@db/casework",
        "report": "postgres://app@db/casework",
        "backup": "postgres://app@db/casework",
    }
    assert not (var / "pg").exists()


@enable
@slow
def test_each_role_can_sign_in_and_is_what_it_should_be(var: Path) -> None:
    urls = database_urls()
    try:
        for name, url in urls.items():
            connection = psycopg2.connect(url)
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT current_user, rolsuper, rolbypassrls, rolcreatedb,"
                    " pg_has_role('casework_owner', 'MEMBER') FROM pg_roles"
                    " WHERE rolname = current_user"
                )
                owner, around = name == "owner", name == "backup"  # it reads around the wall
                assert cursor.fetchone() == (f"casework_{name}", False, around, owner, owner)
            connection.close()
            config = environ.Env.db_url_config(url)
            assert config["NAME"] == "casework"
            assert config["OPTIONS"]["host"] == str(var / "pg")
    finally:
        database.leave(var)


MAY_BECOME = {
    "owner": {"app", "worker", "report"},
    "app": {"report"},
    "worker": {"report"},
    "report": set(),
}


@enable
@slow
def test_who_may_become_whom(var: Path) -> None:
    urls = database_urls()
    try:
        for name, allowed in MAY_BECOME.items():
            connection = psycopg2.connect(urls[name])
            connection.autocommit = True
            for other in ("owner", "app", "worker", "report", "backup"):
                with connection.cursor() as cursor:
                    if other in {*allowed, name}:
                        cursor.execute(f"SET ROLE casework_{other}")
                    else:
                        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
                            cursor.execute(f"SET ROLE casework_{other}")
                    cursor.execute("RESET ROLE")
            connection.close()
    finally:
        database.leave(var)


@enable
@slow
@pytest.mark.parametrize("member", ["app", "worker"])
@pytest.mark.by_turns(2)
def test_the_report_role_is_not_inherited(var: Path, member: str) -> None:
    urls = database_urls()
    try:
        owner = psycopg2.connect(urls["owner"])
        with owner, owner.cursor() as cursor:
            cursor.execute(
                "CREATE TABLE counted (n int); GRANT SELECT ON counted TO casework_report"
            )
        owner.close()
        connection = psycopg2.connect(urls[member])
        connection.autocommit = True
        with connection.cursor() as cursor:
            with pytest.raises(psycopg2.errors.InsufficientPrivilege):
                cursor.execute("SELECT * FROM counted")
            cursor.execute("SET ROLE casework_report; SELECT * FROM counted")
        connection.close()
    finally:
        database.leave(var)


@pytest.mark.nightly
@enable
@slow
def test_provisioning_again_changes_nothing_and_says_so(var: Path) -> None:
    folder = database.ensure_running(var)
    try:
        connection = psycopg2.connect(host=str(folder), user="postgres", dbname="postgres")
        done = roles.provision_roles(
            connection, "casework", {roles.APP: "a long password"}, may_create_databases=True
        )
        assert "casework_app: kept, password set" in done
        assert "database casework: kept" in done
        assert "a long password" not in " ".join(done)
        with connection.cursor() as cursor:
            cursor.execute("SELECT rolpassword FROM pg_authid WHERE rolname = 'casework_app'")
            assert cursor.fetchone()[0].startswith("SCRAM-SHA-256$")
        connection.close()
    finally:
        database.leave(var)


@pytest.mark.nightly
@enable
@slow
def test_the_command_provisions_a_server_for_production(var: Path) -> None:
    folder = database.ensure_running(var)
    try:
        superuser = f"postgres://postgres@/postgres?host={folder}"
        done = provision(superuser, CASEWORK_APP_PASSWORD="a long password")
        assert done.returncode == 0, done.stderr
        assert "casework_app: kept, password set" in done.stdout
        assert "database elsewhere: created" in done.stdout
        assert "a long password" not in done.stdout + done.stderr

        refused = provision(superuser.replace("postgres@", "casework_app@"))
        assert refused.returncode == 1
        assert refused.stderr.startswith("CommandError: The database server refused: ")
        assert len(refused.stderr.strip().splitlines()) == 1
    finally:
        database.leave(var)


def provision(url: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", "provision_roles", "--database", "elsewhere"],
        cwd=ROOT,
        env={**os.environ, "DATABASE_ADMIN_URL": url, **env},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.nightly
@enable
@slow
def test_a_test_database_has_the_extensions(var: Path) -> None:
    urls = database_urls()
    try:
        connection = psycopg2.connect(urls["owner"])
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("CREATE DATABASE test_casework")
        connection.close()
        connection = psycopg2.connect(urls["owner"].replace("/casework?", "/test_casework?"))
        with connection.cursor() as cursor:
            cursor.execute("SELECT extname FROM pg_extension")
            assert set(roles.EXTENSIONS) <= {name for (name,) in cursor.fetchall()}
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        connection.close()
    finally:
        database.leave(var)


@pytest.mark.parametrize(
    ("line", "needed"),
    [
        ("manage.py", False),
        ("manage.py help", False),
        ("manage.py migrate --help", False),
        ("manage.py check", False),
        ("manage.py check --deploy", False),
        ("manage.py check --database default", True),
        ("manage.py check --database=default", True),
        ("manage.py collectstatic --noinput", False),
        ("manage.py spectacular", False),
        ("manage.py provision_roles", False),
        ("./manage.py migrate", True),
        ("/srv/casework/manage.py runserver", True),
        ("manage.py a_command_of_tomorrow", True),
        ("/venv/bin/mypy", False),
        ("/venv/lib/mypy/__main__.py", False),
        ("/venv/bin/gunicorn casework.conf.wsgi", True),
        ("/venv/lib/celery/__main__.py worker", True),
        ("/venv/bin/pytest", True),
    ],
)
def test_which_commands_need_a_database(line: str, needed: bool) -> None:
    assert needs_database(line.split()) is needed


@pytest.mark.parametrize(
    ("line", "counts"),
    [
        ("manage.py report conviction-rate", True),
        (".venv/bin/manage.py report", True),
        ("manage.py", False),
        ("manage.py issue_key report", False),
        ("/venv/bin/celery report", False),
    ],
)
def test_which_command_counts_without_a_reader(line: str, counts: bool) -> None:
    assert counts_alone(line.split()) is counts


def test_secrets_are_made_once_and_private(var: Path) -> None:
    made = development_secrets(var)
    assert development_secrets(var) == made
    number, _, key = made["FIELD_KEYS"].partition(":")
    assert number == "1"
    assert len(base64.b64decode(key)) == 32
    assert len(made["SECRET_KEY"]) >= 50
    for path in (var / "secrets").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_secrets_made_by_many_at_once_are_the_same(var: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda _: development_secrets(var), range(40)))
    assert all(result == results[0] for result in results)
    assert len(list((var / "secrets").iterdir())) == 2


def test_it_imports_neither_settings_nor_models() -> None:
    code = "import core.local, sys; print([m for m in sys.modules if m.startswith('django')])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"
