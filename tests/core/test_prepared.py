"""What is put into words once asks for each person anew, and holds no moment."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.models.functions import Now
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import keys
from accounts.models import ApiKey, Membership, User
from core.shortcuts.prepared import ANYBODY, Prepared
from tests import factories

pytestmark = pytest.mark.django_db


def test_the_words_are_found_once_and_the_answer_each_time(office):
    built = []

    def rows(person):
        built.append(person)
        return Membership.objects.filter(user=person).values_list("role")

    asked = Prepared(rows)
    first, second = (factories.user(role, office) for role in ("field_officer", "auditor"))
    assert asked(first.pk) == [("field_officer",)]
    assert asked(second.pk) == [("auditor",)]
    Membership.objects.filter(user=second).delete()
    assert asked(second.pk) == []
    assert built == [ANYBODY]


def test_a_moment_is_not_kept(office):
    user = factories.user("auditor", office)
    with pytest.raises(TypeError, match="Now"):
        Prepared(lambda one: Membership.objects.filter(user=one, started_at__lt=timezone.now()))(1)
    kept = Prepared(lambda one: Membership.objects.filter(user=one, started_at__lte=Now()))
    assert len(kept(user.pk)) == 1


def test_a_key_is_found_whole_with_its_user_at_once(office):
    row, text = keys.make(factories.user("case_manager", office), scopes=None, networks=["::/0"])
    with CaptureQueriesContext(connection) as queries:
        found = keys.find(text)
        for model, one, usual in ((ApiKey, found, row), (User, found.user, row.user)):
            usual.refresh_from_db()
            for field in model._meta.concrete_fields:
                here, there = (getattr(x, field.attname) for x in (one, usual))
                assert (bytes(here) if field.name == "digest" else here) == (
                    bytes(there) if field.name == "digest" else there
                ), field
    assert sum("accounts_apikey" in one["sql"] for one in queries) == 2  # one of them: refreshed
    assert not found._state.adding


def test_with_a_key_come_the_roles_of_its_user(office):
    user = factories.user("case_manager", office)
    factories.membership(user, "auditor", factories.office("manila", "PH-MNL"))
    _row, text = keys.make(user)
    found = keys.find(text).user
    with CaptureQueriesContext(connection) as queries:
        held, may = sorted(found.held), found.permissions
    assert not queries
    assert held == sorted(User.objects.get(pk=user.pk).held)
    assert may == user.permissions
    Membership.objects.filter(user=user).delete()
    assert keys.find(text).user.held == []
