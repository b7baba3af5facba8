"""A name is shown for a reason, for a minute, and every look is on record."""

from __future__ import annotations

import json

import pytest

from core import audit
from core.context import acting_as
from core.models import AuditEvent
from core.services import Refused
from tests import factories
from victims.enums import NameReason
from victims.models import Identity
from victims.services.identities import reveal_identity

pytestmark = pytest.mark.django_db
NAME = "Canary Ivory"


@pytest.fixture
def page(browser_client, field_officer):
    return browser_client(field_officer)


def address(known):
    return f"/people/{known.pk}/name/"


def test_the_page_of_the_case_offers_the_way_and_holds_no_name(page, case, known, person):
    html = page.get(f"/cases/{case.pk}/people/").content.decode()
    assert NAME not in html
    assert f'action="{address(known)}"' in html
    assert f"/people/{known.pk}/correct/" in html
    assert address(person) not in html
    assert f"/people/{person.pk}/identify/" in html


def test_the_first_look_asks_why(page, known, reads):
    for answer in (page.get(address(known)), page.post(address(known), {"straight": "1"})):
        html = answer.content.decode()
        assert answer.status_code == 200
        assert NAME not in html
        assert "Please correct" not in html
        assert all(f'value="{reason}"' in html for reason in NameReason.values)
    assert reads("identity.revealed") == []


def test_a_name_is_shown_for_a_minute_and_kept_nowhere(page, case, known):
    answer = page.post(address(known), {"reason": "medical"})
    html = answer.content.decode()
    assert NAME in html
    assert answer["Refresh"] == f"60; url=/cases/{case.pk}/people/#survivors"
    assert "no-store" in answer["Cache-Control"]
    assert 'data-shown="60"' in html
    title = html.partition("<title>")[2].partition("</title>")[0]
    assert title == f"{case.reference}, {known.code} – Casework"


def test_every_look_is_on_record_with_its_reason_and_without_a_value(page, known, reads):
    Identity.objects.get().delete()
    identity = Identity.objects.create(victim=known.victim, full_name=NAME, born_on="2011-05-06")
    page.post(address(known), {"reason": "court"})
    page.post(address(known), {"straight": "1"})
    detail = {"reason": "court", "fields": ["full_name", "born_on"], "former": []}
    who = page.session["_auth_user_id"]
    seen = [(str(actor), target, found) for actor, target, found in reads("identity.revealed")]
    assert seen == [(who, str(identity.pk), detail)] * 2
    event = AuditEvent.objects.filter(action="identity.revealed").first()
    assert known.case_id in event.subjects
    told = json.dumps(list(AuditEvent.objects.values()), default=str)
    assert NAME not in told
    assert "2011-05-06" not in told


def test_the_reason_is_asked_once_per_person_and_session(page, browser_client, field_officer, case):
    first, second = (factories.identity(case, full_name=NAME) for _ in range(2))
    one, two = (row.victim.involvements.get() for row in (first, second))
    page.post(address(one), {"reason": "family"})
    assert NAME in page.post(address(one), {"straight": "1"}).content.decode()
    assert NAME not in page.post(address(two), {"straight": "1"}).content.decode()
    another_session = browser_client(field_officer)
    assert NAME not in another_session.post(address(one), {"straight": "1"}).content.decode()
    page.post("/sign-out/")
    page.force_login(field_officer)
    assert NAME not in page.post(address(one), {"straight": "1"}).content.decode()


@pytest.mark.parametrize("reason", ["", "curiosity", "medical\n", "x" * 5000])
def test_no_reason_no_name(page, api, field_officer, known, reads, reason):
    answer = page.post(address(known), {"reason": reason})
    assert answer.status_code == 400
    assert NAME not in answer.content.decode()
    call = api(field_officer).post(f"involvements/{known.pk}/reveal/", {"reason": reason})
    assert (call.status_code, list(call.json()["errors"])) == (400, ["reason"])
    assert api(field_officer).post(f"involvements/{known.pk}/reveal/", {}).status_code == 400
    assert reads("identity.revealed") == []


def test_the_verb_itself_wants_a_reason(field_officer, known):
    with acting_as(field_officer.pk), pytest.raises(Refused, match="why you need"):
        reveal_identity(known, reason="curiosity", actor=field_officer)


def test_a_program_gives_the_reason_with_each_call(api, field_officer, identity, known, reads):
    client = api(field_officer)
    for _ in range(2):
        sent = {"reason": "safety"}
        answer = client.post(f"involvements/{known.pk}/reveal/", sent, Idempotency_Key="k")
        assert (answer.status_code, answer["ETag"]) == (200, '"1"')
        assert answer.json()["identity"]["full_name"] == NAME
        assert "no-store" in answer["Cache-Control"]
    assert len(reads("identity.revealed")) == 2


def test_what_was_said_before_is_shown_as_such(page, api, field_officer, case, said, reads):
    former = factories.former_identity(case, value="Canary Earlier")
    known = former.victim.involvements.get()
    Identity.objects.create(victim=former.victim, full_name=NAME)
    assert "Full name until" in said(page.post(address(known), {"reason": "court"}))
    answer = api(field_officer).post(f"involvements/{known.pk}/reveal/", {"reason": "court"})
    assert answer.json()["former"][0]["value"] == "Canary Earlier"
    assert reads("identity.revealed")[0][2]["former"] == ["full_name"]


def test_nothing_recorded_is_said_in_words(page, api, field_officer, person, said):
    answer = page.post(address(person), {"reason": "court"})
    assert answer.status_code == 409
    assert "No name is recorded for this person" in said(answer)
    call = api(field_officer).post(f"involvements/{person.pk}/reveal/", {"reason": "court"})
    assert call.status_code == 409


def test_lists_and_rows_never_carry_a_name(api, field_officer, known):
    client = api(field_officer)
    for path in ("victims/", f"victims/{known.victim_id}/", "involvements/"):
        assert NAME not in client.get(path).content.decode()
    assert client.get("identities/").status_code == 404
    assert client.get(f"identities/{known.victim.identity.pk}/").status_code == 405


def test_nobody_else_is_shown_anything(browser_client, api, colleague, outsider, office, known):
    for user in (colleague, outsider, factories.user("programme_manager", office)):
        answer = browser_client(user).post(address(known), {"reason": "court"})
        call = api(user).post(f"involvements/{known.pk}/reveal/", {"reason": "court"})
        assert {answer.status_code, call.status_code} <= {403, 404}
        assert NAME.encode() not in answer.content + call.content
    officer = factories.user("data_officer", office)  # sees the person, by code
    assert browser_client(officer).post(address(known), {"reason": "court"}).status_code == 403


def test_a_look_that_leaves_no_mark_fails(page, known, monkeypatch):
    """Planted: the record of the look is lost; the verb must not answer."""
    monkeypatch.setattr(audit, "read", lambda *args, **kwargs: None)
    with pytest.raises(audit.Unaudited):
        page.post(address(known), {"reason": "court"})
