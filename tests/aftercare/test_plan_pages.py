"""Placements, plans and assessments through their pages and through the interface."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from aftercare.models import Assessment, CarePlan, Placement, ProgressNote, Provider, Referral
from tests import factories
from tests.factories import care
from tests.meta.rows import sent_referral

pytestmark = pytest.mark.django_db
OPENED = date(2026, 3, 12)


def test_from_a_survivor_to_a_plan_and_an_assessment(browser_client, worker, person, said):
    page, case = browser_client(worker), f"/cases/{person.case_id}/care/"
    address = f"/survivors/{person.pk}/plans/new/"
    assert address in page.get(case).content.decode()
    plan_url = page.post(address, {"opened_on": "2026-03-12", "key": "k"})["Location"]
    plan = CarePlan.objects.get()
    assert plan_url == f"/plans/{plan.pk}/"
    assert "Not assessed yet" in said(page.get(plan_url))
    begin = f"/plans/{plan.pk}/assessments/new/"
    first = page.post(begin, {"assessed_on": "2026-04-01", "key": "k-2"})["Location"]
    assert first.endswith("?domain=safety")
    form = said(page.get(first))
    assert "Part 1 of 6. 1 is most vulnerable, 4 is least." in form
    begun = Assessment.objects.get()
    sent = {"abuse": "3", "threat": "na", "version": begun.version}
    second = page.post(first, sent)["Location"]
    assert second.endswith("?domain=legal")
    begun.refresh_from_db()
    assert begun.answers == {"abuse": 3, "threat": None}
    assert page.post(first, {"abuse": "5", "version": begun.version}).status_code == 400
    assert page.post(first, {"abuse": "2", "version": 1}).status_code == 409
    words = said(page.get(plan_url))
    assert "The assessment of 1 Apr 2026 is not completed" in words
    move = {"step": "complete", "version": begun.version}
    assert page.post(f"/assessments/{begun.pk}/move/", move)["Location"] == plan_url
    words = said(page.get(plan_url))
    assert "Not scorable yet" in words
    assert "Safety 3.0" in words
    assert "Assess by 12 Sep 2026" in words


def test_a_plan_draws_each_part_over_time_with_a_table_beside(browser_client, worker, case, said):
    plan = care.care_plan(case)
    for month, score in ((4, 1), (9, 3)):
        answers = care.all_at(score)
        care.assessment(plan=plan, assessed_on=date(2026, month, 1), answers=answers)
    answer = browser_client(worker).get(f"/plans/{plan.pk}/")
    html, words = answer.content.decode(), said(answer)
    assert html.count("<polyline") == 6
    assert html.count("<circle") == 12
    assert words.count("+2.0") == 6
    assert "Restored Every part of life at 3 or above" in words
    assert 'style="' not in html


def test_placing_says_no_in_words_and_keeps_what_was_typed(
    browser_client, worker, manager, person, said
):
    full = factories.provider(places_female=0, name="Invented full house")
    address = f"/survivors/{person.pk}/placements/new/"
    body = {"kind": "shelter", "since": "2026-04-01", "provider": str(full.pk), "key": "k"}
    answer = browser_client(worker).post(address, body)
    assert answer.status_code == 409
    assert "Invented full house has no free place on 1 Apr 2026." in said(answer)
    assert "override" not in answer.context["form"].fields
    body |= {"override": "No other house tonight"}
    where = browser_client(manager).post(address, body)["Location"]
    assert where == f"/cases/{person.case_id}/care/#care"
    shown = said(browser_client(worker).get(f"/cases/{person.case_id}/care/"))
    assert "Sleeps: Shelter Invented full house since 1 Apr 2026" in shown
    assert "against a rule of the provider" in shown
    assert "No other house tonight" not in shown
    row = Placement.objects.get()
    form = browser_client(worker).get(address)
    assert "moved_for" in form.context["form"].fields
    ended = {"until": "2026-05-01", "ended_for": "reunified", "version": row.version}
    assert browser_client(worker).post(f"/placements/{row.pk}/end/", ended).status_code == 302
    row.refresh_from_db()
    assert row.until == date(2026, 5, 1)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Boys", "Clinic", "Girls", "Gone"]),
        ("need=safe_place", ["Boys", "Girls"]),
        ("sex=female", ["Clinic", "Girls"]),
        ("sex=male&need=safe_place", ["Boys"]),
        ("age=5&need=safe_place", ["Girls"]),
        ("sex=female&tonight=1", []),
        ("sex=male&tonight=1", ["Boys"]),
        ("need=nonsense", ["Boys", "Clinic", "Girls", "Gone"]),
    ],
)
def test_providers_are_found_by_need_sex_age_and_a_bed_tonight(
    browser_client, worker, case, query, names
):
    safe = {"services": ["safe_place"]}
    girls = factories.provider(name="Girls", sexes=["female"], places_female=1, **safe)
    factories.provider(name="Boys", sexes=["male"], places_male=1, age_min_months=156, **safe)
    factories.provider(name="Clinic", services=["medical"])
    factories.provider(name="Gone", is_active=False, **safe)
    care.placement(case, provider=girls)
    answer = browser_client(worker).get(f"/providers/?{query}")
    assert sorted(row["provider"].name for row in answer.context["providers"]) == names


def test_the_list_of_providers_asks_the_same_whatever_their_number(browser_client, worker):
    def queries():
        client = browser_client(worker)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get("/providers/")
        return len(asked)

    factories.provider(places_any=3)
    few = queries()
    for _ in range(4):
        factories.provider(places_any=3)
    assert queries() == few


def test_a_case_manager_adds_and_changes_a_provider(browser_client, manager, worker, said):
    body = {
        "name": "Invented new house",
        "jurisdiction": "IN-WB-KOL",
        "services": ["safe_place"],
        "youngest": "6",
        "oldest": "12",
        "places_any": "3",
        "agreement_from": "2026-01-01",
        "is_active": "on",
        "key": "k",
    }
    page = browser_client(manager)
    where = page.post("/providers/new/", body)["Location"]
    house = Provider.objects.get(name="Invented new house")
    assert where == f"/providers/{house.pk}/"
    assert (house.age_min_months, house.age_max_months) == (72, 155)
    assert "Takes Everyone, 6 to 12" in said(page.get(where))
    twin = page.post("/providers/new/", body | {"key": "other"})
    assert twin.status_code == 409
    assert "There is already a provider with this name in this place" in said(twin)
    change = f"{where}change/"
    shown = page.get(change).context["form"].initial
    assert (shown["youngest"], shown["oldest"]) == (6, 12)
    assert page.post(change, body | {"version": house.version, "oldest": "5"}).status_code == 409
    assert page.post(change, body | {"version": house.version}).status_code == 302
    assert page.post(change, body | {"version": house.version}).status_code == 409
    for path in ("/providers/new/", change):
        assert browser_client(worker).get(path).status_code == 403


def test_a_provider_tells_how_it_goes_on_its_own_page(browser_client, case, worker, said):
    referral = sent_referral(case)
    partner = factories.provider_staff(referral.provider).user
    page, address = browser_client(partner), f"/referrals/{referral.pk}/write/"
    assert "Answer by" in said(page.get("/referrals/"))
    assert page.post(address, {"text": "Invented", "key": "a"}).status_code == 409
    page.post(f"/referrals/{referral.pk}/accept/")
    for _twice in range(2):
        page.post(address, {"text": "Invented progress", "key": "b"})
    assert ProgressNote.objects.count() == 1
    assert "Invented progress" in said(page.get(address))
    theirs = said(browser_client(worker).get(f"/cases/{case.pk}/care/"))
    assert "Progress from the provider" in theirs
    assert "Invented progress" not in theirs
    told = browser_client(worker).get(f"/referrals/{referral.pk}/notes/")
    assert "Invented progress" in said(told)
    page.post(f"/referrals/{referral.pk}/complete/")
    assert Referral.objects.get(pk=referral.pk).status == "completed"
    stranger = browser_client(factories.provider_staff().user)
    assert stranger.get(address).status_code == 404


def test_a_follow_up_is_recorded_where_it_is_due(browser_client, worker, case, said):
    plan = care.closed_plan(case)
    page = browser_client(worker)
    assert f"/plans/{plan.pk}/follow-ups/new/" in page.get(f"/plans/{plan.pk}/").content.decode()
    body = {"done_on": "2026-09-02", "safe": "yes", "key": "k"}
    body |= {"in_school_or_work": "no", "revictimised": "unknown"}
    assert page.post(f"/plans/{plan.pk}/follow-ups/new/", body).status_code == 302
    assert "After 3 months" in said(page.get(f"/plans/{plan.pk}/"))


def test_the_interface_assesses_in_one_go(api, worker, case):
    client, plan = api(worker), care.care_plan(case)
    body = {"plan": str(plan.pk), "assessed_on": "2026-04-01", "answers": care.all_at(3)}
    made = client.post("assessments/", body).json()
    assert (made["status"], made["restored"]) == ("begun", True)
    assert made["scores"]["safety"] == 3.0
    path = f"assessments/{made['id']}/"
    done = client.post(f"{path}move/", {"step": "complete"}, If_Match='"1"').json()
    assert done["status"] == "completed"
    assert client.get(f"care-plans/{plan.pk}/").json()["assess_by"] == "2026-09-12"
    for answers in ({"abuse": 5}, {"luck": 3}):
        again = client.post("assessments/", body | {"answers": answers})
        assert again.status_code == 400
        assert all(name.startswith("answers") for name in again.json()["errors"])
    for answers in ({"abuse": "3"}, {"abuse": True}, [3], "3"):
        wrong = client.post("assessments/", body | {"answers": answers})
        assert wrong.status_code == 400
        assert "answers" in str(wrong.json())


def test_the_interface_tells_how_full_a_house_is(api, worker, case):
    house = factories.provider(places_any=2)
    today = house.jurisdiction.today
    care.placement(case, provider=house, since=today.replace(day=1))
    months = api(worker).get(f"providers/{house.pk}/occupancy/").json()
    assert len(months) == 12
    assert months[0]["nights"] == today.day
    assert months[0]["share"] == 0.5
