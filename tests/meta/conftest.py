"""Committed rows, for what cannot be seen inside the transaction of a test."""

from __future__ import annotations

import pytest
from django.db import connection

from places.services import load_jurisdictions
from tests import factories


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


@pytest.fixture
def committed(real_places):
    """A field officer on the team of one committed case that has a row in every table."""
    officer = factories.user()
    case = factories.assignment(user=officer).case
    for factory in (factories.identity, factories.arrest, factories.referral):
        factory(case=case)
    return officer
