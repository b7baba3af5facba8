"""A link to the provider does not outlive a recovery, and a mailbox alone opens no account."""

from __future__ import annotations

import re

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core import mail as outbox
from django.test import Client
from django.urls import reverse

from accounts.models import Notice
from accounts.services.changes import ask_second_factor_reset, confirm_change
from core.models import AuditEvent
from tests import factories
from tests.accounts.at_provider import KEY, by_provider, words
from tests.accounts.phone import PASSWORD, connect, visitor

pytestmark = [pytest.mark.django_db, pytest.mark.enable_socket]
NEW = "Velvet harbour 9 kites drifting"


def reset_second_factor(user):
    admin = factories.user("system_admin", factories.office("global"))
    second = factories.user("safeguarding_lead", factories.office("global"))
    confirm_change(ask_second_factor_reset(user, reason="Lost", actor=admin), actor=second)


def mailed(user):
    """The link to a new password, if one was mailed to this person."""
    Client().post("/password/forgotten/", {"email": user.email})
    found = re.search(r"http://testserver(/password/new/\S+)", outbox.outbox[-1].body)
    return found and found[1]


def choose(link):
    guest = Client()
    form = guest.get(link, follow=True).redirect_chain[-1][0]
    assert guest.post(form, {"password1": NEW, "password2": NEW}).status_code == 302


def told(user):
    return set(Notice.objects.filter(user=user).values_list("kind", flat=True))


def test_a_link_ends_when_two_persons_reset_the_second_factor(amara, fresh):
    connect(amara)
    reset_second_factor(amara)
    assert words(by_provider(KEY)[1]).startswith("No account here")
    choose(mailed(amara))  # who has nothing here any more begins with a password
    guest = visitor(amara)
    guest.password(NEW)
    guest.enrol()
    assert guest.inside()


def test_a_link_ends_when_the_password_was_reset(amara):
    connect(amara)
    amara.set_password(PASSWORD)
    amara.save()
    choose(mailed(amara))
    assert words(by_provider(KEY)[1]).startswith("No account here")
    assert told(amara) == {"account-unlinked"}
    (event,) = AuditEvent.objects.filter(action="provider_unlinked")
    assert [len(digest) for digest in event.detail["account"]] == [64]


def test_a_link_is_not_replaced_silently(amara, at_door):
    at_door.sign_in()
    assert by_provider("kofi hwk", at_door.client, purpose="link")[1].status_code == 302
    assert told(at_door.user) == {"account-linked"}
    _client, answer = by_provider("sefu hwk", at_door.client, purpose="link")
    assert "linked already" in words(answer)
    assert SocialAccount.objects.get(user=at_door.user).uid == "kofi"
    (event,) = AuditEvent.objects.filter(action="provider_linked")
    assert [len(digest) for digest in event.detail["account"]] == [64]


@pytest.mark.parametrize("now", [None, "https://other.example"])
def test_the_mailbox_alone_opens_nobody_whom_only_the_provider_proved(
    amara, provider, settings, now
):
    """Also where the provider is another one by now, or none."""
    assert mailed(amara) is None
    SocialAccount.objects.update(provider="https://before.example")
    settings.ORGANISATION = now and type(provider)(
        issuer=now, client_id="x", secret="x", name="Invented Office"
    )
    assert mailed(amara) is None
    SocialAccount.objects.all().delete()
    assert mailed(amara) is None


def test_a_password_alone_sets_up_no_factor_for_whom_the_provider_proves(amara):
    amara.set_password(PASSWORD)
    amara.save()
    assert mailed(amara) is None
    for page in ("mfa_activate_totp", "mfa_add_webauthn"):
        guest = visitor(amara)
        guest.password()
        answer = guest.client.get(reverse(page))
        assert "Sign in with your organisation" in words(answer, 403)
        assert guest.client.get("/")["Location"].startswith("/sign-in/")
