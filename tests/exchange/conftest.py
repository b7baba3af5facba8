"""A program, where it listens, and its subscription."""

from __future__ import annotations

import pytest

from tests import factories
from tests.exchange.htcds_world import build
from tests.exchange.receiver import receiving
from tests.factories import programs


@pytest.fixture
def there(settings):
    settings.WEBHOOKS_TO_LOOPBACK = True
    with receiving() as receiver:
        yield receiver


@pytest.fixture
def account(office):
    return factories.service_account("data_officer", office, run_by="house")


@pytest.fixture
def webhook(there, account):
    return programs.webhook(account, url=there.url, nouns=["cases", "sites"])


@pytest.fixture
def world(office):
    """What the golden files of HTCDS say."""
    return build(office)


@pytest.fixture
def delhi(db):
    return factories.office("delhi")


@pytest.fixture
def taker(delhi):
    """Who takes files in at an office that has nothing yet."""
    return factories.user("case_manager", delhi)
