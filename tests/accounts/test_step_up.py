"""Before a grave step one confirms: by the second factor, within five minutes, then goes on."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

import pytest
import time_machine
from django.test import Client

from core.context import confirmed_at
from core.models import AuditEvent
from tests.accounts.phone import PASSWORD, code, recovery_codes, visitor

pytestmark = pytest.mark.django_db
NOON = "2026-11-24T12:00:00Z"
GRAVE = [
    "/account/app/",
    "/account/app/remove/",
    "/account/passkeys/add/",
    "/account/passkeys/1/remove/",
    "/account/recovery-codes/",
    "/account/recovery-codes/new/",
    "/account/password/",
    "/account/sessions/",
]


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def inside(at_door, clock):
    """Signed in; the codes of noon are spent."""
    at_door.sign_in()
    return at_door


@pytest.mark.parametrize("path", GRAVE)
@pytest.mark.by_turns(3)
def test_a_grave_page_asks_after_five_minutes_and_is_come_back_to(inside, clock, path):
    assert not inside.client.get(path).headers.get("Location", "").startswith("/account/confirm/")
    clock.shift(timedelta(minutes=5))
    for method in (inside.client.get, inside.client.post):
        answer = method(path)
        assert answer.status_code == 302
        assert answer["Location"] == "/account/confirm/?" + urlencode({"next": path})
    asked = inside.client.get(answer["Location"])
    assert asked["Location"] == "/account/confirm/code/?" + urlencode({"next": path})
    code = {"code": recovery_codes(inside.user)[0], "next": path}
    assert inside.client.post("/account/confirm/code/", code)["Location"] == path
    assert not inside.client.get(path).headers.get("Location", "").startswith("/account/confirm/")


@pytest.mark.parametrize("path", GRAVE)
def test_a_grave_page_is_closed_to_strangers(path):
    for method in ("get", "post"):
        answer = getattr(Client(), method)(path)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/sign-in/?next=")


def test_the_moment_is_the_one_of_the_second_factor(inside, clock, monkeypatch):
    """Read in a view, as services do; nothing is left when the request is over."""
    seen = []
    monkeypatch.setattr("core.pages.render", lambda *_: seen.append(confirmed_at.get()) or Client)
    with pytest.raises(AttributeError):
        inside.client.get("/styleguide/")
    assert seen[0].isoformat() == "2026-11-24T12:00:00+00:00"
    assert confirmed_at.get() is None


def test_who_has_a_second_factor_cannot_confirm_by_password(inside, clock):
    clock.shift(timedelta(minutes=6))
    answer = inside.client.post("/account/confirm/", {"password": PASSWORD})
    assert answer["Location"].startswith("/account/confirm/code/")
    assert inside.client.get("/account/password/")["Location"].startswith("/account/confirm/")


def test_a_wrong_or_spent_code_confirms_nothing(inside, clock):
    spent = code()
    clock.shift(timedelta(minutes=6))
    for text in ("000000", spent, ""):
        assert inside.client.post("/account/confirm/code/", {"code": text}).status_code == 400
    assert inside.client.get("/account/password/").status_code == 302


@pytest.mark.parametrize("address", ["https://x.example/", "//x.example", "/\\x.example"])
def test_no_next_page_leads_out_of_the_house(inside, clock, address):
    data = {"code": recovery_codes(inside.user)[0], "next": address}
    assert inside.client.post("/account/confirm/code/", data)["Location"] == "/"


@pytest.mark.usefixtures("aside")
@pytest.mark.django_db(transaction=True, databases=["default", "aside"])
def test_confirming_leaves_marks_and_so_does_failing(person):
    inside = visitor(person)
    inside.sign_in()
    inside.client.post("/account/confirm/code/", {"code": "000000"})
    inside.client.post("/account/confirm/code/", {"code": recovery_codes(person)[0]})
    marks = AuditEvent.objects.filter(kind="sign_in").order_by("id")
    failed, stepped_up = marks.values_list("action", "actor_id", "detail")[1:]
    assert (*failed[:2], set(failed[2])) == (
        "second_factor_failed",
        person.pk,
        {"account", "network"},
    )
    assert stepped_up == ("stepped_up", person.pk, {"method": "mfa"})


def test_a_password_confirms_where_it_is_all_there_is(newcomer, clock):
    """While the second factor is being set up, and in the demonstration."""
    guest = visitor(newcomer)
    guest.password()
    clock.shift(timedelta(minutes=6))
    assert guest.client.get("/account/app/")["Location"].startswith("/account/confirm/")
    answer = guest.client.post("/account/confirm/", {"password": "wrong"})
    assert answer.status_code == 400
    data = {"password": PASSWORD, "next": "/account/app/"}
    assert guest.client.post("/account/confirm/", data)["Location"] == "/account/app/"
    assert guest.client.get("/account/app/").status_code == 200
