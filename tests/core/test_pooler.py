"""Through PgBouncer in transaction mode: the same flows, the same walls, the same limits.

Persons take turns on one connection to the server. What a transaction says of itself ends with it.
"""

from __future__ import annotations

from contextlib import closing, suppress
from typing import TYPE_CHECKING

import pytest
from django.db import connection, transaction
from django.test import Client

from casework.models import Case
from core import preflight
from core.context import acting_as
from core.database import roles
from core.models import Job
from core.postgresql import plans
from tests import factories, pooler
from tests.accounts.phone import PASSWORD, Visitor, connect
from tests.exchange.taking import asked, content, written
from tests.exchange.unlocking import unlocked

if TYPE_CHECKING:
    from accounts.models import User

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True, databases=["default", "aside"]),
]
RESCUE = {"place": "place:IN-WB-KOL", "programme": "csec", "people-female-0-12": "1"}
KEY = "0d0f1d46-6f0e-4d5e-9c6b-3a1c5f0e7a11"


@pytest.fixture(scope="module")
def through(django_db_setup):
    with pooler.running() as found:
        yield found


@pytest.fixture
def served(through, settings):
    """As production is: the roles sign in themselves, and nothing is written beside by chance."""
    settings.SET_DATABASE_ROLE, settings.ASIDE_DATABASE = None, "aside"
    return through


def person(role: str, office) -> User:
    made = factories.user(role, office)
    made.set_password(PASSWORD)
    made.save()
    connect(made)
    return made


def server() -> int:
    """Which connection of the server answers."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        return cursor.fetchone()[0]


def references(client) -> list[str]:
    rows = client.get("/api/v1/cases/").json()["results"]
    return sorted(row["reference"] for row in rows)


def test_people_work_in_turns_on_one_connection(served, fresh):
    here, there = factories.office("kolkata"), factories.office("manila", "PH-MNL")
    officer, lead = person("field_officer", here), person("case_manager", here)
    other = person("case_manager", there)
    factories.case(there)
    with served.acting():
        one = server()
        visitors = [Visitor(each, Client()) for each in (officer, lead, other)]
        assert [visitor.sign_in().status_code for visitor in visitors] == [302] * 3
        field, ours, theirs = (visitor.client for visitor in visitors)
        assert field.post("/field/rescues/new/", RESCUE | {"key": KEY}).status_code == 201
        with acting_as(lead.pk):
            case = Case.objects.get()
        for _turn in range(3):
            assert ours.get(f"/cases/{case.pk}/").status_code == 200
            assert theirs.get(f"/cases/{case.pk}/").status_code == 404
            assert case.reference not in theirs.get("/cases/").content.decode()
            assert case.reference in ours.get("/cases/").content.decode()
        assert ours.get("/docket/").status_code == 200
        export, passphrase = asked(lead)
        assert server() == one
    with served.acting("casework_worker"):
        export = written(export)
        assert Job.objects.get(pk=export.job_id).state == "done"
    with served.acting():
        text = b"".join(unlocked(content(export, lead), passphrase).values())
        assert b"csec" in text


CONTEXT = "select coalesce(current_setting('app.user_id', true), ''), pg_backend_pid()"
SEEN = "select count(*) from casework_case"


def test_neither_wall_leaks_from_one_person_to_the_next(served):
    here, there = factories.office("kolkata"), factories.office("manila", "PH-MNL")
    ours, theirs = factories.user("case_manager", here), factories.user("case_manager", there)
    for office, many in ((here, 2), (there, 3)):
        for _number in range(many):
            factories.case(office)

    def seen():
        with connection.cursor() as cursor:
            cursor.execute(SEEN)
            return Case.objects.count(), *cursor.fetchone()

    servers = set()
    with served.acting():
        for each, many in ((ours, 2), (theirs, 3), (None, 0), (ours, 2)):
            with acting_as(each and each.pk):
                assert seen() == (many, many)
                servers.add(server())
            assert seen() == (0, 0)
        with suppress(ZeroDivisionError), acting_as(theirs.pk):
            assert seen() == (3, 3)
            raise ZeroDivisionError
        assert seen() == (0, 0)
        servers.add(server())
    assert len(servers) == 1


def test_no_session_keeps_a_plan(served):
    """The next transaction may find another one."""
    with served.acting(), connection.cursor() as cursor:
        for _time in range(3):
            cursor.execute("select %s" + " " * plans.LONG, [1])
        cursor.execute("select count(*) from pg_prepared_statements")
        assert cursor.fetchone() == (0,)


def test_what_is_said_for_a_session_would_leak_so_nothing_is(served):
    """The test above can tell: what does not end with its transaction is seen by others."""
    with closing(served.connect()) as first, closing(served.connect()) as second:
        for each in (first, second):
            each.set_session(autocommit=True)
        with first.cursor() as cursor, second.cursor() as other:
            cursor.execute("select set_config('app.user_id', 'somebody', false)")
            other.execute(CONTEXT)
            found = other.fetchone()
            cursor.execute("discard all")
            other.execute(CONTEXT)
            assert (found[0], other.fetchone()) == ("somebody", ("", found[1]))


@pytest.mark.parametrize("role", pooler.ROLES)
def test_the_limits_are_those_of_the_role(served, role):
    with served.acting(role), connection.cursor() as cursor:
        for name, value in roles.LIMITS.items():
            cursor.execute("select current_setting(%s)", [name])
            assert cursor.fetchone() == (value,)
        assert preflight.database_faults(cursor) == []


def test_a_statement_that_is_too_long_is_ended(served):
    with served.acting(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local statement_timeout = '20ms'")
        with pytest.raises(Exception, match="statement timeout"):
            cursor.execute("select pg_sleep(5)")
