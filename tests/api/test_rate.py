"""Too many calls of one caller: told how long to wait; nobody else is held up."""

from __future__ import annotations

import pytest
from django.core.cache import caches
from redis.exceptions import ConnectionError as RedisAway

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def three_a_minute(settings):
    settings.API_RATE = "3/min"
    caches["calls"].clear()
    yield
    caches["calls"].clear()


def test_the_fourth_call_waits(api, field_officer, office):
    client, other = api(field_officer), api(factories.user("case_manager", office))
    assert [client.get("me/").status_code for _call in range(4)] == [200, 200, 200, 429]
    refused = client.get("me/")
    assert refused["Content-Type"] == "application/problem+json"
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert other.get("me/").status_code == 200


def test_a_cache_that_is_away_limits_nobody(api, field_officer, monkeypatch):
    def away(*_args, **_kwargs):
        raise RedisAway

    monkeypatch.setattr("core.api.throttles.PerCaller.cache.get", away)
    client = api(field_officer)
    assert [client.get("me/").status_code for _call in range(5)] == [200] * 5
