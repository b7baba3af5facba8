"""By whom and when links are made: late, never twice, nothing lost, whole whenever it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest
from django.db import DatabaseError, transaction

from core.chain.linking import link_waiting
from core.chain.verifying import verify
from core.context import acting_as, at_work
from core.local.paths import ROOT
from core.models import ChainAnchor, ChainedEvent, ChainLink
from core.tasks import link_history
from tests import databases
from tests.core.chaining import INSERT, another, happen, history, ids, link_all, tamper
from tests.meta.tables import execute, query

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "aside"])


@pytest.fixture
def linked():
    """Six events in three links."""
    history()


def test_a_long_transaction_of_another_database_delays_nothing():
    with another(dbname="postgres") as there, there.cursor() as cursor:
        cursor.execute("select pg_current_xact_id()")
        happen(3)
        link_all()
        cursor.execute("select pg_current_xact_id_if_assigned() is not null")
        assert cursor.fetchone() == (True,)  # it was under way all the time


def test_a_long_transaction_delays_and_loses_nothing():
    with another() as there, there.cursor() as cursor:
        cursor.execute(
            "insert into core_auditevent (at, kind, action, target_type, target_id, subjects,"
            " detail) values (now(), 'read', 'long', '', '', '{}', '{}')"
        )
        happen(3)
        assert link_waiting() == 0
        there.commit()
    link_all()
    assert query("select count(*) from core_chainedevent") == [(4,)]
    found = verify()
    assert (found.whole, found.waiting) == (True, 0), found.said


def test_savepoints_within_a_long_transaction_wait_with_it():
    with another() as there, there.cursor() as cursor:
        cursor.execute("select pg_current_xact_id()")
        with transaction.atomic(), transaction.atomic():
            happen()
        assert link_waiting() == 0
        there.rollback()
    link_all()
    assert verify().whole


def test_links_are_made_by_one_at_a_time():
    happen(40)
    text = "select events from chain_events(3, null)"
    with another() as one, another() as two:
        started = [one.cursor(), two.cursor()]
        started[0].execute(text)
        started[1].execute("set lock_timeout = '100ms'")
        with pytest.raises(Exception, match="lock timeout"):
            started[1].execute(text)
        one.commit()
    link_all(at_once=7)
    assert verify().whole


LINKING = """
import psycopg2, sys
there = psycopg2.connect(sys.argv[1]); there.autocommit = True
print("begun", flush=True)
while there.cursor().execute("select events from chain_events(5, null)") or True: pass
"""


@pytest.mark.nightly
def test_killed_while_linking_it_leaves_a_whole_chain():
    execute(
        "insert into core_auditevent (at, kind, action, target_type, target_id, subjects, detail)"
        " select now(), 'read', 'x', '', '', '{}', '{}' from generate_series(1, 4000)"
    )
    url = databases.named(
        databases.database_urls()["owner"], query("select current_database()")[0][0]
    )
    for _ in range(3):
        command = [sys.executable, "-c", LINKING, url]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as worker:
            worker.stdout.readline()
            time.sleep(0.2)
            os.kill(worker.pid, signal.SIGKILL)
        found = verify()
        assert found.whole, found.said
    assert 0 < found.waiting < 4000, "killed too late or too early to show anything"
    link_all()
    assert (verify().whole, verify().waiting) == (True, 0)


def test_an_event_that_everybody_passed_by_is_found_in_the_hour(linked):
    """A number below what is settled: nobody looks there each minute."""
    happen()
    link_all()
    tamper(INSERT.format(id=ids()[0] - 1).replace("interval '2 hours'", "interval '0'"))
    assert link_waiting() == 0
    assert link_waiting(everything=True) == 1


MODELS = (ChainLink, ChainedEvent, ChainAnchor)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
@pytest.mark.parametrize("works", [False, True], ids=["app", "worker"])
@pytest.mark.parametrize("deed", ["insert into {} select * from {}", "delete from {}"])
@pytest.mark.by_turns(4)
def test_no_role_that_serves_writes_links(linked, model, works, deed):
    execute("select chain_left(3, 2, 1)")
    name = model._meta.db_table
    column = model._meta.pk.column
    for text in (deed.format(name, name), f"update {name} set {column} = {column}"):
        with pytest.raises(DatabaseError, match="permission denied"):
            _as(works, text)


def _as(works, text):
    if works:
        with at_work(), acting_as(None):
            return query(text)
    with acting_as(None):
        return query(text)


def test_the_web_makes_no_links_and_workers_do():
    happen()
    for text in ("select events from chain_events(9, null)", "select chain_left(1, 1, 1)"):
        with pytest.raises(DatabaseError, match="permission denied"):
            _as(False, text)
        assert _as(True, text)


def test_the_owner_too_changes_no_link(linked):
    for name in ("core_chainlink", "core_chainedevent"):
        with pytest.raises(DatabaseError, match="append-only"):
            execute(f"delete from {name}")


def test_the_clock_links_within_a_minute(settings):
    entry = settings.CELERY_BEAT_SCHEDULE["link-history"]
    assert entry["schedule"].total_seconds() * 2 <= 60
    happen()
    while query("select chain_waits_since()") != [(None,)]:
        link_history(**entry.get("kwargs", {}))
    assert verify().waiting == 0
