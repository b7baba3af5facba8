"""How long a session lives, where they are listed, and how they end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts import screen
from accounts.session_store import digest_of
from accounts.sign_in.sessions import device_words, end_all
from core.models import AuditEvent
from tests.accounts.phone import recovery_codes, visitor

pytestmark = pytest.mark.django_db
NOON = "2026-11-24T12:00:00Z"
PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0.0.0 Mobile Safari/537.36"


def signed_in(person, agent="", number=0):
    guest = visitor(person, headers={"user-agent": agent})
    guest.password()
    guest.code(recovery_codes(person)[number])
    return guest


def test_twelve_hours_are_the_most_however_busy(at_door):
    with time_machine.travel(NOON, tick=False) as clock:
        at_door.sign_in()
        for _step in range(79):
            clock.shift(timedelta(minutes=9))
            assert at_door.inside()
        clock.shift(timedelta(minutes=8, seconds=59))
        assert at_door.inside()
        clock.shift(1)
        assert not at_door.inside()
        assert at_door.client.get("/")["Location"].startswith("/sign-in/")


def test_confirming_does_not_lengthen_it(at_door):
    with time_machine.travel(NOON, tick=False) as clock:
        at_door.sign_in()
        for code in recovery_codes(at_door.user)[:6]:
            for _step in range(14):
                clock.shift(timedelta(minutes=9))
                at_door.inside()
            at_door.client.post("/account/confirm/code/", {"code": code})
        assert not at_door.inside()


def test_a_quarter_of_an_hour_of_rest_ends_it(at_door):
    with time_machine.travel(NOON, tick=False) as clock:
        at_door.sign_in()
        clock.shift(timedelta(minutes=14, seconds=59))
        assert "_auth_user_id" in at_door.client.session
        clock.shift(timedelta(seconds=1))
        assert "_auth_user_id" not in at_door.client.session
        assert at_door.client.get("/")["Location"].startswith("/sign-in/")


def test_the_list_says_device_time_and_address_of_ones_own_only(person, case_manager, said):
    signed_in(person, PHONE)
    here = signed_in(person, "curl/8", number=1)
    UserSession.objects.create(
        user=case_manager, ip="203.0.113.9", session_key="another", user_agent="x"
    )
    page = said(here.client.get("/account/sessions/"))
    assert "Chrome on Android" in page
    assert "Unknown device" in page
    assert page.count("127.0.0.1") == 2
    assert "203.0.113.9" not in page
    assert "This one" in page


def test_one_session_ends_and_the_others_go_on(person):
    phone, here = signed_in(person, PHONE), signed_in(person, number=1)
    row = UserSession.objects.get(user_agent=PHONE)
    here.client.post("/account/sessions/", {"session": row.pk})
    assert (phone.inside(), here.inside()) == (False, True)
    marks = AuditEvent.objects.filter(action="sessions_ended").values_list("actor_id", "detail")
    assert list(marks) == [(person.pk, {"user": str(person.pk), "number": 1})]


def test_all_others_end_at_once(person):
    others = [signed_in(person, number=n) for n in range(3)]
    here = signed_in(person, number=3)
    here.client.post("/account/sessions/")
    assert [other.inside() for other in others] == [False] * 3
    assert here.inside()


@pytest.mark.parametrize("number", ["0", "-1", "x", "9" * 30, "١", "1 or 1=1"])
@pytest.mark.by_turns(3)
def test_a_wrong_number_ends_nothing(person, number):
    phone, here = signed_in(person), signed_in(person, number=1)
    assert here.client.post("/account/sessions/", {"session": number}).status_code == 302
    assert (phone.inside(), here.inside()) == (True, True)


def test_nobody_ends_the_session_of_somebody_else(person, case_manager, browser_client):
    victim = signed_in(person)
    row = UserSession.objects.get()
    browser_client(case_manager).post("/account/sessions/", {"session": row.pk})
    assert victim.inside()


def test_disabling_ends_all_at_once(person):
    guests = [signed_in(person, number=n) for n in range(2)]
    person.is_active = False
    person.save()
    assert [guest.inside() for guest in guests] == [False] * 2
    assert end_all(person) == 2
    person.is_active = True
    person.save()
    assert [guest.inside() for guest in guests] == [False] * 2


def test_who_is_disabled_between_password_and_code_stays_out(person):
    guest = visitor(person)
    guest.password()
    type(person).objects.filter(pk=person.pk).update(is_active=False)
    assert guest.code()["Location"] == "/sign-in/"
    assert not AuditEvent.objects.filter(action="signed_in").exists()


def test_the_session_gets_a_new_number_at_each_step(at_door):
    at_door.client.get("/sign-in/")
    seen = {at_door.client.session.session_key}
    at_door.password()
    half = at_door.client.session.session_key
    at_door.code()
    seen |= {half, at_door.client.session.session_key}
    assert len(seen) >= 2
    assert at_door.client.session.session_key != half


def test_every_form_of_signing_in_wants_its_token(person):
    for path in ("/sign-in/", "/sign-out/", "/sign-in/code/", "/sign-in/passkey/"):
        assert Client(enforce_csrf_checks=True).post(path).status_code == 403
    assert settings.SESSION_COOKIE_HTTPONLY


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (PHONE, "Chrome on Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Version/18.0 Safari/604.1", "Safari on iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge on Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Firefox/132.0", "Firefox on Linux"),
        ("<script>", "Unknown device"),
        ("", "Unknown device"),
    ],
)
def test_a_device_is_said_in_words(agent, words):
    assert device_words(agent) == words


# What stands in the tables opens nothing.


def test_a_stolen_row_opens_no_session(at_door):
    at_door.sign_in()
    secret = at_door.client.cookies[settings.SESSION_COOKIE_NAME].value
    rows = [*Session.objects.values_list(), *UserSession.objects.values_list()]
    assert secret not in str(rows)
    (key,) = Session.objects.values_list("session_key", flat=True)
    assert UserSession.objects.get().session_key == key
    for cookie in (key, key[:32], key[8:]):
        thief = visitor(at_door.user)
        thief.client.cookies[settings.SESSION_COOKIE_NAME] = cookie
        assert not thief.inside()
    assert at_door.inside()


def test_what_a_session_holds_is_worth_nothing_in_another(at_door):
    """Whoever may write rows copies a session into one of which they know the cookie."""
    at_door.sign_in()
    row = Session.objects.get()
    Session.objects.create(
        session_key=digest_of("a" * 32),
        session_data=row.session_data,
        expire_date=row.expire_date,
    )
    thief = visitor(at_door.user)
    thief.client.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
    assert not thief.inside()


def test_a_page_reads_its_session_and_notes_its_use_in_a_statement_each(at_door):
    def asked():
        with CaptureQueriesContext(connection) as seen:
            at_door.client.get("/")
        return [one["sql"].split()[0] for one in seen if '"django_session"' in one["sql"]]

    at_door.sign_in()
    at_door.client.get("/")
    with time_machine.travel(datetime.now(UTC), tick=False) as clock:
        assert asked() == ["SELECT"]
        clock.shift(screen.SEEN_EVERY)
        assert asked() == ["SELECT", "UPDATE"]
        assert asked() == ["SELECT"]


def test_signing_in_elsewhere_keeps_the_sessions_that_go_on(person):
    """django-allauth looks at them all at each sign-in, and forgets those that are over."""
    phone, here = signed_in(person, PHONE), signed_in(person, number=1)
    assert (phone.inside(), here.inside()) == (True, True)
    assert UserSession.objects.count() == 2
    Session.objects.filter(pk=UserSession.objects.get(user_agent=PHONE).session_key).delete()
    signed_in(person, number=2)
    assert not UserSession.objects.filter(user_agent=PHONE).exists()
