"""How many beds there were, are and will be: by the day, also where the number changed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from aftercare.models import Provider
from aftercare.occupancy import by_month, free_ahead
from aftercare.services.placements import correct_placement, place
from aftercare.services.providers import change_provider
from core.services import Refused
from tests import factories
from tests.factories import care

pytestmark = pytest.mark.django_db
MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)


@pytest.fixture
def house():
    return factories.provider(places_any=1)


def changed(act, house, user, **words):
    house.refresh_from_db()
    return act(change_provider, house, user, version=house.version, **words)


def test_a_night_is_counted_by_the_beds_of_then(act, manager, house):
    after = changed(act, house, manager, places_any=3, beds_from=MAY)
    later = changed(act, after, manager, places_any=2, beds_from=JUNE)
    beds = [later.places_on(day)["any"] for day in (date(2026, 4, 30), MAY, JUNE)]
    assert beds == [1, 3, 2]
    june, may, april = by_month(later, date(2026, 6, 10))[:3]
    assert (april["of"], may["of"], june["of"]) == (30, 3 * 31, 2 * 10)


def test_the_day_of_the_last_change_again_puts_it_right_and_an_earlier_one_is_refused(
    act, manager, house
):
    changed(act, house, manager, places_any=3, beds_from=JUNE)
    again = changed(act, house, manager, places_any=4, beds_from=JUNE)
    assert again.former_beds == [{"until": "2026-06-01", "female": None, "male": None, "any": 1}]
    assert again.places_any == 4
    with pytest.raises(Refused, match="from 1 Jun 2026 on") as caught:
        changed(act, house, manager, places_any=5, beds_from=MAY)
    assert caught.value.field == "beds_from"
    with pytest.raises(Refused, match="Enter the beds from that day"):
        changed(act, house, manager, name="Invented house", beds_from=JUNE)
    assert Provider.objects.get(pk=house.pk).places_any == 4


def test_without_a_day_the_beds_are_other_from_today_and_other_changes_leave_them(
    act, manager, house
):
    changed(act, house, manager, name="Invented house of beds")
    house.refresh_from_db()
    assert house.former_beds == []
    house = changed(act, house, manager, places_any=9)
    (former,) = house.former_beds
    assert (former["until"], former["any"]) == (house.jurisdiction.today.isoformat(), 1)


def test_nobody_is_placed_where_a_bed_was_taken_away(act, case, manager, worker, house):
    care.placement(case, provider=house, since=date(2026, 4, 1))
    changed(act, house, manager, places_any=2, beds_from=MAY)
    guest = factories.involvement(case)
    words = {"kind": "shelter", "provider": house, "apart": "Invented reason"}
    with pytest.raises(Refused, match="no free place on 30 Apr 2026"):
        act(place, guest, worker, since=date(2026, 4, 30), **words)
    act(place, guest, worker, since=MAY, **words)
    closing = factories.provider(places_any=1)
    changed(act, closing, manager, places_any=0, beds_from=JUNE)
    last = factories.involvement(case)
    with pytest.raises(Refused, match="no free place on 1 Jun 2026"):
        act(place, last, worker, since=MAY, **words | {"provider": closing})
    over = {"until": JUNE, "ended_for": "planned"}
    assert act(place, last, worker, since=MAY, **words | over | {"provider": closing})


def test_free_ahead_follows_planned_ends_and_no_end_is_foreseen_for_who_is_late(case, house):
    today = date(2026, 6, 1)
    stay = care.placement(case, provider=house, since=MAY, planned_until=today + timedelta(days=3))
    nights = [one["free"]["female"] for one in free_ahead(house, today)]
    assert nights == [0, 0, 0, *[1] * 11]
    stay.planned_until = today
    stay.save()
    assert {one["free"]["female"] for one in free_ahead(house, today)} == {0}
    house.former_beds = [{"until": "2026-06-03", "female": None, "male": None, "any": 2}]
    house.save()
    assert [one["free"]["male"] for one in free_ahead(house, today)] == [1, 1, *[0] * 12]


def test_a_planned_end_lies_after_the_first_night_and_stays_until_it_is_changed(
    act, api, case, worker, person
):
    with pytest.raises(Refused, match="planned end") as caught:
        act(place, person, worker, kind="home", since=MAY, planned_until=MAY)
    assert caught.value.field == "planned_until"
    row = act(place, person, worker, kind="home", since=MAY, planned_until=date(2027, 1, 1))
    api = api(worker)
    version, body = row.version, {"kind": "kinship", "since": "2026-05-02"}
    for more, planned in (({}, "2027-01-01"), ({"planned_until": None}, None)):
        path = f"placements/{row.pk}/correct/"
        answer = api.post(path, body | more, If_Match=f'"{version}"')
        assert (answer.status_code, answer.json()["planned_until"]) == (200, planned)
        version = answer.json()["version"]
    row.refresh_from_db()
    assert act(correct_placement, row, worker, version=version, kind="home", since=MAY)


def test_the_api_shows_free_beds_and_finds_by_service_sex_age_and_bed(api, case, manager, house):
    care.placement(case, provider=house, since=MAY)
    girls = factories.provider(
        places_female=1, sexes=["female"], services=["medical"], age_min_months=72
    )
    api = api(manager)

    def found(query):
        answer = api.get(f"providers/?{query}")
        assert answer.status_code == 200, answer.content
        return {row["id"] for row in answer.json()["results"]}

    rows = {row["id"]: row for row in api.get("providers/").json()["results"]}
    assert rows[str(house.pk)]["free"] == {"female": 0, "male": 0}
    assert rows[str(girls.pk)]["free"] == {"female": 1}
    assert api.get(f"providers/{girls.pk}/").json()["free"] == {"female": 1}
    one, both = {str(girls.pk)}, {str(girls.pk), str(house.pk)}
    assert found("free=female") & both == one
    assert found("free=male") & both == set()
    assert found("services=medical") & both == one
    assert found("sexes=male") & both == {str(house.pk)}
    assert found("age_months=71") & both == {str(house.pk)}
    assert found("age_months=72") & both == both
    for query in ("free=yes", "age_months=-1", "age_months=9999", "services=x", "sexes=x"):
        assert api.get(f"providers/?{query}").status_code == 400, query
    nights = api.get(f"providers/{girls.pk}/free/").json()
    assert len(nights) == 14
    assert nights[0]["free"] == {"female": 1}


def test_the_page_shows_beds_by_time_and_free_nights(browser_client, manager, act, house, said):
    changed(act, house, manager, places_any=3, beds_from=MAY)
    words = said(browser_client(manager).get(f"/providers/{house.pk}/"))
    assert "Free in the next two weeks" in words
    assert "Beds, by time" in words
    assert "1 May 2026" in words
