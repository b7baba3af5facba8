"""A connection that the server ended is found before it is used, without asking the server."""

from __future__ import annotations

import psycopg2
import pytest
from django.db import OperationalError, connections

pytestmark = pytest.mark.django_db(transaction=False)


@pytest.fixture
def kept(db):
    """A connection of its own, as a request finds it, and a second one to end it from."""
    one = connections["default"].copy()
    one.connect()
    yield one
    one.close()


def test_a_living_connection_is_not_asked(kept, monkeypatch):
    kept.is_usable()
    with psycopg2.connect(**kept.get_connection_params()) as other, other.cursor() as cursor:
        before = asked(cursor, kept)
        assert kept.is_usable()
        assert asked(cursor, kept) == before


def test_one_that_was_ended_is_found(kept):
    with psycopg2.connect(**kept.get_connection_params()) as other, other.cursor() as cursor:
        cursor.execute("select pg_terminate_backend(%s, 2000)", [pid(kept)])
        assert cursor.fetchone() == (True,)
    kept.health_check_enabled, kept.health_check_done = True, False
    assert not kept.is_usable()
    kept.close_if_health_check_failed()
    with kept.cursor() as cursor:
        cursor.execute("select 1")
        assert cursor.fetchone() == (1,)


def test_one_that_is_closed_here_is_found(kept):
    kept.connection.close()
    assert not kept.is_usable()


def test_a_server_that_only_follows_is_left(kept):
    with kept.cursor() as cursor:
        cursor.execute("set default_transaction_read_only = on")
        with pytest.raises(OperationalError, match="read-only"):
            cursor.execute("create table invented ()")
    kept.close_if_unusable_or_obsolete()
    assert kept.connection is None


def pid(one):
    return one.connection.info.backend_pid


def asked(cursor, one):
    """When the server last heard of it."""
    cursor.execute("select query_start from pg_stat_activity where pid = %s", [pid(one)])
    return cursor.fetchone()
