"""An address that cannot be read is refused by its name, without a sign of its password."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest
from django.core.management import call_command

from backups import programs
from casework.conf.env import Environment
from core import preflight, servers
from core.local.paths import ROOT

SECRETS = ("12/Kolkata34", "Kol/kata34", "Kol?kata34", "Kol#kata34", "Kol[kata34", "Kol%zzkata34")
WORD = re.compile("kol|kata|34|zz", re.IGNORECASE)
# Where each is read, and an address that holds a password.
READ = {
    "DATABASE_URL": (
        lambda: Environment(name="production", as_owner=False).database(),
        "postgres://u:{}@h:5432/d",
    ),
    "DATABASE_OWNER_URL": (
        lambda: Environment(name="production", as_owner=True).database(),
        "postgres://u:{}@one:5432,two:5432/d",
    ),
    "DATABASE_ASIDE_URL": (
        lambda: Environment(name="production", as_owner=False).database_aside(),
        "postgres://u:{}@h/d",
    ),
    "DATABASE_REPLICA_URL": (
        lambda: Environment(name="production", as_owner=False).database_replica(),
        "postgres://u:{}@h:5432/d",
    ),
    "BACKUP_DATABASE_URL": (
        lambda: Environment(name="production", as_owner=False).backup_database,
        "postgres://u:{}@h:5432/d",
    ),
    "DATABASE_ADMIN_URL": (
        lambda: call_command("provision_roles"),
        "postgres://postgres:{}@127.0.0.1:1/postgres",
    ),
    "REDIS_URL": (
        lambda: Environment(name="production", as_owner=False).broker(),
        "redis://:{}@h:6379/0",
    ),
    "EMAIL_URL": (lambda: Environment().email(), "smtp+tls://u:{}@h:587"),
}
SENTINELS = "sentinel://:{}@one:26379,two/0?master=casework"


def raised(reading):
    try:
        reading()
    except (Exception, SystemExit) as error:
        return error


@pytest.mark.parametrize("name", READ)
def test_no_sign_of_a_password_is_said(monkeypatch, recwarn, name):
    reading, form = READ[name]
    for address in (form, *[SENTINELS] * (name == "REDIS_URL")):
        for secret in SECRETS:
            monkeypatch.setenv(name, address.format(secret))
            error = raised(reading)
            assert error or "/" not in secret  # or it is read as it was meant
            assert not WORD.search(str(error))
            assert error is None or error.__suppress_context__ or error.__context__ is None
    assert [str(warning.message) for warning in recwarn if WORD.search(str(warning.message))] == []


@pytest.mark.parametrize("name", READ)
@pytest.mark.parametrize("address", ["Kolkata34", "kol://u:Kolkata34@h", "postgres://u:s@h:kata/d"])
def test_what_is_no_address_is_refused_in_words(monkeypatch, recwarn, name, address):
    monkeypatch.setenv(name, address)
    with pytest.raises(SystemExit, match=f"^{name} cannot be read as an address: ") as refused:
        READ[name][0]()
    assert not WORD.search(str(refused.value))
    assert len(recwarn) == 0


@pytest.mark.parametrize(
    "address",
    [
        "redis://redis:6379/0",
        "redis+socket:///srv/var/redis.sock",
        "unix:///srv/var/redis.sock?db=1",
        "rediss://user:a%2Fb@[::1]:6380",
        "sentinel://:a%2Fb@one:26379,two/0?master=casework",
    ],
)
def test_what_can_be_read_is_left_as_it_is(address):
    assert servers.broker(address) == address


def test_several_hosts_are_read():
    hosts = "postgres://u:a%2Fb@one:5432,two:5433/d?target_session_attrs=read-write"
    known = servers.database("DATABASE_URL", hosts)
    assert (known["HOST"], known["PORT"], known["PASSWORD"]) == ("one,two", "5432,5433", "a/b")
    assert known["OPTIONS"] == {"target_session_attrs": "read-write"}
    assert servers.for_libpq("DATABASE_URL", hosts) == hosts
    assert programs.environment(hosts)["PGTARGETSESSIONATTRS"] == "read-write"


@pytest.mark.parametrize(
    ("name", "reading"),
    [
        ("FILES_STORE", lambda: Environment().files_store),
        ("FILES_ENDPOINT", lambda: Environment().files_endpoint),
        ("BACKUP_TO", lambda: Environment().backup_to),
        ("BACKUP_ENDPOINT", lambda: Environment().backup_endpoint),
        ("HISTORY_PLACE", lambda: Environment().history_place),
    ],
)
def test_an_account_does_not_stand_in_the_address_of_a_bucket(monkeypatch, name, reading):
    monkeypatch.setenv(name, "https://key:Kolkata34@s3.example.org/b")
    with pytest.raises(SystemExit, match=f"^{name} names an account") as refused:
        reading()
    assert not WORD.search(str(refused.value))
    monkeypatch.setenv(name, "s3://bucket/folder")
    assert reading() == "s3://bucket/folder"


def test_a_web_server_that_cannot_read_one_ends_and_is_not_tried_again():
    named = {"CASEWORK_ENV": "production", "SECRET_KEY": "x", "FIELD_KEYS": "x"}
    named |= {"DATABASE_URL": "postgres://u@h/d", "REDIS_URL": SENTINELS.format("Kol/kata34")}
    done = subprocess.run(
        [sys.executable, "-c", "import casework.conf.wsgi"],
        cwd=ROOT,
        env=os.environ | named | {"DJANGO_SETTINGS_MODULE": "casework.conf.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == preflight.BOOT_ERROR
    assert done.stderr.startswith("Casework does not start: REDIS_URL cannot be read")
    assert done.stderr.count("\n") == 1
