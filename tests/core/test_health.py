"""Whether it is alive and ready, as a load balancer asks every few seconds."""

from __future__ import annotations

import sys

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from core import health

pytestmark = pytest.mark.django_db


def test_it_is_ready_and_asks_little(client, django_assert_max_num_queries):
    for name in [name for name in sys.modules if ".migrations." in name]:
        del sys.modules[name]
    with django_assert_max_num_queries(4):  # the last asks since when history waits
        answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"database": True, "migrated": True})
    assert [name for name in sys.modules if ".migrations." in name] == []


def test_it_expects_what_django_would_migrate():
    assert health.migrations() == set(MigrationLoader(None).disk_migrations)


@pytest.mark.parametrize(
    "missing",
    [
        "delete from django_migrations where app = 'core' and name like '0001%'",
        "drop table django_migrations",
    ],
)
def test_it_is_not_ready_where_a_migration_lacks(client, missing):
    with connection.cursor() as cursor:
        cursor.execute("reset role")
        cursor.execute(missing)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"database": True, "migrated": False})
