"""Real transactions on several connections at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from places.services import load_jurisdictions

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture(scope="module")
def places_again(django_db_setup, django_db_blocker):
    """A test with real transactions empties every table; the loaded places come back."""
    yield
    with django_db_blocker.unblock():
        load_jurisdictions()
        connection.close()


@pytest.fixture
def real_places(places_again, transactional_db):
    """The loaded places, in a test with real transactions."""
    load_jurisdictions()


def at_once(count: int, call: Callable[[int], Any]) -> list[Any]:
    """Call with 0, 1, 2 … from as many threads, which all start together."""
    start = Barrier(count)

    def one(number: int) -> Any:
        start.wait()
        try:
            return call(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))
