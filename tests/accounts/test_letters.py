"""A letter to oneself shows that mail leaves and arrives, and nothing else does."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.core import mail as box
from django.utils import timezone

from accounts import letters, mail
from accounts.models import Notice, User
from core.models import AuditEvent
from desk.today.setting_up import setting_up
from tests import factories

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    Browser = Callable[[User], Client]

pytestmark = pytest.mark.django_db
LINK = re.compile(r"(/letters/\S+/arrived/)")


@pytest.fixture
def admin() -> User:
    return factories.user("system_admin", email="admin@example.org")


def is_done(user: User) -> bool:
    return next(step.done for step in setting_up(user).steps if str(step.title) == "Mail")


def asked(client: Client) -> str:
    """The link of the letter that was asked for."""
    client.post("/letters/new/", {"key": str(timezone.now())})
    mail.sweep()
    (found,) = LINK.findall(str(box.outbox[-1].body))
    return str(found)


def test_it_is_done_once_the_link_is_opened_and_pressed(
    browser_client: Browser, admin: User
) -> None:
    client = browser_client(admin)
    link = asked(client)
    assert box.outbox[-1].to == ["admin@example.org"]
    assert not is_done(admin), "that it left shows nothing"
    assert client.get(link).status_code == 200
    assert not is_done(admin), "nor that a program looked at the link"
    assert client.post(link).status_code == 302
    assert is_done(admin)
    deeds = AuditEvent.objects.filter(actor_id=admin.pk, action__startswith="letter.")
    assert [event.action for event in deeds.order_by("pk")] == ["letter.asked", "letter.arrived"]


def test_a_second_letter_leaves_though_the_first_was_never_opened(
    browser_client: Browser, admin: User
) -> None:
    client = browser_client(admin)
    asked(client)
    asked(client)
    assert len(box.outbox) == 2
    assert Notice.objects.unseen().filter(kind=letters.ASKED).count() == 1


def test_the_link_of_another_and_an_old_one_open_nothing(
    browser_client: Browser, admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = asked(browser_client(admin))
    other = factories.user("system_admin")
    assert browser_client(other).post(link).status_code == 409
    monkeypatch.setattr(letters, "LASTS", timedelta(seconds=-1))
    answer = browser_client(admin).post(link)
    assert (answer.status_code, is_done(admin)) == (409, False)
    assert "Send yourself a new letter" in answer.content.decode()


def test_who_has_no_address_is_told(browser_client: Browser, admin: User) -> None:
    User.objects.filter(pk=admin.pk).update(email="")
    answer = browser_client(admin).post("/letters/new/")
    assert answer.status_code == 409
    assert "There is no address for your mail" in answer.content.decode()


def test_it_is_for_administrators(browser_client: Browser) -> None:
    assert browser_client(factories.user("case_manager")).get("/letters/new/").status_code == 403
