"""People who sign in through the real page."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import connections

from tests import factories
from tests.accounts.at_provider import amara, issuer, provider  # noqa: F401 - fixtures
from tests.accounts.phone import PASSWORD, connect, visitor


@pytest.fixture
def newcomer(office):
    """Somebody with a password and nothing else yet."""
    user = factories.user("field_officer", office)
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def person(newcomer):
    """Somebody with a password and an app on the phone."""
    connect(newcomer)
    return newcomer


@pytest.fixture
def at_door(person):
    """That person at a browser."""
    return visitor(person)


@pytest.fixture
def aside(settings, real_rows):
    """Real transactions, and the second connection as in production."""
    settings.ASIDE_DATABASE = "aside"
    yield
    cache.clear()  # its table is no model's: nothing else empties it
    connections["aside"].close()
