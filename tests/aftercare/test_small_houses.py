"""How full a small house is says where a child sleeps: told to few, on request to all others."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from tests import factories
from tests.factories import care

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(case: Any) -> Any:
    """Ten beds, one taken tonight, by somebody of the case."""
    house = factories.provider(name="Invented small house", places_female=10)
    care.placement(case, provider=house, since=house.jurisdiction.today - timedelta(days=3))
    return house


@pytest.fixture
def colleague(case: Any) -> Any:
    """Of the same office, on another case."""
    user = factories.user("aftercare_worker", case.office)
    return factories.assignment(factories.case(case.office), user).user


def told(client: Any, house: Any) -> tuple[Any, ...]:
    """What the interface says: tonight, the first of the next nights, this month."""
    row = client.get(f"providers/{house.pk}/").json()
    listed = {one["id"]: one for one in client.get("providers/").json()["results"]}[str(house.pk)]
    assert (listed["free"], listed["free_on_request"]) == (row["free"], row["free_on_request"])
    night = client.get(f"providers/{house.pk}/free/").json()[0]
    month = client.get(f"providers/{house.pk}/occupancy/").json()[0]
    assert night["on_request"] == month["on_request"] == row["free_on_request"]
    assert (month["share"] is None) == month["on_request"]
    return row["free"], night["free"], month["nights"], row["free_on_request"]


FREE = {"female": 9, "male": 0}
UNTOLD = (None, None, None, True)


def nights(house: Any) -> int:
    """Of the four nights until today those in this month."""
    return min(4, house.jurisdiction.today.day)


def test_a_small_house_is_told_to_whoever_manages_providers_or_works_with_somebody_there(
    api, case, house, worker, manager, colleague
):
    for user in (worker, manager):
        assert told(api(user), house) == (FREE, FREE, nights(house), False)
    assert told(api(colleague), house) == UNTOLD


@pytest.mark.parametrize("hour", [6, 20])  # in India noon, and half past one of the next day
def test_whose_survivor_has_left_is_told_no_more(api, house, worker, hour):
    with time_machine.travel(datetime.now(UTC).replace(hour=hour)):
        house.placements.update(until=house.jurisdiction.today, ended_for="planned")
        assert told(api(worker), house) == UNTOLD


def test_eleven_beds_are_told_to_everyone(api, house, colleague):
    house.places_any = 1
    house.save()
    assert told(api(colleague), house)[3] is False
    today = house.jurisdiction.today
    house.former_beds = [{"until": today.isoformat(), "female": 10, "male": None, "any": None}]
    house.save()
    assert told(api(colleague), house) == UNTOLD, "it was small in a night that is shown"
    house.former_beds[0]["until"] = (today - timedelta(days=400)).isoformat()
    house.save()
    assert told(api(colleague), house)[3] is False


def test_where_beds_were_never_counted_the_nights_are_on_request(api, case, colleague):
    unknown = factories.provider(name="Invented uncounted house")
    care.placement(case, provider=unknown)
    row = api(colleague).get(f"providers/{unknown.pk}/").json()
    assert (row["free"], row["free_on_request"]) == (None, False)
    assert api(colleague).get(f"providers/{unknown.pk}/occupancy/").json()[0]["nights"] is None


def test_looking_for_a_bed_says_nothing_of_a_small_house(api, browser_client, house, colleague):
    """Full or not, it is found by those whom it is not told: they ask."""

    def found(user: Any) -> tuple[bool, bool]:
        listed = api(user).get("providers/?free=female").json()["results"]
        page = browser_client(user).get("/providers/?sex=female&tonight=1")
        rows = [row["provider"].pk for row in page.context["providers"]]
        return str(house.pk) in {row["id"] for row in listed}, house.pk in rows

    assert found(colleague) == (True, True)
    house.places_female = 1
    house.save()
    assert found(colleague) == (True, True)
    manager = factories.user("case_manager", factories.office("kolkata"))
    assert found(manager) == (False, False)


def test_the_pages_say_on_request(browser_client, said, house, worker, colleague):
    path = house.get_absolute_url()
    for user, words in ((colleague, True), (worker, False)):
        page, listed = (said(browser_client(user).get(p)) for p in (path, "/providers/"))
        assert ("on request" in page, "on request" in listed) == (words, words)
        assert ("Female 9" in page, "Female 9" in listed) == (not words, not words)
