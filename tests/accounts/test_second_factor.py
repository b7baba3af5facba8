"""The second factor: set up before anything else, given at every sign-in, never twice the same."""

from __future__ import annotations

import json
import re

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.sessions.backends.base import UpdateError
from django.db import connection
from django.test import Client

from core.models import AuditEvent
from core.wall.grants import NOT_FOR_REPORTS
from tests.accounts.phone import SECRET, code, connect, recovery_codes, visitor
from tests.clients import taken_back
from tests.meta.addresses import addresses
from tests.whole import share

pytestmark = pytest.mark.django_db
NOON = "2026-11-24T12:00:00Z"


def marks(*but):
    found = AuditEvent.objects.filter(kind="sign_in").order_by("id")
    return [mark.action for mark in found if mark.action not in but]


def test_the_first_sign_in_leads_to_setting_up_and_nowhere_else(newcomer):
    guest = visitor(newcomer)
    assert guest.password()["Location"] == "/"
    assert guest.client.get("/", follow=True).redirect_chain == [("/account/app/", 302)]
    assert not guest.inside()
    assert guest.client.get("/api/v1/me/").status_code == 403


def half_open(client, about):
    """The addresses that a session without a second factor can open; by day of a third."""
    found = set()
    for address in share(addresses(), about, one_in=3, name=lambda address: address.name):
        with taken_back():
            status = client.get(address.path()).status_code
        if status == 200:
            found.add(address.name)
    return found


@pytest.mark.parametrize("enrolled", [False, True])
@pytest.mark.by_turns(2)
def test_no_address_opens_to_half_a_session(newcomer, enrolled):
    """Signed in by the password; the second factor not there, or set up elsewhere meanwhile."""
    guest = visitor(newcomer)
    guest.password()
    if enrolled:
        connect(newcomer)
    allowed = {"healthz", "readyz", "accounts:language"}
    allowed |= {"mfa_reauthenticate"} if enrolled else {"mfa_activate_totp", "mfa_add_webauthn"}
    allowed |= set() if enrolled else {"account_reauthenticate"}
    assert half_open(guest.client, f"enrolled: {enrolled}") <= allowed
    for method in ("post", "put", "patch", "delete"):
        assert getattr(guest.client, method)("/api/v1/cases/").status_code == 403
    assert guest.client.post("/styleguide/").status_code == 302


def test_setting_up_gives_ten_recovery_codes_once(
    newcomer, said, django_capture_on_commit_callbacks
):
    guest = visitor(newcomer)
    guest.password()
    with django_capture_on_commit_callbacks(execute=True):
        answer = guest.enrol()
    assert answer["Location"] == "/account/recovery-codes/"
    page = said(guest.client.get("/account/recovery-codes/"))
    shown = re.findall(r"\b\d{4} \d{4}\b", page)
    assert len(set(shown)) == 10
    assert [text.replace(" ", "") for text in shown] == recovery_codes(newcomer)
    again = said(guest.client.get("/account/recovery-codes/"))
    assert not re.findall(r"\d{4} \d{4}", again)
    assert guest.inside()
    assert marks("signed_in") == ["second_factor_added", "second_factor_added"]


def test_a_wrong_code_connects_nothing(newcomer):
    guest = visitor(newcomer)
    guest.password()
    guest.client.get("/account/app/")
    assert guest.client.post("/account/app/", {"code": "000000"}).status_code == 400
    assert not Authenticator.objects.exists()
    assert not guest.inside()


def test_the_password_alone_opens_nothing(at_door):
    assert at_door.password()["Location"] == "/sign-in/code/"
    assert at_door.client.get("/")["Location"].startswith("/sign-in/")
    assert at_door.client.get("/api/v1/me/").status_code == 401
    assert marks() == []


@pytest.mark.parametrize("text", ["000000", "", "x", "٠٠٠٠٠٠", "0" * 500, "\0", " "])
def test_a_wrong_code_opens_nothing_and_leaves_a_mark(at_door, text):
    at_door.password()
    assert at_door.code(text or " ").status_code == 400
    assert not at_door.inside()
    assert "signed_in" not in marks()


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_clock_half_a_minute_off_is_forgiven(at_door, steps):
    at_door.password()
    assert at_door.code(code(steps=steps))["Location"] == "/"


@pytest.mark.parametrize("steps", [-3, -2, 2, 3])
def test_an_older_or_later_code_is_not(at_door, steps):
    with time_machine.travel(NOON, tick=False):
        at_door.password()
        assert at_door.code(code(steps=steps)).status_code == 400


@pytest.mark.parametrize("seconds", [0, 29, 31, 59])
def test_a_code_opens_once_as_long_as_it_could_be_valid(person, seconds):
    with time_machine.travel(NOON, tick=False) as clock:
        used = code(steps=1)
        first, second = visitor(person), visitor(person)
        first.password()
        assert first.code(used).status_code == 302
        clock.shift(seconds)
        second.password()
        assert second.code(used).status_code == 400
        assert second.code(f"{used[:3]} {used[3:]}").status_code == 400
        assert not second.inside()


def test_the_code_that_connected_the_app_does_not_sign_in(newcomer):
    with time_machine.travel(NOON, tick=False):
        guest, thief = visitor(newcomer), visitor(newcomer)
        guest.password()
        guest.client.get("/account/app/")
        secret = guest.client.session["mfa.totp.secret"]
        guest.client.post("/account/app/", {"code": code(secret)})
        thief.password()
        assert thief.code(code(secret)).status_code == 400


def test_a_recovery_code_opens_once(person):
    (spent, *_rest) = recovery_codes(person)
    first, second = visitor(person), visitor(person)
    first.password()
    assert first.code(spent)["Location"] == "/"
    assert first.inside()
    second.password()
    assert second.code(spent).status_code == 400
    assert len(recovery_codes(person)) == 9


def test_secrets_of_factors_are_encrypted(person):
    with connection.cursor() as cursor:
        cursor.execute("select data::text from mfa_authenticator")
        kept = " ".join(text for (text,) in cursor.fetchall())
    assert SECRET not in kept
    assert not [one for one in recovery_codes(person) if one in kept]


def test_setting_up_ends_what_else_the_password_opened(newcomer):
    """A thief who knew the password first is out when the owner sets up the second factor."""
    thief, owner = visitor(newcomer), visitor(newcomer)
    thief.password()
    owner.password()
    owner.enrol()
    assert thief.client.get("/account/app/")["Location"].startswith("/sign-in/")


def test_taking_the_last_factor_away_leads_to_setting_up(
    person, django_capture_on_commit_callbacks
):
    here, elsewhere = visitor(person), visitor(person)
    here.sign_in()
    with time_machine.travel("2099-01-01"):
        elsewhere.password()
    elsewhere.password()
    elsewhere.code(recovery_codes(person)[0])
    assert elsewhere.inside()
    assert here.client.post("/account/app/remove/").status_code == 302
    assert not Authenticator.objects.exists()
    assert here.client.get("/")["Location"] == "/account/app/"
    assert not elsewhere.inside()
    assert marks("signed_in", "sessions_ended") == ["second_factor_removed"] * 2


def test_a_slower_request_cannot_give_the_factor_back(at_door):
    """Each request writes the whole session it read; one of before must not write it after."""
    at_door.sign_in()
    stale = at_door.client.session
    assert stale["_auth_user_id"]  # read before
    at_door.client.post("/account/app/remove/")
    with pytest.raises(UpdateError):
        stale.save()
    assert at_door.client.get("/")["Location"] == "/account/app/"


def test_the_session_gets_a_new_number_when_it_becomes_whole_and_stays_listed(newcomer, said):
    guest = visitor(newcomer)
    guest.password()
    before = guest.client.session.session_key
    guest.enrol()
    assert guest.client.session.session_key != before
    assert "This one" in said(guest.client.get("/account/sessions/"))


def test_keys_of_programs_need_no_second_factor(newcomer, api):
    assert api(newcomer).get("me/").status_code == 200


def test_the_picture_is_one_the_policy_allows(newcomer):
    guest = visitor(newcomer)
    guest.password()
    answer = guest.client.get("/account/app/")
    assert 'src="data:image/svg+xml;base64,' in answer.content.decode()
    assert "img-src 'self' data:" in answer["Content-Security-Policy"]


HOSTILE = [
    "",
    "{}",
    "[]",
    "null",
    "1",
    '"x"',
    '{"response": []}',
    '{"response": {"userHandle": 1}}',
]
HOSTILE += [
    json.dumps({"id": "a", "rawId": "a", "type": "public-key", "response": {"userHandle": h}})
    for h in ("", "AA", "eHg", None, 7, "\u0000")
]


@pytest.mark.parametrize("credential", HOSTILE)
@pytest.mark.by_turns(4)
def test_an_odd_passkey_is_only_a_wrong_one(at_door, newcomer, credential):
    stranger = Client()
    stranger.get("/sign-in/passkey/", headers={"X-Requested-With": "XMLHttpRequest"})
    assert stranger.post("/sign-in/passkey/", {"credential": credential}).status_code == 400
    at_door.password()
    answer = at_door.client.post("/sign-in/code/", {"credential": credential})
    assert answer.status_code == 400
    at_door.code()
    for path in ("/account/passkeys/add/", "/account/confirm/passkey/"):
        answer = at_door.client.post(path, {"credential": credential, "name": "x"})
        assert answer.status_code in {200, 302, 400}
    assert "signed_in" in marks()
    assert not Authenticator.objects.filter(type="webauthn").exists()


def test_new_recovery_codes_replace_the_old(at_door, said, django_capture_on_commit_callbacks):
    at_door.sign_in()
    (old, *_rest) = recovery_codes(at_door.user)
    with django_capture_on_commit_callbacks(execute=True):
        answer = at_door.client.post("/account/recovery-codes/new/")
    shown = re.findall(r"\b\d{4} \d{4}\b", said(at_door.client.get(answer["Location"])))
    assert [text.replace(" ", "") for text in shown] == recovery_codes(at_door.user)
    other = visitor(at_door.user)
    other.password()
    assert other.code(old).status_code == 400
    assert "recovery_codes_renewed" in marks()


@pytest.mark.parametrize("table", NOT_FOR_REPORTS)
def test_whoever_counts_reads_no_table_of_signing_in(table):
    with connection.cursor() as cursor:
        cursor.execute(
            "select has_table_privilege('casework_report', %s, 'select')"
            " or has_any_column_privilege('casework_report', %s, 'select')",
            [table, table],
        )
        assert cursor.fetchone() == (False,)
