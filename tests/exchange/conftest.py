"""A program, where it listens, and its subscription."""

from __future__ import annotations

import pytest

from tests import factories
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
