"""People sign in by their organisation's provider, and it lets in nobody whom we did not invite."""

from __future__ import annotations

import time
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core import mail as outbox
from django.test import Client

from accounts import arriving, invitations
from accounts.models import Invitation, Notice, User
from accounts.services.leaving import disable_person
from core.api.throttles import PerCaller
from core.models import AuditEvent
from tests import factories
from tests.accounts.at_provider import (
    CALLBACK,
    KEY,
    ONLY,
    an_hour_later,
    begin,
    by_provider,
    spoiled,
    through,
    words,
)
from tests.accounts.phone import PASSWORD, Visitor, code, connect, visitor

pytestmark = [pytest.mark.django_db, pytest.mark.enable_socket]
START = "/account/organisation/"


@pytest.fixture
def invited():
    """A browser in which the link of an invitation was opened, and whose it is."""
    invitation = factories.invitation()
    token = invitations.new_token()
    assert invitations.open_link(invitation, token)
    client = Client()
    client.get(f"/invitation/{token}/")
    return client, invitation.user


def opens(client):
    return client.get("/styleguide/").status_code == 200


def marks():
    found = AuditEvent.objects.filter(kind="sign_in").order_by("id")
    return list(found.values_list("action", flat=True))


def grave(client):
    """Where a grave step leads: to its page, or to confirm."""
    answer = client.get("/account/sessions/")
    return answer.headers.get("Location", answer.status_code)


@pytest.mark.parametrize("path", [START, CALLBACK])
def test_without_a_setting_nothing_of_it_is_there(path, at_door):
    assert "organisation" not in Client().get("/sign-in/").content.decode()
    at_door.sign_in()
    assert "organisation" not in at_door.client.get("/account/security/").content.decode()
    for client in (Client(), at_door.client):
        assert {client.get(path).status_code, client.post(path).status_code} == {404}


def test_an_invitation_is_accepted_with_it_once(invited, provider):
    client, user = invited
    assert "Use Invented Office" in client.get("/invitation/").content.decode()
    _client, answer = by_provider(KEY, client, purpose="accept")
    assert (answer.status_code, answer["Location"]) == (302, "/")
    user.refresh_from_db()
    assert (user.is_active, user.has_usable_password()) == (True, False)
    assert Invitation.objects.get().used_at
    assert opens(client)
    (link,) = SocialAccount.objects.all()
    assert (link.user, link.uid, link.provider, link.extra_data) == (
        user,
        "amara",
        provider.issuer,
        {},
    )
    assert marks() == ["signed_in"]
    assert begin(client, "accept")["Location"] == "/sign-in/"
    again, answer = by_provider(KEY)
    assert answer["Location"] == "/"
    assert opens(again)


def test_whoever_is_not_invited_is_told_so_and_nobody_is_made(amara, provider):
    """Not by an address either, whether the provider calls it verified or not."""
    namesake = factories.user("field_officer", email="kofi@example.org")
    factories.invitation(factories.user(role=None, is_active=False, email="kofi@example.org"))
    before = User.objects.count()
    for verified in (False, True):
        claims = {"email": namesake.email, "email_verified": verified}
        with spoiled(provider.issuer, claims=claims):
            client, answer = by_provider("kofi hwk")
        assert words(answer).startswith("No account here is linked to yours at Invented Office.")
        assert not opens(client)
    assert User.objects.count() == before
    assert SocialAccount.objects.count() == 1
    assert marks() == ["sign_in_failed"] * 2


def test_ours_is_asked_where_its_second_factor_does_not_count(amara, settings):
    client, answer = by_provider(ONLY)
    assert not opens(client)
    assert client.get("/")["Location"] == "/account/app/"
    Visitor(amara, client).enrol()
    assert opens(client)
    client, answer = by_provider(ONLY)
    assert answer["Location"] == "/sign-in/code/"
    assert "'token':" not in "".join(map(str, client.session.values()))  # none waits there
    assert not opens(client)
    client.post("/sign-in/code/", {"code": "000000"})
    assert not opens(client)


def test_no_code_is_asked_of_whoever_gave_a_second_factor_there(amara):
    connect(amara)
    client, answer = by_provider(KEY)
    assert answer["Location"] == "/"
    assert opens(client)


def test_a_disabled_person_is_out_at_once_and_does_not_come_back(amara, fresh):
    client, _answer = by_provider(KEY)
    assert opens(client)
    admin = factories.user("system_admin", factories.office("global"))
    disable_person(amara, reason="Left", actor=admin)
    assert not opens(client)
    client, answer = by_provider(KEY)
    assert "disabled" in words(answer)
    assert not opens(client)


def test_each_sign_in_asks_the_provider_anew(amara):
    """A session there that is still open would undo a lock, a sign-out and every limit here."""
    asked = parse_qs(urlsplit(begin(Client())["Location"]).query)
    assert (asked["prompt"], asked["max_age"]) == (["login"], ["0"])


def test_going_to_the_provider_counts_as_any_page(amara, monkeypatch):
    monkeypatch.setattr(PerCaller, "seconds_to_wait", lambda *_: 9)
    assert [begin(Client()).status_code, Client().get(CALLBACK).status_code] == [429, 429]
    assert Client().post("/account/lock/").status_code == 302


def test_another_web_site_uses_up_nobodys_tries(amara):
    """Each page of the web can send a browser here with an answer that nobody asked for."""
    for _page in range(30):
        assert "was used before" in words(Client().get(f"{CALLBACK}?state=x&code=y"))
    assert marks() == []
    assert by_provider(KEY)[1]["Location"] == "/"


def test_an_answer_counts_once_and_in_the_browser_that_asked(amara):
    client = Client()
    back = through(begin(client), KEY)
    assert "too old or was used before" in words(Client().get(back))
    assert client.get(back)["Location"] == "/"
    other = Client()
    begin(other)
    assert "too old or was used before" in words(other.get(back))
    assert not opens(other)


@pytest.mark.parametrize(
    ("claims", "said"),
    [
        ({"nonce": "of another sign-in"}, "could not be checked"),
        ({"nonce": None}, "could not be checked"),
        ({"aud": "somebody-else"}, "could not be checked"),
        ({"iss": "https://elsewhere.example"}, "could not be checked"),
        ({"sub": ""}, "could not be checked"),
        ({"sub": None}, "could not be checked"),
        ({"sub": " "}, "could not be checked"),
        ({"sub": 7}, "could not be checked"),
        ({"sub": "a" * 192}, "could not be checked"),
        ({"auth_time": "noon"}, "could not be checked"),
        ({"auth_time": None}, "did not ask you again"),
        ({"auth_time": int(time.time()) - 3600}, "did not ask you again"),
        ({"exp": 1}, "clock differs"),
        ({"auth_time": 9_999_999_999}, "clock differs"),
    ],
)
def test_a_false_answer_opens_nothing(amara, provider, claims, said):
    for shared in ("None", " ", "7"):
        factories.link(uid=shared)
    SocialAccount.objects.update(provider=provider.issuer)
    with spoiled(provider.issuer, claims=claims):
        client, answer = by_provider(KEY)
    assert said in words(answer)
    assert not opens(client)


@pytest.mark.parametrize(
    "configuration",
    [{"issuer": "https://elsewhere.example"}, {"token_endpoint": "ftp://elsewhere.example/"}],
)
def test_a_provider_that_calls_itself_otherwise_is_not_asked(amara, provider, configuration):
    with spoiled(provider.issuer, configuration=configuration):
        assert "could not be checked" in words(begin(Client()))


def test_after_a_change_of_issuer_the_old_links_open_nothing(amara, provider):
    SocialAccount.objects.update(provider="https://before.example")
    _client, answer = by_provider(KEY)
    assert words(answer).startswith("No account here")


def test_it_is_away_or_one_stops_there(amara, provider, settings):
    _client, answer = by_provider("")
    assert words(answer).startswith("You stopped at Invented Office.")
    there = begin(Client())
    assert there.status_code == 302
    settings.ORGANISATION = type(provider)(
        issuer="http://127.0.0.1:9", client_id="x", secret="x", name="Invented Office"
    )
    assert "cannot be reached" in words(begin(Client()))
    assert marks() == []


@pytest.mark.parametrize("place", ["https://evil.example/", "//evil.example", "/cases/"])
def test_one_comes_back_to_a_page_of_ours(amara, place):
    _client, answer = by_provider(KEY, next=place)
    assert answer["Location"] == (place if place == "/cases/" else "/")


def test_a_grave_step_asks_the_provider_anew(amara, provider):
    client, _answer = by_provider(KEY)
    an_hour_later(client)
    assert opens(client)
    confirm = grave(client)
    assert confirm.startswith("/account/confirm/")
    assert "Confirm with Invented Office" in client.get(confirm).content.decode()
    led = begin(client, "confirm", next="/account/sessions/")
    asked = parse_qs(urlsplit(led["Location"]).query)
    assert (asked["prompt"], asked["max_age"], asked["scope"]) == (["login"], ["0"], ["openid"])
    for claims in ({"auth_time": int(time.time()) - 3600}, {"auth_time": None}):
        with spoiled(provider.issuer, claims=claims):
            _client, answer = by_provider(KEY, client, purpose="confirm")
        assert "did not ask you again" in words(answer)
        assert grave(client) == confirm
    _client, answer = by_provider("kofi hwk", client, purpose="confirm")
    assert "another account" in words(answer)
    assert grave(client) == confirm
    assert client.get(through(led, KEY))["Location"] == "/account/sessions/"
    assert grave(client) == 200
    assert marks()[-1] == "stepped_up"


def test_where_ours_counts_a_grave_step_asks_both(amara, provider):
    connect(amara)
    client, _answer = by_provider(ONLY)
    an_hour_later(client)
    client.post("/sign-in/code/", {"code": code()})
    assert opens(client)
    confirm = grave(client)
    assert confirm.startswith("/account/confirm/")
    by_provider(ONLY, client, purpose="confirm")
    assert grave(client) == 200  # the code was given a moment ago


def test_a_locked_screen_opens_by_it_and_only_for_its_person(amara):
    client, _answer = by_provider(KEY)
    client.post("/account/lock/")
    assert client.get("/cases/")["Location"] == "/account/unlock/"
    assert "Password" not in client.get("/account/unlock/").content.decode()
    assert begin(client, "link")["Location"] == "/sign-in/"  # though it confirmed a moment ago
    by_provider("kofi hwk", client, purpose="confirm")
    assert client.get("/cases/")["Location"] == "/account/unlock/"
    by_provider(KEY, client, purpose="confirm")
    assert client.get("/cases/").status_code == 200
    client.post("/account/lock/")
    for _try in range(5):
        by_provider("kofi hwk", client, purpose="confirm")
    assert client.get("/cases/")["Location"].startswith("/sign-in/")


def test_what_was_answered_before_a_lock_does_not_open_it(amara):
    client, _answer = by_provider(KEY)
    back = through(begin(client, "confirm"), KEY)
    client.post("/account/lock/")
    assert "not open any more" in words(client.get(back))
    assert client.get("/cases/")["Location"] == "/account/unlock/"
    by_provider(KEY, client, purpose="confirm")
    assert client.get("/cases/").status_code == 200


def test_one_links_ones_own_account_with_a_second_factor(amara, at_door):
    at_door.password()
    assert begin(at_door.client, "link")["Location"] == "/sign-in/"  # half a session
    at_door.code()
    assert begin(at_door.client, "confirm")["Location"] == "/sign-in/"  # not signed in by it
    _client, answer = by_provider(KEY, at_door.client, purpose="link")
    assert "belongs to another person" in words(answer)
    _client, answer = by_provider("kofi hwk", at_door.client, purpose="link")
    assert answer["Location"] == "/account/security/"
    assert "provider_linked" in marks()
    assert SocialAccount.objects.get(uid="kofi").user == at_door.user
    assert "Linked." in at_door.client.get("/account/security/").content.decode()


@pytest.mark.parametrize("where", ["in the answer", "here"])
def test_whoever_is_turned_away_has_accepted_nothing(invited, provider, where, monkeypatch):
    client, user = invited
    if where == "here":
        monkeypatch.delattr(arriving.session, "DEMONSTRATION")
    with spoiled(provider.issuer, claims={"acr": {}} if where == "in the answer" else {}):
        _client, answer = by_provider(KEY, client, purpose="accept")
    assert "could not be checked" in words(answer)
    user.refresh_from_db()
    assert not user.is_active
    assert Invitation.objects.get().used_at is None
    assert not SocialAccount.objects.exists()


def test_an_invitation_does_not_take_the_account_of_another(amara, invited):
    client, user = invited
    _client, answer = by_provider(KEY, client, purpose="accept")
    assert "belongs to another person" in words(answer)
    user.refresh_from_db()
    assert not user.is_active


def test_signing_out_ends_the_session_there_as_well(amara, provider, at_door):
    client, _answer = by_provider(KEY)
    there = urlsplit(client.post("/sign-out/")["Location"])
    assert f"{there.scheme}://{there.netloc}{there.path}" == f"{provider.issuer}/session/end"
    assert parse_qs(there.query)["post_logout_redirect_uri"] == ["http://testserver/sign-in/"]
    assert not opens(client)
    assert marks()[-1] == "signed_out"
    at_door.sign_in()
    assert at_door.client.post("/sign-out/")["Location"] == "/sign-in/"


def test_unlinked_one_is_out_and_asks_for_a_password(amara, browser_client):
    client, _answer = by_provider(KEY)
    assert client.get("/account/password/")["Location"] == "/account/security/"
    forgotten = {"email": amara.email}
    Client().post("/password/forgotten/", forgotten)
    assert "/password/new/" not in outbox.outbox[-1].body
    admin = browser_client(factories.user("system_admin", factories.office("global")))
    page = admin.get(f"/people/{amara.pk}/").content.decode()
    assert "This person signs in with Invented Office." in page
    assert "Invented Office" in admin.get("/people/").content.decode()
    assert admin.post(f"/people/{amara.pk}/unlink/").status_code == 409  # nothing else is theirs
    assert opens(client)
    connect(amara)
    assert admin.post(f"/people/{amara.pk}/unlink/").status_code == 302
    assert not opens(client)
    assert words(by_provider(KEY)[1]).startswith("No account here")
    Client().post("/password/forgotten/", forgotten)
    assert "/password/new/" in outbox.outbox[-1].body
    assert [*Notice.objects.filter(user=amara).values_list("kind", flat=True)] == [
        "account-unlinked"
    ]
    (event,) = AuditEvent.objects.filter(action="person.unlinked")
    assert [len(digest) for digest in event.detail["account"]] == [64]
    assert admin.post(f"/people/{amara.pk}/unlink/").status_code == 409


def test_a_password_chosen_by_an_invitation_ends_an_older_link(amara, fresh):
    admin = factories.user("system_admin", factories.office("global"))
    disable_person(amara, reason="Left", actor=admin)
    invitation, token = factories.invitation(amara), invitations.new_token()
    invitations.open_link(invitation, token)
    assert invitations.accept(invitations.digest_of(token), PASSWORD) == amara
    assert words(by_provider(KEY)[1]).startswith("No account here")
    assert visitor(amara).password().status_code == 302
