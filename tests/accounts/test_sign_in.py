"""Signing in and out: one set of words for every refusal, a mark for every try."""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Membership
from core.models import AuditEvent
from tests import factories
from tests.accounts.phone import PASSWORD, code

pytestmark = pytest.mark.django_db


def sign_in(username, password=PASSWORD, client=None, **data):
    """Through both pages; the answer of the first one that refuses."""
    client = client or Client()
    body = {"username": username, "password": password} | data
    answer = client.post("/sign-in/", body)
    if answer.status_code == 302 and answer["Location"] == "/sign-in/code/":
        answer = client.post("/sign-in/code/", {"code": code()})
    return client, answer


def marks():
    found = AuditEvent.objects.filter(kind="sign_in").order_by("id")
    return list(found.values_list("action", "actor_id"))


def words(answer):
    """What the page says went wrong."""
    note = re.search(r'role="alert".*?</div>\s*</div>', answer.content.decode(), re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", note[0])).strip()


def test_password_and_code_sign_in_and_leave_a_mark(person):
    client, answer = sign_in(person.username)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/cases/").status_code == 200
    assert marks() == [("signed_in", person.pk)]


def test_signing_in_gives_a_session_of_its_own(person):
    """A session known before the sign-in is worth nothing after it."""
    client = Client()
    client.get("/sign-in/")
    before = client.session.session_key
    sign_in(person.username, client=client)
    assert client.session.session_key != before


def test_a_wrong_password_signs_nobody_in_and_leaves_a_mark(person):
    client, answer = sign_in(person.username, "wrong")
    assert answer.status_code == 200
    assert words(answer)
    assert client.get("/").status_code == 302
    assert marks() == [("sign_in_failed", None)]


def test_a_failed_try_keeps_nothing_that_was_typed():
    sign_in("typed into the wrong field", "wrong")
    (event,) = AuditEvent.objects.values()
    assert "typed" not in json.dumps(event, default=str)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:12:3456::9", "2001:db8:12::/48"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
    ],
)
def test_a_failed_try_keeps_whose_account_it_was_and_from_which_network(person, address, network):
    names = (person.username, f" {person.username.upper()}", "nobody")
    for name in names:
        body = {"username": name, "password": "wrong"}
        Client().post("/sign-in/", body, REMOTE_ADDR=address)
    mine, spelled, nobody = AuditEvent.objects.order_by("pk")
    assert (mine.subjects, spelled.subjects, nobody.subjects) == ([person.pk], [person.pk], [])
    assert mine.detail == spelled.detail
    assert mine.detail["network"] == nobody.detail["network"] == network
    assert len(mine.detail["account"]) == 32
    assert mine.detail["account"] != nobody.detail["account"]
    assert person.username not in json.dumps(mine.detail)


def test_unknown_inactive_and_wrong_are_refused_with_the_same_words(person, office):
    """Nobody learns from here who works with us."""
    gone = factories.user("field_officer", office, is_active=False)
    gone.set_password(PASSWORD)
    gone.save()
    answers = [
        sign_in("nobody")[1],
        sign_in(gone.username)[1],
        sign_in(gone.username, "wrong")[1],
        sign_in(person.username, "wrong")[1],
    ]
    assert len({(a.status_code, words(a)) for a in answers}) == 1


@pytest.mark.parametrize("username", ["", " ", "a\0b", "x" * 5000, "\u202e", "' or 1=1 --"])
def test_odd_names_are_only_wrong_names(username):
    for password in ("x", "a\0b", ""):
        assert sign_in(username, password)[1].status_code == 200


def test_signing_out_ends_the_session_and_leaves_a_mark(person):
    client, _answer = sign_in(person.username)
    assert client.get("/sign-out/").status_code == 405  # a link or an image cannot do it
    answer = client.post("/sign-out/")
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/")
    cleared = {part.strip(' "') for part in answer["Clear-Site-Data"].split(",")}
    assert "cache" in cleared
    assert not cleared & {"storage", "cookies", "*"}  # what waits unsent, and the known device
    assert client.get("/").status_code == 302
    assert marks() == [("signed_in", person.pk), ("signed_out", person.pk)]


def test_the_next_page_is_one_of_this_house(person):
    _client, answer = sign_in(person.username, next="/cases/?status=lead")
    assert answer["Location"] == "/cases/?status=lead"


AWAY = ["https://x.example/", "//x.example/", "///x.example", "\\\\x.example", "http:x.example"]


@pytest.mark.parametrize("address", [*AWAY, "javascript:alert(1)", "/\\x.example", "\n//x.example"])
def test_no_next_page_leads_out_of_the_house(person, address):
    _client, answer = sign_in(person.username, next=address)
    assert answer["Location"] == "/"


def test_who_is_signed_in_is_not_asked_again(person, browser_client):
    assert browser_client(person).get("/sign-in/")["Location"] == "/"


def test_when_a_membership_ends_the_next_request_sees_nothing(person, office, browser_client, api):
    """N9: the session goes on, the reach does not; team and office both end with it."""
    case = factories.assignment(user=person).case
    factories.rescue(case)
    client, program = browser_client(person), api(person)
    assert client.get(f"/cases/{case.pk}/").status_code == 200
    assert program.get("rescues/").json()["results"]
    Membership.objects.filter(user=person).update(ended_at=timezone.now())
    assert client.get(f"/cases/{case.pk}/").status_code in {403, 404}
    assert case.reference not in client.get("/").content.decode()
    assert program.get(f"cases/{case.pk}/").status_code in {403, 404}
    assert program.get("rescues/").status_code == 403
    assert program.get("me/").json()["roles"] == []


def test_when_a_person_is_made_inactive_the_session_is_over(person, browser_client):
    client = browser_client(person)
    assert client.get("/").status_code == 200
    person.is_active = False
    person.save()
    assert client.get("/").status_code == 302


def test_a_new_password_ends_the_sessions_of_the_old_one(person, browser_client):
    client = browser_client(person)
    person.set_password("Another invented phrase")
    person.save()
    assert client.get("/").status_code == 302
