"""Who may open each page of signing in: a stranger, half a session, a whole one."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from tests.accounts.phone import connect, visitor
from tests.meta.addresses import SIGN_IN, addresses

pytestmark = pytest.mark.django_db

SIGN_IN_PAGE, SET_UP, CONFIRM = "/sign-in/", "/account/app/", "/account/confirm/"
PAGE = 200
# name: what a stranger, somebody who has no second factor yet, somebody who has not given it in
# this session, and somebody who is fully signed in get for a GET: a status, or where they are sent.
WHO = {
    "mfa_authenticate": (SIGN_IN_PAGE, SET_UP, CONFIRM, "/"),
    "mfa_login_webauthn": (SIGN_IN_PAGE, SET_UP, CONFIRM, "/"),
    "account_reauthenticate": (
        SIGN_IN_PAGE,
        PAGE,
        "/account/confirm/code/",
        "/account/confirm/code/",
    ),
    "mfa_reauthenticate": (SIGN_IN_PAGE, SET_UP, PAGE, PAGE),
    "mfa_reauthenticate_webauthn": (
        SIGN_IN_PAGE,
        SET_UP,
        "/account/confirm/code/",
        "/account/confirm/code/",
    ),
    "mfa_index": (SIGN_IN_PAGE, SET_UP, CONFIRM, PAGE),
    "mfa_activate_totp": (SIGN_IN_PAGE, PAGE, CONFIRM, "/account/app/remove/"),
    "mfa_deactivate_totp": (SIGN_IN_PAGE, SET_UP, CONFIRM, PAGE),
    "mfa_add_webauthn": (SIGN_IN_PAGE, PAGE, CONFIRM, PAGE),
    "mfa_remove_webauthn": (SIGN_IN_PAGE, SET_UP, CONFIRM, 404),
    "mfa_view_recovery_codes": (SIGN_IN_PAGE, SET_UP, CONFIRM, PAGE),
    "mfa_generate_recovery_codes": (SIGN_IN_PAGE, SET_UP, CONFIRM, PAGE),
    "account_change_password": (SIGN_IN_PAGE, SET_UP, CONFIRM, PAGE),
    "usersessions_list": (SIGN_IN_PAGE, SET_UP, CONFIRM, PAGE),
    "account_reset_password": (PAGE, SET_UP, CONFIRM, PAGE),
    "account_reset_password_done": (PAGE, SET_UP, CONFIRM, PAGE),
    "account_reset_password_from_key": (PAGE, SET_UP, CONFIRM, PAGE),
    "account_reset_password_from_key_done": (PAGE, SET_UP, CONFIRM, PAGE),
}


def test_the_table_names_every_page():
    assert set(WHO) == set(SIGN_IN)


def answers(client):
    """What each page says to this one, without the question of where to come back to."""
    found = {}
    for address in addresses():
        if address.name in SIGN_IN:
            answer = client.get(address.path())
            where = answer.headers.get("Location", "").partition("?")[0]
            found[address.name] = where or answer.status_code
    return found


def column(number):
    return {name: row[number] for name, row in WHO.items()}


def test_a_stranger():
    assert answers(Client()) == column(0)


def test_a_session_that_has_no_second_factor_yet(newcomer):
    guest = visitor(newcomer)
    guest.password()
    assert answers(guest.client) == column(1)


def test_a_session_whose_second_factor_was_set_up_elsewhere(newcomer):
    guest = visitor(newcomer)
    guest.password()
    connect(newcomer)
    assert answers(guest.client) == column(2)


def test_a_whole_session(at_door):
    at_door.sign_in()
    assert answers(at_door.client) == column(3)


def test_nobody_removes_the_passkey_of_somebody_else(at_door, case_manager):
    row = Authenticator.objects.create(user=case_manager, type="webauthn", data={"name": "x"})
    at_door.sign_in()
    for method in (at_door.client.get, at_door.client.post):
        assert method(f"/account/passkeys/{row.pk}/remove/").status_code == 404
    assert Authenticator.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("path", ["/sign-in/", "/account/app/", "/account/sessions/"])
def test_pages_of_signing_in_are_kept_by_no_cache_and_carry_no_name_in_the_title(at_door, path):
    at_door.sign_in()
    answer = at_door.client.get(path, follow=True)
    assert "no-store" in answer["Cache-Control"]
    title = answer.content.decode().split("<title>")[1].split("</title>")[0]
    assert at_door.user.name not in title
    assert "<script>" not in answer.content.decode()
    assert " style=" not in answer.content.decode()
