"""Too many calls and pages of one person: told how long to wait; nobody else is held up."""

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
    assert refused["RateLimit-Policy"] == '"caller";q=3;w=60'
    assert refused["RateLimit"].startswith('"caller";r=0;t=')
    assert refused["Content-Type"] == "application/problem+json"
    assert 1 <= int(refused["Retry-After"]) <= 60
    answer = other.get("me/")
    assert (answer.status_code, answer["RateLimit"]) == (200, '"caller";r=2;t=60')


def test_pages_count_against_the_same_limit_and_say_in_words_when_it_is_over(
    api, browser_client, field_officer, said
):
    page = browser_client(field_officer)
    assert api(field_officer).get("me/").status_code == 200
    assert [page.get(path).status_code for path in ("/", "/cases/", "/to-do/")] == [200, 200, 429]
    refused = page.post("/search/", {"q": "KOL"})
    assert refused.status_code == 429
    assert 1 <= int(refused["Retry-After"]) <= 60
    words = said(refused)
    assert "Please wait one minute, then try again." in words
    assert "reload this page then to send it again" in words
    fragment = page.get("/to-do/", headers={"X-Fragment": "1"})  # what a script asks for, likewise
    assert fragment.status_code == 429


def test_what_is_refused_changes_nothing(browser_client, field_officer, office):
    case = factories.assignment(factories.case(office), field_officer).case
    task, page = factories.task(case), browser_client(field_officer)
    for _one in range(3):
        page.get("/")
    answer = page.post(f"/tasks/{task.pk}/finish/", {"version": 1})
    task.refresh_from_db()
    assert (answer.status_code, task.status) == (429, "open")


def test_hiding_the_screen_and_signing_out_are_never_refused(browser_client, field_officer):
    page = browser_client(field_officer)
    assert [page.get("/").status_code for _one in range(4)] == [200, 200, 200, 429]
    assert page.post("/account/lock/").status_code in {204, 302}
    assert page.get("/account/unlock/").status_code == 200
    assert page.post("/sign-out/").status_code == 302


def test_a_cache_that_is_away_limits_nobody(api, browser_client, field_officer, monkeypatch):
    def away(*_args, **_kwargs):
        raise RedisAway

    monkeypatch.setattr("core.api.throttles.PerCaller.cache.get", away)
    client, page = api(field_officer), browser_client(field_officer)
    assert [client.get("me/").status_code for _call in range(5)] == [200] * 5
    assert [page.get("/styleguide/").status_code for _one in range(5)] == [200] * 5
