"""Which passwords are taken, how they are kept, and how a forgotten one is replaced."""

from __future__ import annotations

import re

import pytest
from allauth.account.adapter import get_adapter
from django.contrib.auth.hashers import Argon2PasswordHasher, MD5PasswordHasher
from django.contrib.auth.password_validation import validate_password
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client

from accounts.models import Notice, User
from core.models import AuditEvent
from tests import factories
from tests.accounts.phone import PASSWORD, recovery_codes, visitor

NEW = "Seven lamps by the quiet harbour"
ADA = User(username="ada.field", name="Ada Quillfeather", email="ada.q@example.org")


@pytest.mark.parametrize(
    "password",
    [
        "short",
        "elevenchars",
        "x" * 12,
        "123456789012",
        "password1234",
        "passwordpassword",
        "Casework2026!",
        "casework-demo-only",
        "RescueSurvivor!!1",
        "justice-freedom-slavery",
        "Quillfeather1",
        "ada.field.ada.field",
        "QuillfeatherAda2026",
        "a" * 64 + "b" * 65,
        NEW + "y" * (129 - len(NEW)),
    ],
)
def test_a_weak_password_is_refused(password):
    with pytest.raises(ValidationError):
        validate_password(password, ADA)


@pytest.mark.parametrize(
    "password",
    [
        NEW,
        "twelve chars",
        "brown otter jump",
        "নদীর ধারে সাতটি নৌকা",
        "all small letters here",
        NEW + "y" * (128 - len(NEW)),
        "a case of tea, much loved",
    ],
)
def test_a_good_one_is_taken_without_rules_of_composition(password):
    validate_password(password, ADA)


def test_the_hash_is_argon2id():
    """That production uses it is in `test_demonstration.py`."""
    assert Argon2PasswordHasher().encode("x", "saltsalt").startswith("argon2$argon2id$")


pytestmark = pytest.mark.django_db


def test_changing_it_ends_all_other_sessions_and_leaves_a_mark(person):
    other, here = visitor(person), visitor(person)
    other.password()
    other.code(recovery_codes(person)[0])
    here.password()
    here.code(recovery_codes(person)[1])
    wrong = {"oldpassword": "wrong", "password1": NEW, "password2": NEW}
    assert here.client.post("/account/password/", wrong).status_code == 400
    weak = {"oldpassword": PASSWORD, "password1": "Casework2026!", "password2": "Casework2026!"}
    assert here.client.post("/account/password/", weak).status_code == 400
    right = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert here.client.post("/account/password/", right)["Location"] == "/account/security/"
    assert (here.inside(), other.inside()) == (True, False)
    assert visitor(person).password(NEW)["Location"] == "/sign-in/code/"
    assert AuditEvent.objects.filter(action="password_changed", actor_id=person.pk).count() == 1


def forgotten(address, client=None):
    return (client or Client()).post("/password/forgotten/", {"email": address})


@pytest.fixture
def with_mail(person):
    person.email = "ada@example.org"
    person.save()
    return person


def link():
    return re.search(r"http://testserver(/password/new/\S+)", mail.outbox[-1].body)[1]


def test_the_mail_names_nobody_and_its_link_works_once(with_mail):
    session = visitor(with_mail)
    session.sign_in()
    forgotten("Ada@example.org")
    (message,) = mail.outbox
    assert message.to == ["ada@example.org"]
    assert message.subject == "You have an update"
    for word in (with_mail.name, with_mail.username, "casework", "Casework"):
        assert word not in message.subject + message.body.replace("http://testserver", "")
    path = link()
    visitor_ = Client()
    form = visitor_.get(path, follow=True)
    assert form.redirect_chain[-1][0].endswith("-set-password/")
    answer = visitor_.post(form.redirect_chain[-1][0], {"password1": NEW, "password2": NEW})
    assert answer["Location"] == "/password/changed/"
    assert not session.inside()
    assert "already been used" in Client().get(path).content.decode()
    guest = visitor(with_mail)
    assert guest.password(NEW)["Location"] == "/sign-in/code/"  # the second factor is still asked


def test_keys_end_with_a_password_that_was_reset(with_mail, field_officer):
    """Whoever had the old one may have had a key made."""
    theirs, others = factories.api_key(with_mail), factories.api_key(field_officer)
    visitor(with_mail).sign_in()
    theirs.refresh_from_db()
    assert theirs.revoked_at is None
    forgotten("Ada@example.org")
    guest = Client()
    form = guest.get(link(), follow=True).redirect_chain[-1][0]
    guest.post(form, {"password1": NEW, "password2": NEW})
    theirs.refresh_from_db()
    others.refresh_from_db()
    assert theirs.revoked_at is not None
    assert others.revoked_at is None
    (told,) = Notice.objects.filter(user=with_mail).values_list("kind", flat=True)
    assert told == "keys-ended"
    (mark,) = AuditEvent.objects.filter(action="keys_ended")
    assert (mark.actor_id, mark.detail["number"]) == (with_mail.pk, 1)


def test_who_has_no_key_is_told_of_none(with_mail):
    forgotten("Ada@example.org")
    guest = Client()
    form = guest.get(link(), follow=True).redirect_chain[-1][0]
    guest.post(form, {"password1": NEW, "password2": NEW})
    assert not Notice.objects.filter(user=with_mail).exists()


def test_nobody_learns_from_the_page_or_its_work_who_works_here(with_mail, monkeypatch, office):
    """Equal bodies, and as many hashes and mails, for known, unknown, disabled and mixed case."""
    type(with_mail).objects.create(username="gone", email="gone@example.org", is_active=False)
    mails = []
    monkeypatch.setattr(
        "django.core.mail.EmailMessage.send", lambda self, *_: mails.append(self.to)
    )
    seen = set()
    for address in ("ada@example.org", "nobody@example.org", "gone@example.org"):
        mails.clear()
        client = Client()
        answer = forgotten(address, client)
        page = client.get(answer["Location"])
        seen.add((answer.status_code, answer["Location"], page.content, len(mails)))
    assert len(seen) == 1
    assert seen.pop()[3] == 1


def test_signing_in_is_the_same_work_for_whoever_it_is(with_mail, monkeypatch):
    """Not measured by the clock: how often the hasher is called, and what the page says."""
    gone = type(with_mail).objects.create(username="gone", is_active=False)
    gone.set_password(PASSWORD)
    gone.save()
    type(with_mail).objects.create(username="invited")  # no password yet
    calls, encode = [], MD5PasswordHasher.encode

    def counted(self, password, salt):
        calls.append(1)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    seen = set()
    for name, password in [
        (with_mail.username, "wrong"),
        ("nobody", "wrong"),
        ("gone", "wrong"),
        ("gone", PASSWORD),
        ("invited", "wrong"),
    ]:
        calls.clear()
        answer = Client().post("/sign-in/", {"username": name, "password": password})
        body = answer.content.decode().replace(f'value="{name}"', "")
        body = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", body)
        seen.add((answer.status_code, body, len(calls)))
    assert len(seen) == 1


def test_asking_too_often_waits(with_mail):
    answers = [forgotten("ada@example.org").status_code for _try in range(6)]
    assert answers == [302] * 5 + [429]
    assert len(mail.outbox) == 5


@pytest.mark.parametrize("path", ["0-x", "zzz-set-password", "0-set-password", "9" * 60 + "-x"])
def test_a_wrong_link_says_how_to_go_on(path, said):
    answer = Client().get(f"/password/new/{path}/")
    assert answer.status_code == 200
    assert "Ask for a new link" in said(answer)


def test_a_link_does_not_last_longer_than_an_hour(with_mail, settings):
    assert settings.PASSWORD_RESET_TIMEOUT == 3600
    assert get_adapter().is_open_for_signup(None) is False
