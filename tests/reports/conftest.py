"""The small demonstration, for tests that only look at it."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from intake.demo import world


@pytest.fixture(scope="module")
def demonstration(django_db_setup, django_db_blocker):
    """Loaded once for all tests of a module; each goes back to it."""
    with django_db_blocker.unblock():
        with transaction.atomic():
            assert world.load()
            with connection.cursor() as cursor:
                cursor.execute("set constraints all immediate")
            yield
            transaction.set_rollback(True)
        connection.close()
