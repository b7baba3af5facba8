"""What every test may ask for: people by role, a way to act as them, clients."""

from __future__ import annotations

import pytest
from django.test import Client

from tests import factories
from tests.clients import ApiClient


@pytest.fixture
def office(db):
    return factories.office("kolkata")


@pytest.fixture
def field_officer(office):
    return factories.user("field_officer", office)


@pytest.fixture
def case_manager(office):
    return factories.user("case_manager", office)


@pytest.fixture
def api():
    """`api(user)`: a client of the REST interface that carries the user's key."""
    return ApiClient


@pytest.fixture
def browser_client():
    """`browser_client(user)`: a Django test client with a session, CSRF checks on."""

    def make(user):
        client = Client(enforce_csrf_checks=False)
        client.force_login(user)
        return client

    return make
