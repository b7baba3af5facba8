"""An account begins with a link that opens once, and with a role that two persons gave."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail as outbox
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from accounts import mail
from accounts.models import AccountChange, Invitation, Membership, User
from accounts.services.changes import confirm_change
from accounts.services.invitations import invite, invite_again
from accounts.services.leaving import disable_person, withdraw_invitation
from core.services import Refused
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]
PASSWORD = "Invented phrase of 4 words"
BOTH = {"new_password1": PASSWORD, "new_password2": PASSWORD}


@pytest.fixture
def admin(office):
    return factories.user("system_admin", factories.office("global"))


@pytest.fixture
def second(office):
    return factories.user("safeguarding_lead", factories.office("global"))


@pytest.fixture
def invited(admin, office):
    """An invitation as it stands when the administrator has pressed the button."""
    return invite(
        name="Canary Name",
        username="new.person",
        email="new@example.org",
        office=office,
        role="field_officer",
        reason="Joins in March",
        actor=admin,
    )


def link_of(invitation):
    """The address in the mail, without the host."""
    outbox.outbox.clear()
    mail.sweep()
    (letter,) = [one for one in outbox.outbox if invitation.user.email in one.to]
    (link,) = re.findall(rf"{re.escape(settings.SITE_URL)}(/invitation/\S+/)", letter.body)
    return link


def opened(link):
    """A browser that followed the link."""
    client = Client()
    answer = client.get(link)
    assert (answer.status_code, answer["Location"]) == (302, "/invitation/")
    return client


def test_from_invitation_to_first_sign_in(invited, second):
    link = link_of(invited)
    client = opened(link)
    page = client.get("/invitation/")
    assert page.status_code == 200
    assert link not in page.content.decode()
    answer = client.post("/invitation/", BOTH)
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/")
    user = User.objects.get(username="new.person")
    assert user.is_active
    assert user.check_password(PASSWORD)
    assert Invitation.objects.get().used_at is not None
    assert user.permissions == frozenset()  # nobody has confirmed the role yet
    confirm_change(AccountChange.objects.get(), actor=second)
    assert [role for _office, role in User.objects.get(pk=user.pk).roles] == ["field_officer"]


def test_a_role_confirmed_before_the_person_came_opens_nothing_yet(invited, second):
    confirm_change(AccountChange.objects.get(), actor=second)
    assert User.objects.get(username="new.person").permissions == frozenset()


def test_the_letter_says_nothing_but_the_link(invited):
    link = link_of(invited)
    (letter,) = outbox.outbox
    rest = letter.subject + letter.body.replace(link, "")
    for secret in ("Canary", "new.person", "Kolkata", "Field", "officer"):
        assert secret not in rest


def test_only_a_digest_is_kept(invited):
    token = link_of(invited).split("/")[-2]
    client = opened(f"/invitation/{token}/")
    row = Invitation.objects.get()
    assert len(row.digest) == 32
    assert token not in str(Invitation.objects.values().get())
    assert token not in str(dict(client.session))


def closed(client):
    return client.get("/invitation/"), client.post("/invitation/", BOTH)


def spoil(how, invitation, admin):
    rows = Invitation.objects.filter(pk=invitation.pk)
    if how == "expired":
        rows.update(expires_at=timezone.now() - timedelta(seconds=1))
    if how == "withdrawn":
        withdraw_invitation(invitation, reason="A mistake", actor=admin)
    if how == "replaced":
        invite_again(invitation.user, actor=admin)
    if how.startswith("used"):
        assert opened(invitation.link).post("/invitation/", BOTH).status_code == 302
    if how == "used, then disabled":
        disable_person(invitation.user, reason="Leaves", actor=admin)


@pytest.mark.parametrize("how", ["expired", "withdrawn", "replaced", "used", "used, then disabled"])
def test_every_link_that_opens_nothing_gets_one_answer(invited, admin, how):
    invited.link = link_of(invited)
    client = opened(invited.link)  # while it was good
    spoil(how, invited, admin)
    before = User.objects.get(username="new.person").password
    unknown = [(a.status_code, a.content) for a in closed(opened("/invitation/unknown/"))]
    for browser in (client, opened(invited.link)):
        assert [(a.status_code, a.content) for a in closed(browser)] == unknown
    assert [status for status, _body in unknown] == [404, 404]
    assert User.objects.get(username="new.person").password == before


def test_nobody_without_a_link_comes_in(db):
    assert [answer.status_code for answer in closed(Client())] == [404, 404]


@pytest.mark.parametrize("password", ["short", "password1234", "new.person.new"])
def test_a_weak_password_is_refused_and_the_link_stays_good(invited, password):
    client = opened(link_of(invited))
    weak = {"new_password1": password, "new_password2": password}
    assert client.post("/invitation/", weak).status_code == 400
    assert not User.objects.get(username="new.person").is_active
    assert client.post("/invitation/", BOTH).status_code == 302


def test_whoever_was_signed_in_there_is_signed_out(invited, admin, browser_client):
    """An administrator who tries the link must not end up with a session of two people."""
    client = browser_client(admin)
    client.get(link_of(invited))
    client.post("/invitation/", BOTH)
    assert client.get("/people/")["Location"].startswith("/sign-in/")


def test_a_link_lives_72_hours_from_the_letter(invited):
    link_of(invited)
    left = Invitation.objects.get().expires_at - timezone.now()
    assert timedelta(hours=71, minutes=59) < left <= timedelta(hours=72)


def test_a_letter_that_could_not_leave_gets_another_link(invited, monkeypatch):
    whole = EmailBackend.send_messages

    def away(self, messages):
        raise OSError

    monkeypatch.setattr(EmailBackend, "send_messages", away)
    mail.sweep()
    assert Invitation.objects.get().digest is None
    monkeypatch.setattr(EmailBackend, "send_messages", whole)
    assert opened(link_of(invited)).get("/invitation/").status_code == 200


def test_an_account_in_use_is_not_invited_again(admin, field_officer):
    with pytest.raises(Refused, match="in use"):
        invite_again(field_officer, actor=admin)


def test_a_user_name_is_taken_once(invited, admin, office):
    again = {"name": "Other", "username": "new.person", "email": "other@example.org"}
    with pytest.raises(Refused, match="taken"):
        invite(**again, office=office, role="auditor", reason="x", actor=admin)
    assert User.objects.get(username="new.person").email == "new@example.org"


def test_withdrawing_forgets_the_role_that_was_given_meanwhile(invited, admin, second):
    confirm_change(AccountChange.objects.get(), actor=second)
    withdraw_invitation(invited, reason="A mistake", actor=admin)
    assert not Membership.objects.in_force().filter(user=invited.user).exists()
    with pytest.raises(Refused, match="already ended"):
        withdraw_invitation(invited, reason="A mistake", actor=admin)


# The first two


FIRST = ["--admin", "a.first", "First Name", "a@example.org"]
TWO = [*FIRST, "--admin", "b.first", "Second Name", "b@example.org"]


def run(capsys, *arguments):
    call_command("first_administrators", *arguments)
    return re.findall(r"/invitation/\S+/", capsys.readouterr().out)


def test_the_first_two_administrators_come_by_their_links(capsys):
    links = run(capsys, *TWO)
    assert len(links) == 2
    for link in links:
        assert opened(link).post("/invitation/", BOTH).status_code == 302
    for username in ("a.first", "b.first"):
        assert User.objects.get(username=username).has_perm("accounts.manage_people")
    with pytest.raises(CommandError, match="There are administrators"):
        run(capsys, *TWO)


def test_they_are_invited_once(capsys):
    run(capsys, *TWO)
    others = [word.replace("first", "other") for word in TWO]
    with pytest.raises(CommandError, match="There are administrators"):
        run(capsys, *others)
    assert not User.objects.filter(username="a.other").exists()


def test_when_both_links_have_lapsed_they_may_be_made_again(capsys):
    run(capsys, *TWO)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert len(run(capsys, *TWO)) == 2
    assert Membership.objects.filter(role="system_admin").count() == 2


@pytest.mark.parametrize(
    "arguments",
    [[], FIRST, [*FIRST, *FIRST], [*TWO, *FIRST], [*FIRST, "--admin", "B c", "X", "b@example.org"]],
)
def test_two_different_persons_are_needed(capsys, arguments):
    with pytest.raises(CommandError):
        run(capsys, *arguments)
    assert not User.objects.exists()
