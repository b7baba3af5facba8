"""What must hold when two people press at the same moment."""

from __future__ import annotations

import time
from threading import Barrier

import pytest

from accounts import invitations
from accounts.models import Invitation, Membership, User
from accounts.permissions import Perm
from accounts.services import leaving
from tests import factories
from tests.api.real import at_once
from tests.clients import ApiClient

pytestmark = pytest.mark.django_db(transaction=True)
REASON = {"reason": "Invented reason"}


def test_two_administrators_do_not_end_each_other(real_rows, monkeypatch):
    end, look = leaving._end, leaving._require_an_administrator_without
    both = Barrier(2)

    def together(*args):
        both.wait(timeout=60)  # each is let in while the other is still an administrator
        return look(*args)

    def slowly(*args):
        time.sleep(0.3)  # time enough for the other to have looked, too
        return end(*args)

    monkeypatch.setattr(leaving, "_require_an_administrator_without", together)
    monkeypatch.setattr(leaving, "_end", slowly)
    admins = [factories.user("system_admin") for _ in range(2)]
    clients = [ApiClient(admin) for admin in admins]
    roles = [Membership.objects.get(user=admin) for admin in reversed(admins)]
    answers = at_once(2, lambda n: clients[n].post(f"memberships/{roles[n].pk}/end/", REASON))
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert User.objects.holding(Perm.PEOPLE_MANAGE).count() == 1


def test_a_link_opens_once_however_many_hold_it(real_rows):
    invitation = factories.invitation()
    token = invitations.new_token()
    assert invitations.open_link(invitation, token)
    digest = invitations.digest_of(token)
    passwords = [f"Invented phrase of {n} words" for n in range(4)]
    opened = at_once(4, lambda n: invitations.accept(digest, passwords[n]))
    (winner,) = [n for n in range(4) if opened[n]]
    assert User.objects.get(pk=invitation.user_id).check_password(passwords[winner])
    assert Invitation.objects.get().used_at is not None
