"""A key is changed while everything runs: nothing is lost, nothing is left under the old key."""

from __future__ import annotations

import base64
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import closing
from io import StringIO

import psycopg2
import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.conf import settings as configured
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, transaction

from accounts.sign_in.rekeying import hidden, opened
from core import drafts, idempotency, rekeying
from core.context import acting_as
from core.fields import EncryptedTextField
from tests import factories
from tests.meta.tables import histories
from victims.models import Identity, Victim

ROOT = configured.BASE_DIR
ONE, TWO = (base64.b64encode(os.urandom(32)).decode() for _ in range(2))
OLD, BOTH, NEW = f"1:{ONE}", f"2:{TWO},1:{ONE}", f"2:{TWO}"
# Where ciphertext is made: the field, the kept answers, files, and the change of keys itself.
MAKERS = {
    *("core/fields.py", "core/idempotency.py", "core/rekeying.py", "core/keys/crypto.py"),
    "core/sealing.py",
    "core/files/vault.py",
    "accounts/sign_in/rekeying.py",
}


@pytest.fixture(autouse=True)
def keys(settings):
    """`keys(spec)`: from now on these keys are in force; the old one at first."""

    def use(spec):
        settings.FIELD_KEYS = spec

    use(OLD)
    return use


def secrets():
    """(row, field) of every encrypted value there is."""
    for model in apps.get_models():
        fields = [f for f in model._meta.local_fields if isinstance(f, EncryptedTextField)]
        for row in model._default_manager.all() if fields else ():
            for field in fields:
                yield row, field.attname


def texts():
    return {(row._meta.label, row.pk, name): getattr(row, name) for row, name in secrets()}


def fill():
    """A row of every table, and with it a value in every encrypted column."""
    case = factories.case()
    for make in factories.FACTORIES.values():
        try:
            make(case=case)
        except TypeError:  # not a row of a case
            make()
    drafts.keep(factories.user(), "/x/", "Canary", [])
    for row, name in list(secrets()):
        setattr(row, name, f"Canary {name}")
        row.save()
    answer = idempotency.Answer(201, {"name": "Canary answer"})
    person = factories.user()
    idempotency.once(person, "k", b"digest", lambda: answer)
    Authenticator.objects.create(user=person, type="totp", data={"secret": hidden("Canary code")})


def run(*arguments):
    said = StringIO()
    call_command("reencrypt", *arguments, stdout=said)
    return said.getvalue()


@pytest.mark.django_db
def test_after_the_change_the_old_key_is_not_needed(keys, caplog):
    fill()
    before, values = texts(), rekeying.by_key()[1]
    assert values >= len(rekeying.columns())
    keys(BOTH)
    assert f"Key 1: {values} values\nKey 2: 0 values\n" in run("--check")
    said = run()
    assert said.endswith(f"Key 1: 0 values; it may be removed\nKey 2: {values} values\n")
    keys(NEW)
    assert texts() == before
    row = apps.get_model("core.IdempotencyKey").objects.get()
    assert idempotency.earlier_answer(row.actor, "k", b"digest").content == {
        "name": "Canary answer"
    }
    assert "Canary" not in said + caplog.text


@pytest.mark.django_db
def test_every_encrypted_column_is_among_them(keys):
    fill()
    filled = {str(column) for column in rekeying.columns()}
    found = {f"{r._meta.db_table}.{n}" for r, n in secrets()} | {"core_idempotencykey.answer"}
    assert filled == found


def test_ciphertext_is_made_in_known_places_only():
    """Else a value would stay under the old key, and be lost with it."""
    sources = [p for app in configured.OUR_APPS for p in (ROOT / app).rglob("*.py")]
    makers = {
        path.relative_to(ROOT).as_posix()
        for path in sources
        if re.search(r"crypto\.encrypt\(|AESGCM|Fernet", path.read_text(encoding="utf-8"))
    }
    assert makers == MAKERS


@pytest.mark.django_db
def test_second_factors_open_with_the_new_key_alone(keys):
    """Else removing the old key would shut everybody out."""
    fill()
    keys(BOTH)
    assert "mfa_authenticator.data: 1 values" in run()
    keys(NEW)
    (factor,) = Authenticator.objects.all()
    assert opened(factor.data["secret"]) == "Canary code"
    assert "mfa_authenticator.data" not in run()


@pytest.mark.django_db
def test_the_change_of_a_key_is_no_event_and_no_edit(keys):
    fill()
    identity = Identity.objects.first()
    state = (identity.version, identity.updated_at)
    events = [model.objects.count() for model in histories()]
    keys(BOTH)
    run()
    identity.refresh_from_db()
    assert (identity.version, identity.updated_at) == state
    assert [model.objects.count() for model in histories()] == events


@pytest.mark.django_db
def test_a_second_run_touches_nothing(keys):
    fill()
    keys(BOTH)
    run()
    assert "re-encrypted" not in run()


@pytest.mark.django_db
def test_batches_lose_no_row_between_them(keys, monkeypatch):
    monkeypatch.setattr(rekeying, "BATCH", 2)
    for n in range(7):
        factories.identity(full_name=f"Invented {n}")
    before = texts()
    keys(BOTH)
    assert "victims_identity.full_name: 7 values" in run()
    keys(NEW)
    assert texts() == before


# A rehearsal


def stored():
    """Everything encrypted, as it lies there."""
    with connection.cursor() as cursor:
        for column in rekeying.columns():
            cursor.execute(f"select {column.key}, {column.name} from {column.table} order by 1")
            yield str(column), [(key, bytes(v) if v else v) for key, v in cursor.fetchall()]
    yield "factors", list(Authenticator.objects.order_by("pk").values_list("pk", "data"))


@pytest.mark.django_db
def test_a_rehearsal_opens_everything_with_the_new_keys_and_changes_nothing(keys):
    fill()
    values, before = rekeying.by_key()[1], dict(stored())
    keys(BOTH)
    said = run("--rehearse")
    assert f"All {values} values open with these keys, and would lie under key 2." in said
    assert "mfa_authenticator.data: 1 values, 0 do not open" in said
    assert dict(stored()) == before
    assert rekeying.by_key() == {1: values, 2: 0}


@pytest.mark.django_db
def test_a_rehearsal_names_what_a_key_is_still_needed_for(keys, capsys):
    """Before the old one is taken away."""
    fill()
    keys(BOTH)
    run()
    identity = factories.identity(full_name="Canary Ivory")
    keys(OLD)
    identity.full_name = "Canary Ebony"
    identity.save()
    factor = Authenticator.objects.get()
    factor.data = {"secret": hidden("Canary code")}
    factor.save()
    keys(NEW)
    with pytest.raises(CommandError, match=r"^2 of \d+ values do not open with these keys\."):
        run("--rehearse")
    said = capsys.readouterr()
    assert f"Does not open: victims_identity|full_name|{identity.pk}\n" in said.err
    assert f"Does not open: mfa_authenticator.data|{factor.pk}\n" in said.err
    assert "Canary" not in said.out + said.err


@pytest.mark.django_db(transaction=True)
def test_a_rehearsal_may_not_write(real_rows, keys, monkeypatch):
    factories.identity()
    monkeypatch.setattr(rekeying, "_rows", writing(rekeying._rows))
    with pytest.raises(OperationalError, match="read-only transaction"):
        run("--rehearse")


def writing(read):
    """Planted: a rehearsal that writes after all."""

    def rows(statement, *values):
        if connection.in_atomic_block:
            read("update victims_identity set full_name = full_name returning 1")
        return read(statement, *values)

    return rows


@pytest.mark.django_db
def test_a_rehearsal_loses_no_row_between_its_batches(keys, monkeypatch):
    monkeypatch.setattr(rekeying, "BATCH", 2)
    for _ in range(5):
        factories.identity()
    assert "victims_identity.full_name: 5 values, 0 do not open" in run("--rehearse")


@pytest.mark.django_db
def test_whoever_is_not_the_owner_is_refused(keys):
    """Planted: run as the application, which sees no row and would report that all is done."""
    factories.identity()
    keys(BOTH)
    with acting_as(None):
        for arguments in ((), ("--check",), ("--rehearse",)):
            with pytest.raises(CommandError, match="owner"):
                run(*arguments)


@pytest.mark.django_db
def test_a_value_without_its_key_stops_the_work_and_is_named(keys):
    identity = factories.identity(full_name="Canary Ivory")
    keys(NEW)
    place = f"victims_identity|full_name|{identity.pk}"
    with pytest.raises(CommandError, match=re.escape(place)) as refused:
        run()
    assert "Canary" not in str(refused.value)
    assert "Key 1: 1 values" in run("--check")
    assert bytes(_stored(identity))[:3] == b"\x01\x00\x01"


def _stored(identity):
    with connection.cursor() as cursor:
        cursor.execute("select full_name from victims_identity where id = %s", [identity.pk])
        return cursor.fetchone()[0]


# With real transactions


@pytest.mark.nightly
@pytest.mark.django_db(transaction=True)
def test_a_row_that_someone_holds_is_waited_for(real_rows, keys, monkeypatch):
    held = factories.identity()
    factories.identity()
    keys(BOTH)
    monkeypatch.setattr(rekeying, "PASSES", 2)
    monkeypatch.setattr(rekeying, "PAUSE", 0)
    with closing(psycopg2.connect(**_parameters())) as other, other.cursor() as cursor:
        cursor.execute("select from victims_identity where id = %s for update", [str(held.pk)])
        with pytest.raises(CommandError, match="Run again"):
            run()
    assert "victims_identity.full_name: 1 values" in run()


def _parameters():
    known = connection.get_connection_params()
    return {
        name: known[name]
        for name in ("dbname", "user", "host", "port", "password")
        if name in known
    }


WORK = """
import django, sys
django.setup()
from django.conf import settings
from django.core.management import call_command
settings.DATABASES["default"]["NAME"] = sys.argv[1]
call_command("reencrypt")
"""
PEOPLE = 12_000


@pytest.mark.nightly
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_killed_in_the_middle_it_goes_on_where_it_was(real_rows, keys):
    people = Victim.objects.bulk_create(Victim(sex="female") for _ in range(PEOPLE))
    Identity.objects.bulk_create(Identity(victim=p, full_name=p.code) for p in people)
    env = os.environ | {"FIELD_KEYS": BOTH, "DJANGO_SETTINGS_MODULE": "casework.conf.settings"}
    command = [sys.executable, "-c", WORK, connection.settings_dict["NAME"]]
    process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL)
    keys(BOTH)
    deadline = time.monotonic() + 60
    while rekeying.by_key()[2] == 0 and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    done = rekeying.by_key()
    assert 0 < done[2] < PEOPLE, "killed too early or too late to show anything"
    assert done[1] + done[2] == PEOPLE
    assert done[2] % rekeying.BATCH == 0
    assert f"{done[1]} values re-encrypted" in run()
    keys(NEW)
    assert all(
        row.full_name == row.victim.code for row in Identity.objects.select_related("victim")
    )


@pytest.mark.django_db(transaction=True)
def test_each_batch_is_a_commit_of_its_own(real_rows, keys, monkeypatch):
    monkeypatch.setattr(rekeying, "BATCH", 2)
    for _ in range(4):
        factories.identity()
    keys(BOTH)
    seen, whole = [], rekeying._batch

    def batch(column, after):
        with psycopg2.connect(**_parameters()) as other, other.cursor() as cursor:
            cursor.execute("select count(*) from victims_identity where get_byte(full_name, 2) = 2")
            seen.append(cursor.fetchone()[0])
        assert not transaction.get_connection().in_atomic_block
        return whole(column, after)

    monkeypatch.setattr(rekeying, "_batch", batch)
    run()
    assert {0, 2, 4} <= set(seen)
