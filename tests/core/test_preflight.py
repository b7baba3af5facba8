"""Each broken configuration is refused, with its own reason and no other."""

from __future__ import annotations

import base64
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import psycopg2
import pytest
from django.db import connection

from core import preflight
from core.local import database_urls
from core.local.paths import ROOT
from tests.whole import WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterator

SECRET = "q7Rf-2kVbX0_pLz9TnYw4mHs8CdGa1EjUo5iQxWt3KvBrN6yMl"  # made up for this test


def field_key(number: int = 1, text: bytes = bytes(range(130, 162))) -> str:
    return f"{number}:{base64.b64encode(text).decode()}"


@pytest.fixture
def sound(settings):
    """Settings with which production may start."""
    settings.PRODUCTION = True
    settings.DEBUG = settings.DEMO_ASKED = False
    settings.SECRET_KEY = SECRET
    settings.FIELD_KEYS = f"{field_key(2)},{field_key(1, bytes(range(90, 122 + 32, 2)))}"
    settings.ALLOWED_HOSTS = ["casework.example.org"]
    return settings


def test_sound_settings_are_accepted(sound):
    assert preflight.settings_faults() == []


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("SECRET_KEY", "django-insecure-" + SECRET, "SECRET_KEY is one that was made"),
        ("SECRET_KEY", SECRET[:49], "SECRET_KEY is too short"),
        ("SECRET_KEY", "ab" * 40, "SECRET_KEY is too short or too plain"),
        ("FIELD_KEYS", "", "FIELD_KEYS is missing."),
        ("FIELD_KEYS", field_key(text=bytes(range(130, 146))), "FIELD_KEYS is not sound"),
        ("FIELD_KEYS", field_key(text=bytes(32)), "FIELD_KEYS is not sound"),
        ("FIELD_KEYS", field_key(text=b"correct horse battery staple 123"), "FIELD_KEYS is not"),
        ("FIELD_KEYS", f"{field_key()},2:nothing", "FIELD_KEYS is not sound"),
        ("FIELD_KEYS", field_key(number=70_000), "FIELD_KEYS is not sound"),
        ("DEBUG", True, "DEBUG is on"),
        ("DEMO_ASKED", True, "DEMO is on"),
        ("ALLOWED_HOSTS", [], "ALLOWED_HOSTS is empty"),
        ("ALLOWED_HOSTS", ["*"], "ALLOWED_HOSTS allows every name"),
        ("METRICS_TOKEN", SECRET[:31], "METRICS_TOKEN is too short"),
        ("METRICS_TOKEN", "ab" * 16, "METRICS_TOKEN is too short or too plain"),
        ("ERROR_HOOK", "nowhere.at.all", "ERROR_HOOK is neither"),
        ("ERROR_HOOK", "core.preflight.SHORTEST_SECRET", "ERROR_HOOK is neither"),
    ],
)
def test_a_broken_setting_is_refused(sound, name, value, reason):
    setattr(sound, name, value)
    (fault,) = preflight.settings_faults()
    assert fault.startswith(reason)


def test_the_keys_of_a_working_copy_are_refused(sound, tmp_path, monkeypatch):
    monkeypatch.setenv("CASEWORK_VAR", str(tmp_path))
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "secret_key").write_text(f"{sound.SECRET_KEY}\n")
    (tmp_path / "secrets" / "field_keys").write_text(f"{sound.FIELD_KEYS}\n")
    assert preflight.settings_faults() == [
        "SECRET_KEY is one that was made for development.",
        "FIELD_KEYS is one that was made for development.",
    ]


def test_a_directory_of_files_is_made_and_accepted(sound, tmp_path):
    sound.FILES_ROOT, sound.STATIC_ROOT = tmp_path / "files", tmp_path / "static"
    assert list(preflight.files_faults()) == []
    assert (tmp_path / "files").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    ("place", "mode", "reason"),
    [
        ("files", 0o755, "is open to other users"),
        ("static/files", 0o700, "lies in what is served"),
        ("file/files", 0o700, "cannot be made or read"),
    ],
)
def test_a_directory_of_files_that_is_not_fit_is_refused(sound, tmp_path, place, mode, reason):
    sound.FILES_ROOT, sound.STATIC_ROOT = tmp_path / place, tmp_path / "static"
    (tmp_path / "file").touch()
    if not place.startswith("file/"):
        sound.FILES_ROOT.mkdir(parents=True)
        sound.FILES_ROOT.chmod(mode)
    (fault,) = preflight.files_faults()
    assert reason in fault


@pytest.fixture
def as_role(db) -> Iterator[object]:
    """`as_role(name)`: a cursor on the test database as that database role, rolled back."""
    opened = []
    database = connection.settings_dict["NAME"]

    def connect(role: str = "casework_app") -> psycopg2.extensions.cursor:
        url = database_urls()["owner"]
        try:
            there = psycopg2.connect(url, user=role, dbname=database)
        except psycopg2.OperationalError:
            pytest.skip(f"this server does not let {role} in without a password")
        opened.append(there)
        return there.cursor()

    yield connect
    for there in opened:
        there.close()


@pytest.mark.parametrize("role", ["casework_app", "casework_worker"])
def test_the_roles_that_serve_are_accepted(as_role, role):
    assert preflight.database_faults(as_role(role)) == []


def test_a_key_that_the_database_does_not_know_is_refused(as_role, settings):
    settings.SECRET_KEY = "x" * 60
    said = "SECRET_KEY is not the one the database knows"
    assert any(fault.startswith(said) for fault in preflight.database_faults(as_role()))


def test_a_superuser_is_refused(as_role):
    assert reasons(as_role("postgres"), "role") == [
        "The database role is a superuser: use casework_app or casework_worker."
    ]


def test_a_superuser_in_disguise_is_refused(as_role):
    cursor = as_role("postgres")
    cursor.execute("set role casework_app")
    assert len(reasons(cursor, "role")) == 1


def test_the_owner_of_the_tables_is_refused(as_role):
    assert reasons(as_role("casework_owner"), "role") == [
        "The database role owns the tables: use casework_app or casework_worker."
    ]


def test_a_role_that_may_become_the_owner_is_refused(as_role):
    cursor = as_role("postgres")
    cursor.execute("create role casework_climber; grant casework_owner to casework_climber")
    cursor.execute("set session authorization casework_climber")
    assert len(reasons(cursor, "role")) == 1


def test_a_role_that_bypasses_row_security_is_refused(as_role):
    assert reasons(as_role("casework_backup"), "role") == [
        "The database role may bypass row security: use casework_app or casework_worker."
    ]


def reasons(cursor, about):
    """What one of the questions finds."""
    return list(getattr(preflight, f"_{about}")(cursor))


BREAKS = [
    (
        "alter table casework_rescue disable row level security",
        "Row security is off on casework_rescue.",
    ),
    (
        "alter table victims_identity no force row level security",
        "Row security is not forced on victims_identity.",
    ),
    (
        "alter table casework_caseevent disable row level security",
        "Row security is off on casework_caseevent.",
    ),
    (
        "alter table core_auditevent disable trigger core_auditevent_append_only",
        "The trigger core_auditevent_append_only on core_auditevent is disabled.",
    ),
    (
        "drop trigger core_auditevent_append_only on core_auditevent",
        "Nothing keeps core_auditevent append-only: its trigger is missing.",
    ),
    (
        "alter table casework_rescue disable trigger casework_rescue_scope",
        "The trigger casework_rescue_scope on casework_rescue is disabled.",
    ),
    (
        "grant update on core_auditevent to casework_app",
        "The database role may change or delete what is in core_auditevent.",
    ),
    (
        "alter role casework_app reset statement_timeout",
        "The database role has no statement_timeout: run `manage.py provision_roles`.",
    ),
]


@pytest.mark.parametrize(("statement", "reason"), BREAKS)
def test_a_broken_wall_is_refused(as_role, statement, reason):
    """Broken and asked in one transaction, which is rolled back: nobody else sees it."""
    cursor = as_role("postgres")
    cursor.execute(statement)
    cursor.execute("set session authorization casework_app")
    assert preflight.database_faults(cursor) == [reason]


def test_a_missing_secret_key_is_refused(sound):
    assert list(preflight._secret_key("")) == ["SECRET_KEY is missing."]  # Django refuses it too


def test_a_missing_table_is_refused(as_role):
    cursor = as_role("postgres")
    cursor.execute("alter table casework_narrative rename to elsewhere")
    cursor.execute("set session authorization casework_app")
    assert preflight.database_faults(cursor) == [
        "The database lacks tables: run `manage.py migrate` as the owner."
    ]


@pytest.mark.parametrize("role", ["casework_app", "casework_worker"])
def test_tables_of_a_former_version_are_refused(as_role, role):
    cursor = as_role("postgres")
    cursor.execute(
        "delete from django_migrations where id = (select max(id) from django_migrations)"
    )
    cursor.execute(f"set session authorization {role}")
    assert preflight.database_faults(cursor) == [
        "The tables are of a former version: run `manage.py migrate` as the owner."
    ]


def test_lost_commits_are_refused(as_role):
    cursor = as_role()
    cursor.execute("set synchronous_commit = off")
    assert preflight.database_faults(cursor) == [
        "synchronous_commit is off: a crash would lose what people were told is saved."
    ]


def test_triggers_switched_off_for_a_session_are_refused(as_role):
    cursor = as_role("postgres")
    cursor.execute("set session_replication_role = replica")
    cursor.execute("set session authorization casework_app")
    assert reasons(cursor, "triggers") == [
        "Triggers do not fire: session_replication_role is not origin."
    ]


@pytest.mark.parametrize(("seconds", "refused"), [(-7, True), (3, False), (7, True)])
def test_clocks_that_differ_are_refused(as_role, monkeypatch, seconds, refused):
    clock = preflight.time.time
    monkeypatch.setattr(preflight.time, "time", lambda: clock() + seconds)
    said = "The clocks of this machine and of the database differ by 7 seconds."
    assert preflight.database_faults(as_role()) == ([said] if refused else [])


def test_start_up_says_every_reason_and_ends(sound, monkeypatch, capsys):
    monkeypatch.setattr(preflight, "faults", lambda: ["One.", "Two."])
    with pytest.raises(SystemExit) as ended:
        preflight.refuse_unsafe()
    assert ended.value.code == preflight.BOOT_ERROR
    assert capsys.readouterr().err == (
        "Casework does not start: One.\nCasework does not start: Two.\n"
    )


@pytest.mark.django_db
def test_outside_production_start_up_asks_only_whether_the_data_are_ours(monkeypatch):
    monkeypatch.setattr(preflight, "faults", lambda: pytest.fail("asked"))
    monkeypatch.setattr(connection, "close", lambda: None)  # it holds the test's transaction
    preflight.refuse_unsafe()


WEB = ["-m", "gunicorn", "--config=python:casework.conf.gunicorn", "--bind=unix:web.sock"]
PROGRAMS = {
    # One process: of two that end at once gunicorn may tell the second by a traceback, and exit 1.
    "web": [*WEB, "--workers=1"],
    "worker": ["-m", "celery", "--app=casework.conf", "worker", "--concurrency=1"],
    "beat": ["-m", "celery", "--app=casework.conf", "beat", "--schedule=beat", "--pidfile="],
}


@pytest.mark.slow
@pytest.mark.enable_socket
@pytest.mark.parametrize("program", PROGRAMS if WHOLE else ["web"])
def test_production_ends_at_once_as_the_owner(program, tmp_path, monkeypatch, as_role):
    with closing(as_role("casework_owner").connection) as there:
        parameters = there.get_dsn_parameters()
    monkeypatch.setenv(
        "DATABASE_URL",
        f"postgres://casework_owner@/{parameters['dbname']}?host={parameters['host']}",
    )
    for name in ("CASEWORK_AS_OWNER", "DATABASE_OWNER_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CASEWORK_ENV", "production")
    monkeypatch.setenv("SECRET_KEY", SECRET)
    monkeypatch.setenv("FIELD_KEYS", field_key())
    monkeypatch.setenv("ALLOWED_HOSTS", "casework.example.org")
    monkeypatch.setenv("REDIS_URL", f"redis+socket://{tmp_path}/redis.sock")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    done = subprocess.run(
        [sys.executable, *PROGRAMS[program]],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == preflight.BOOT_ERROR, done.stderr
    said = [line for line in done.stderr.splitlines() if line.startswith("Casework does not")]
    assert (
        "Casework does not start: "
        "The database role owns the tables: use casework_app or casework_worker."
    ) in said
    assert "Traceback" not in done.stderr
