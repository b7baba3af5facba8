"""Hide screen, on the server: nothing of a case leaves through a locked session."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from accounts import screen
from accounts.sign_in.demo import PASSWORD as DEMO_PASSWORD
from core.models import AuditEvent
from tests import factories
from tests.accounts.phone import code, recovery_codes, visitor
from tests.clients import taken_back
from tests.meta.addresses import addresses
from tests.whole import share, some

pytestmark = pytest.mark.django_db
NOON = "2026-11-24T12:00:00Z"
UNLOCK, LOCK = "/account/unlock/", "/account/lock/"
METHODS = ("get", "post", "put", "patch", "delete", "head", "options")


@pytest.fixture
def case(person):
    return factories.assignment(user=person).case


@pytest.fixture
def inside(at_door, case):
    """At a page of a case, signed in by both steps."""
    at_door.password()
    at_door.code(recovery_codes(at_door.user)[0])
    assert case.reference in page_of(at_door.client, case)
    return at_door.client


@pytest.fixture
def locked(inside, case):
    inside.post(LOCK, headers={"referer": f"http://testserver/cases/{case.pk}/"})
    return inside


@pytest.fixture
def demonstration(newcomer, settings):
    """Somebody of the demonstration, who has no second factor."""
    settings.DEMO = True
    newcomer.set_password(DEMO_PASSWORD)
    newcomer.save()
    guest = visitor(newcomer)
    guest.password(DEMO_PASSWORD)
    return guest.client


def page_of(client, case):
    return client.get(f"/cases/{case.pk}/").content.decode()


def unlock(client, **proof):
    return client.post(UNLOCK, proof or {"code": code()})


def marks():
    found = AuditEvent.objects.filter(kind="sign_in").order_by("id")
    return list(found.values_list("action", flat=True))


def test_locked_and_opened_again_by_a_code_on_the_page_one_was_on(locked, case):
    answer = locked.get(f"/cases/{case.pk}/")
    assert (answer.status_code, answer["Location"]) == (302, UNLOCK)
    answer = unlock(locked)
    assert (answer.status_code, answer["Location"]) == (302, f"/cases/{case.pk}/")
    assert case.reference in page_of(locked, case)
    assert marks() == ["signed_in", "locked", "stepped_up"]


def test_no_address_shows_anything_while_locked(locked, case):
    """Every second page and endpoint by one of all methods; at night every one by all."""
    person = [case.reference, str(case.pk)]
    opened = {reverse(name) for name in screen.OPEN}
    shown = []
    for address in share(addresses(), "locked", one_in=2, name=lambda address: address.name):
        path = address.path(case.pk)
        if path in opened:
            continue
        for method in some(METHODS, address.name, 1):
            with taken_back():
                answer = getattr(locked, method)(path)
            api = path.startswith("/api/")
            closed = answer.status_code == 401 if api else answer.get("Location") == UNLOCK
            if not closed or any(text in answer.content.decode() for text in person):
                shown.append((method, path, answer.status_code))
    assert len(addresses()) > 100
    assert shown == []


def test_the_interface_for_programs_refuses_the_session_and_not_the_key(locked, api, case):
    answer = locked.get(f"/api/v1/cases/{case.pk}/")
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
    assert json.loads(answer.content)["detail"] == "The screen is locked."
    program = api(case.assignment_set.get().user)
    assert program.get(f"cases/{case.pk}/").status_code == 200
    key = {"Authorization": f"Bearer {program.key}"}
    assert locked.get(f"/api/v1/cases/{case.pk}/", headers=key).status_code == 200


@pytest.mark.parametrize(
    "headers", [{"accept": "application/json"}, {"sec-fetch-dest": "empty"}], ids=str
)
def test_a_script_is_told_so_and_gets_no_page_instead(locked, headers):
    answer = locked.post("/field/rescues/new/", headers=headers)
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
    assert locked.get("/account/stay/", headers=headers).status_code == 401


def test_what_stays_open(locked):
    assert locked.get("/healthz").status_code == 200
    assert locked.get(UNLOCK).status_code == 200
    assert locked.post("/sign-out/")["Location"] == "/sign-in/"
    assert locked.get(UNLOCK)["Location"] == "/sign-in/"


def test_the_locked_page_names_nobody(locked, case, person, said):
    page = locked.get(UNLOCK).content.decode()
    assert "<title>New tab</title>" in page
    words = {person.name, person.username, case.reference, str(case.pk), "Casework"}
    assert [word for word in words if word in page] == []


def test_hiding_works_with_an_old_token_and_when_signed_out(person):
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    assert client.get(LOCK).status_code == 405
    assert client.post(LOCK)["Location"] == UNLOCK
    assert client.get("/")["Location"] == UNLOCK
    assert client.post(LOCK, headers={"accept": "application/json"}).status_code == 204
    assert marks().count("locked") == 1
    client.logout()
    assert client.post(LOCK, headers={"accept": "application/json"}).status_code == 204
    assert client.post(LOCK, follow=True).redirect_chain[-1] == ("/sign-in/", 302)


def test_a_step_up_page_is_no_way_round(locked):
    answer = locked.post("/account/confirm/code/", {"code": code()})
    assert answer["Location"] == UNLOCK
    assert locked.get("/")["Location"] == UNLOCK


def test_the_password_alone_does_not_open_it_for_whoever_has_a_second_factor(locked):
    page = locked.get(UNLOCK).content.decode()
    assert 'name="password"' not in page
    assert unlock(locked, password="Invented phrase of 4 words").status_code == 400
    assert locked.get("/")["Location"] == UNLOCK


@pytest.mark.parametrize("credential", ["", "x", "{}", '{"id": 1}', "[]", "null"])
@pytest.mark.by_turns(5)
def test_an_odd_passkey_is_only_a_wrong_one(locked, credential):
    assert unlock(locked, credential=credential).status_code == 400
    assert locked.get("/")["Location"] == UNLOCK


def test_a_password_opens_it_in_the_demonstration(demonstration):
    demonstration.post(LOCK)
    assert demonstration.get("/")["Location"] == UNLOCK
    assert unlock(demonstration, password="wrong").status_code == 400
    assert unlock(demonstration, password=DEMO_PASSWORD)["Location"] == "/"
    assert demonstration.get("/").status_code == 200


def test_five_wrong_tries_end_the_session(locked):
    tries = [unlock(locked, code="000000") for _try in range(5)]
    assert [answer.status_code for answer in tries] == [400] * 4 + [302]
    assert tries[-1]["Location"] == "/sign-in/"
    assert Session.objects.count() == 0
    assert marks()[-2:] == ["unlock_failed", "signed_out"]


@pytest.mark.nightly
@pytest.mark.django_db(transaction=True, databases=["default", "aside"])
def test_wrong_tries_count_against_the_limits_of_signing_in(aside, locked, person):
    """Whoever guesses here does not begin anew at the door."""
    assert [unlock(locked, code="000000").status_code for _try in range(4)] == [400] * 4
    door = visitor(person)
    door.client.cookies["device"] = locked.cookies["device"].value
    door.password()
    assert [door.code("000000").status_code for _try in range(2)] == [400, 429]


def test_a_right_try_forgets_the_wrong_ones(locked, person):
    for _lock in range(2):
        for _try in range(4):
            assert unlock(locked, code="000000").status_code == 400
        assert unlock(locked, code=recovery_codes(person)[0])["Location"].startswith("/cases/")
        locked.post(LOCK, headers={"referer": "http://testserver/cases/"})


def test_whoever_has_not_given_a_second_factor_yet_is_signed_out_instead(newcomer):
    guest = visitor(newcomer)
    guest.password()
    assert guest.client.get("/")["Location"] == "/account/app/"
    guest.client.post(LOCK)
    assert guest.client.get("/account/app/")["Location"].startswith("/sign-in/")


@pytest.mark.parametrize(
    ("referer", "after"),
    [
        ("http://testserver/cases/", "/cases/"),
        ("http://testserver/cases/?q=typed+name", "/cases/"),
        ("http://testserver/account/stay/", "/"),
        ("http://elsewhere.example/cases/", "/"),
        ("//elsewhere.example/cases/", "/"),
        ("http://testserver//elsewhere.example/", "/"),
        ("http://testserver/no/such/page/", "/"),
        ("http://testserver/account/unlock/", "/"),
        ("http://testserver/account/lock/", "/"),
        ("javascript:alert(1)", "/"),
        ("http://[", "/"),
        ("", "/"),
    ],
)
@pytest.mark.by_turns(6)
def test_the_way_back_is_a_page_of_this_house(inside, referer, after):
    inside.post(LOCK, headers={"referer": referer} if referer else {})
    assert unlock(inside)["Location"] == after
    assert inside.get(UNLOCK)["Location"] == after


def test_the_way_back_is_never_a_button(inside, case):
    """A page that only takes a POST cannot be opened again."""
    buttons = [a for a in addresses() if a.kind == "page" and a.declared == {"post"}]
    assert buttons
    inside.post(LOCK, headers={"referer": f"http://testserver{buttons[0].path(case.pk)}"})
    assert unlock(inside)["Location"] == "/"


def test_a_slower_request_does_not_open_it_again(inside, case):
    """It read the session before the lock, and writes it after."""
    slower = inside.session
    slower["seen_at"] = 1.0
    inside.post(LOCK, headers={"referer": f"http://testserver/cases/{case.pk}/"})
    slower.save()
    assert inside.get("/")["Location"] == UNLOCK
    assert unlock(inside)["Location"] == f"/cases/{case.pk}/"
    assert inside.get("/").status_code == 200


def test_who_does_nothing_for_long_is_locked(inside, case):
    with time_machine.travel(NOON, tick=False) as clock:
        inside.force_login(case.assignment_set.get().user)
        inside.get("/cases/")
        clock.shift(timedelta(minutes=10))
        assert inside.get("/account/stay/").status_code == 204
        clock.shift(timedelta(minutes=10, seconds=1))
        assert inside.get(f"/cases/{case.pk}/")["Location"] == UNLOCK
        clock.shift(timedelta(minutes=11))
        answer = unlock(inside)
        assert answer["Location"] == f"/cases/{case.pk}/"
        assert case.reference in page_of(inside, case)


def test_a_form_that_comes_too_late_is_not_carried_out(inside, case):
    with time_machine.travel(NOON, tick=False) as clock:
        inside.force_login(case.assignment_set.get().user)
        inside.get("/cases/new/")
        clock.shift(timedelta(minutes=11))
        before = type(case).objects.count()
        form = "http://testserver/cases/new/"
        answer = inside.post("/cases/new/", {"programme": "osec"}, headers={"referer": form})
        assert answer["Location"] == UNLOCK
        assert type(case).objects.count() == before
        assert unlock(inside)["Location"] == "/cases/new/"


def test_a_locked_session_ends_by_its_own_time(inside):
    with time_machine.travel(NOON, tick=False) as clock:
        inside.force_login(factories.user())
        inside.post(LOCK)
        for _seven in range(60):
            clock.shift(timedelta(minutes=13))
            inside.get(UNLOCK)
        assert inside.get(UNLOCK)["Location"] == "/sign-in/"
