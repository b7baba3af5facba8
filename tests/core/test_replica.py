"""Reports are read on a replica that follows, and come all the same without it."""

from __future__ import annotations

import time
from contextlib import closing
from io import StringIO
from typing import TYPE_CHECKING

import psycopg2
import pytest
from django.core.management import call_command
from django.db import OperationalError, connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casework.models import Case
from core import jobs, preflight
from core.context import acting_as
from core.database import replica
from core.local import database_urls
from core.models import AuditEvent
from reports.base import REPORTS
from reports.models import Snapshot
from reports.params import parse
from reports.run import compute, digest
from reports.services import request_report
from tests import databases, factories, replicas
from tests.exchange.taking import content, opened

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True, databases=["default", "aside"]),
]
ASKED = REPORTS["attrition-funnel"]
A_WHILE = 120  # seconds


@pytest.fixture(scope="module")
def standby(django_db_setup, django_db_blocker, tmp_path_factory):
    """The tests of this module write to the server that it follows, and empty that one."""
    usual, urls = connection.settings_dict["OPTIONS"], database_urls()
    with (
        replicas.followed(tmp_path_factory.mktemp("replica")) as (first, second),
        django_db_blocker.unblock(),
        pytest.MonkeyPatch.context() as patch,
    ):
        there = {role: url.replace(usual["host"], str(first)) for role, url in urls.items()}
        patch.setattr(databases, "database_urls", lambda: there)
        _go_to(usual | {"host": str(first)})
        yield second
        _go_to(usual)


def _go_to(options):
    for each in connections.all():
        each.close()
        each.settings_dict["OPTIONS"] = options


@pytest.fixture
def followed(standby: Path, settings, monkeypatch):
    """Work may read there, as in production: what a job says of itself goes another way."""
    settings.ASIDE_DATABASE = "aside"
    there = connections.create_connection("default")
    options = {**there.settings_dict["OPTIONS"], "host": str(standby)}
    there.settings_dict = there.settings_dict | {"HOST": "", "OPTIONS": options}
    there.settings_dict["NAME"] = connection.settings_dict["NAME"]
    connections[replica.ALIAS] = there
    deadline = time.monotonic() + A_WHILE
    while replica._caught_up() is None:  # a database made anew has to arrive there first
        assert time.monotonic() < deadline
        time.sleep(0.05)
    monkeypatch.setattr(replica, "is_set", lambda: True)
    monkeypatch.setattr(replica, "PATIENCE", A_WHILE)  # it follows all databases of the suite
    replica.AWAY.forget()
    yield there
    replica.AWAY.forget()
    there.close()
    del connections[replica.ALIAS]


@pytest.fixture
def reader(office):
    return factories.user("case_manager", office)


def where():
    """On which kind of server this is asked, and how many cases are open there."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_is_in_recovery()")
        return cursor.fetchone()[0], Case.objects.count()


def read(reader):
    def work():
        with acting_as(reader and reader.pk, one_moment=True):
            return where()

    return replica.read(work)


def as_superuser(standby, statement):
    name = connection.settings_dict["NAME"]
    with closing(psycopg2.connect(host=str(standby), user="postgres", dbname=name)) as there:
        there.autocommit = True
        there.cursor().execute(statement)


def report(reader):
    with acting_as(reader.pk):
        run = request_report(ASKED, params=parse({}, ASKED), actor=reader)
    jobs.run(run.pk)
    return Snapshot.objects.latest("created_at")


def test_a_report_is_read_there_and_is_the_same(followed, reader, office, fresh):
    case = factories.case(office)
    factories.involvement(case)
    with CaptureQueriesContext(followed) as asked:
        there = report(reader)
        many = len(asked)
        assert many > 9
        found = opened(reader, identifiers=True)
        assert len(asked) > many + 9
        many = len(asked)
        call_command("report", ASKED.slug, reader=reader.username, stdout=StringIO())
        assert len(asked) > many
    assert [row["reference"] for row in found.list("cases")] == [case.reference]
    given = AuditEvent.objects.filter(action="export.given", actor_id=reader.pk)
    assert str(case.pk) in given.get(target_type="casework.Case").detail["ids"]
    assert found.export.cases.filter(of_case=case.pk).exists()
    assert not replica.away_now()
    with acting_as(reader.pk, one_moment=True):
        here = compute(ASKED, reader, parse({}, ASKED))
    assert digest(here) == there.digest


def test_what_was_written_a_moment_ago_is_there(followed, reader, office):
    for many in range(1, 6):
        factories.case(office)
        assert read(reader) == (True, many)


def test_row_security_holds_there(followed, reader, office):
    factories.case(office)
    other = factories.user("case_manager", factories.office("manila", "PH-MNL"))

    def counted(user):
        def work():
            with acting_as(user and user.pk), connection.cursor() as cursor:
                cursor.execute("select pg_is_in_recovery(), (select count(*) from casework_case)")
                return cursor.fetchone()

        return replica.read(work)

    assert [counted(one) for one in (reader, other, None)] == [(True, 1), (True, 0), (True, 0)]
    assert [read(one)[1] for one in (reader, other, None)] == [1, 0, 0]


def test_nothing_is_written_there(followed, reader, office):
    case = factories.case(office)

    def work():
        with acting_as(reader.pk):
            Case.objects.filter(pk=case.pk).update(version=9)

    with pytest.raises(OperationalError, match="read-only"):
        replica.read(work)
    assert where()[0] is False  # and the usual way is open again


def test_behind_it_is_not_read_and_that_is_said(followed, standby, reader, office, monkeypatch):
    monkeypatch.setattr(replica, "PATIENCE", 0.2)
    as_superuser(standby, "select pg_wal_replay_pause()")
    try:
        factories.case(office)
        assert read(reader) == (False, 1)
    finally:
        as_superuser(standby, "select pg_wal_replay_resume()")
    assert "the replica is not read" in Client().get("/readyz").json()["detail"]
    monkeypatch.setattr(replica, "PATIENCE", A_WHILE)
    assert read(reader) == (True, 1)


def test_lost_in_the_middle_it_is_read_again_from_the_database(followed, standby, reader, office):
    factories.case(office)
    found = []

    def work():
        with acting_as(reader.pk, one_moment=True):
            found.append(where())
            if len(found) == 1:
                ours = "select pg_terminate_backend(pid) from pg_stat_activity where datname"
                as_superuser(standby, f"{ours} = current_database() and pid <> pg_backend_pid()")
            return where()

    assert replica.read(work) == (False, 1)
    assert found == [(True, 1), (False, 1)]
    assert replica.away_now()
    assert read(reader) == (True, 1)


def test_away_everything_comes_from_the_database(followed, reader, office, fresh):
    factories.case(office)
    followed.close()
    followed.settings_dict["OPTIONS"] = followed.settings_dict["OPTIONS"] | {"host": "/nowhere"}
    assert read(reader) == (False, 1)
    assert report(reader).rows
    assert content(opened(reader).export, reader)
    assert replica.away_now()
    assert list(replica.faults(preflight._role)) == []  # nobody is kept from working


def test_only_a_replica_that_is_behind_the_walls_is_accepted(followed, standby):
    def faults(**said):
        followed.close()
        followed.settings_dict |= said
        return list(replica.faults(preflight._role))

    assert faults(USER="casework_worker") == []
    (above,) = faults(USER="postgres")
    assert above.startswith("DATABASE_REPLICA_URL: The database role is a superuser")
    (none,) = faults(USER="casework_worker", OPTIONS=connection.settings_dict["OPTIONS"])
    assert none == "DATABASE_REPLICA_URL: this database follows no other."
