"""The pages of records that may be of one survivor: by codes, names only for a reason."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.lists import pagination
from core.models import AuditEvent
from tests import factories
from tests.factories import duplicates
from victims.models import Confirmation, Match, Victim, VictimMerge
from victims.services import match_list

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(office):
    return factories.user("case_manager", office)


@pytest.fixture
def page(browser_client, manager):
    return browser_client(manager)


@pytest.fixture
def pair(case):
    return duplicates.match(
        case,
        factories.identity(case, full_name="Canary Ivory").victim,
        factories.identity(case, full_name="Canary Ivorie").victim,
    )


def test_who_records_a_name_is_shown_people_of_a_like_name(
    browser_client, field_officer, case, person, identity, said
):
    client = browser_client(field_officer)
    answer = client.post(f"/people/{person.pk}/identify/", {"full_name": "Canary Ivorie"})
    assert answer["Location"] == f"/people/{person.pk}/alike/"
    shown = said(client.get(answer["Location"]))
    assert identity.victim.code in shown
    assert "Ivor" not in shown
    body = {"other": str(identity.victim.pk), "answer": "different"}
    judge = f"/people/{person.pk}/judge/"
    assert client.post(judge, body)["Location"] == answer["Location"]
    assert "Nobody with a similar name" in said(client.get(answer["Location"]))
    assert Match.objects.get().decided_by == field_officer
    assert client.post(judge, {"other": "x"}).status_code == 409


def test_every_merge_is_reached_page_by_page(page, case, monkeypatch):
    monkeypatch.setattr(pagination, "DEFAULT", 2)
    made = [duplicates.victim_merge(case) for _one in range(5)]
    url, found = "/duplicates/", []
    while url:
        shown = page.get(url).context
        found += [row.pk for row in shown["merges"]]
        url = shown.get("more_merges")
    assert found == [row.pk for row in reversed(made)]
    assert page.get("/duplicates/?merges=x")["Location"] == "/duplicates/"


def test_what_waits_for_an_answer_is_never_cut_and_a_cut_is_said(
    browser_client, case, manager, monkeypatch, said
):
    monkeypatch.setattr(match_list, "LISTED", 2)
    answered = {"status": "yes", "answered_by": manager, "answered_at": "2026-11-01T10:00Z"}
    for _one in range(2):
        duplicates.confirmation(case, **answered)
    client = browser_client(manager)
    assert "Older answers" not in said(client.get("/confirmations/"))
    asked = duplicates.confirmation(case)
    shown = client.get("/confirmations/")
    assert shown.context["rows"][0].pk == asked.pk
    assert "These are 2: first those that wait for an answer, then the latest answers" in said(
        shown
    )


def test_the_queue_shows_codes_and_what_was_said(page, pair, said):
    shown = said(page.get("/duplicates/"))
    assert pair.one.code in shown
    assert "Ivor" not in shown
    page.post(f"/duplicates/{pair.pk}/decide/", {"version": "1", "answer": "later"})
    assert pair.one.code not in said(page.get("/duplicates/"))
    assert pair.one.code in said(page.get("/duplicates/?status=later"))
    assert page.get("/duplicates/?cursor=x")["Location"] == "/duplicates/"
    assert page.post(f"/duplicates/{pair.pk}/decide/", {"version": "1"}).status_code == 409


def test_two_are_compared_merged_and_parted_again(page, pair, said):
    assert "Are they one person?" in said(page.get(f"/duplicates/{pair.pk}/"))
    assert page.post(f"/duplicates/{pair.pk}/merge/", {"keep": "x"}).status_code == 409
    page.post(f"/duplicates/{pair.pk}/merge/", {"keep": "other"})
    assert Victim.objects.get(pk=pair.one_id).merged_into == pair.other
    queue = page.get("/duplicates/").content.decode()
    merge = VictimMerge.objects.get()
    assert f'action="/survivor-merges/{merge.pk}/undo/"' in queue
    assert f"/duplicates/{pair.pk}/" not in queue
    page.post(f"/survivor-merges/{merge.pk}/undo/")
    assert Victim.objects.get(pk=pair.one_id).merged_into is None


def test_names_are_compared_for_a_reason_and_a_minute(page, pair, manager):
    address = f"/duplicates/{pair.pk}/names/"
    assert page.post(address, {}).status_code == 400
    answer = page.post(address, {"reason": "correction"})
    assert "Canary Ivorie" in answer.content.decode()
    assert answer["Refresh"].startswith("60; ")
    looks = AuditEvent.objects.filter(action="identity.revealed", actor_id=manager.pk)
    assert looks.count() == 2


def test_a_program_compares_names_for_a_reason_and_leaves_two_marks(api, pair, manager):
    path = f"matches/{pair.pk}/reveal/"
    assert api(manager).post(path, {}).status_code == 400
    shown = api(manager).post(path, {"reason": "correction"})
    assert shown.status_code == 200
    names = {row["full_name"] for row in shown.json()["results"]}
    assert names == {"Canary Ivory", "Canary Ivorie"}
    looks = AuditEvent.objects.filter(action="identity.revealed", actor_id=manager.pk)
    assert looks.count() == 2
    officer = factories.user("data_officer", factories.office("global"))
    assert api(officer).post(path, {"reason": "correction"}).status_code == 403


def test_who_sees_no_names_asks_and_merges_when_both_agree(browser_client, case, said):
    officer = factories.user("data_officer", factories.office("global"))
    abroad = factories.case(factories.office("manila", "PH-MNL"))
    pair = duplicates.match(case, factories.victim(case), factories.victim(abroad))
    client = browser_client(officer)
    shown = said(client.get("/duplicates/"))
    assert "two offices" in shown
    assert client.get(f"/duplicates/{pair.pk}/names/").status_code == 403
    client.post(f"/duplicates/{pair.pk}/ask/")
    for at in (case, abroad):
        asked = browser_client(factories.user("case_manager", at.office))
        words = said(asked.get("/confirmations/"))
        assert at.reference in words
        other = abroad if at is case else case
        assert other.reference not in words
        assert asked.get(f"/duplicates/{pair.pk}/").status_code == 404
        row = Confirmation.objects.get(case=at)
        assert client.post(f"/duplicates/{pair.pk}/merge/", {"keep": "one"}).status_code == 409
        asked.post(f"/confirmations/{row.pk}/", {"answer": "yes", "version": "1"})
    client.post(f"/duplicates/{pair.pk}/merge/", {"keep": "one"})
    assert Victim.objects.get(pk=pair.other_id).merged_into == pair.one


@pytest.mark.nightly
def test_the_queue_takes_the_same_queries_however_long_it_is(
    page, case, pair, django_assert_max_num_queries
):
    page.get("/duplicates/")
    with CaptureQueriesContext(connection) as few:
        page.get("/duplicates/")
    for _ in range(5):
        duplicates.match(case)
    with django_assert_max_num_queries(len(few)):
        page.get("/duplicates/")


def fields_of(answer):
    """By label what stands on either side, and whether it is said to differ."""
    rows = answer.context["rows"]
    return {str(row.label): (row.one, row.other, row.differs) for row in rows}


def test_the_two_stand_field_by_field_and_what_differs_is_marked(page, pair):
    Victim.objects.filter(pk=pair.one_id).update(sex="female", languages="Bengali")
    Victim.objects.filter(pk=pair.other_id).update(sex="female", languages="Hindi")
    answer = page.get(f"/duplicates/{pair.pk}/")
    rows = fields_of(answer)
    assert rows["Sex"] == ("Female", "Female", False)
    assert rows["Languages"] == ("Bengali", "Hindi", True)
    assert "Nationality" not in rows, "of what is known of neither nothing is said"
    html = answer.content.decode()
    assert html.count('class="pair__differs"') == sum(differs for *_both, differs in rows.values())
    assert "Canary" not in html


def test_why_they_are_two_is_kept_and_said_in_the_queue(page, pair, said):
    address = f"/duplicates/{pair.pk}/"
    assert 'name="reason" value="kin" required' in page.get(address).content.decode()
    answer = {"version": "1", "answer": "different", "reason": "kin"}
    assert page.post(f"{address}decide/", answer).status_code == 302
    assert Match.objects.get().reason == "kin"
    assert "Relatives of a like name" in said(page.get("/duplicates/?status=different"))
    later = {"version": "2", "answer": "later", "reason": "kin"}
    assert page.post(f"{address}decide/", later).status_code == 409, "two that may be one"
    assert page.post(f"{address}decide/", later | {"reason": ""}).status_code == 302
    assert Match.objects.get().reason == ""


def test_a_program_says_why_as_well(api, pair, manager):
    path = f"matches/{pair.pk}/"
    body = {"answer": "different", "reason": "age"}
    assert api(manager).patch(path, body, If_Match='"1"').json()["reason"] == "age"
    odd = api(manager).patch(path, {"answer": "same", "reason": "age"}, If_Match='"2"')
    assert list(odd.json()["errors"]) == ["reason"]
