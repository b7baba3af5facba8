"""`acting_as` puts back what it found, also inside a transaction that goes on."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from accounts.models import Membership, User
from casework.models import Case, Site
from core import context
from core.context import acting_as
from core.wall.policies import SETTINGS
from tests import factories

pytestmark = pytest.mark.django_db


def now():
    """Who the database thinks is acting, and in which role."""
    with connection.cursor() as cursor:
        cursor.execute("select nullif(current_setting('app.user_id', true), ''), current_user")
        return cursor.fetchone()


@pytest.fixture
def owner():
    return now()


@pytest.fixture
def lead(case_manager):
    factories.case()
    return case_manager


@pytest.fixture
def stranger(db):
    return factories.user("case_manager", factories.office("manila", "PH-MNL"))


def test_inside_the_role_is_the_applications(lead, owner):
    assert owner[0] is None
    with acting_as(lead.pk):
        assert now() == (str(lead.pk), "casework_app")
        assert Case.objects.count() == 1
    assert now() == owner


def test_the_inner_one_ends_and_the_outer_one_is_back(lead, stranger, owner):
    with acting_as(lead.pk):
        with acting_as(stranger.pk):
            assert Case.objects.count() == 0
        assert now() == (str(lead.pk), "casework_app")
        assert Case.objects.count() == 1
    assert now() == owner


def test_acting_as_nobody_is_a_context_and_comes_back_too(lead, owner):
    """Else what follows inside would run as the owner, who sees everything."""
    with acting_as(None):
        with acting_as(lead.pk):
            assert Case.objects.count() == 1
        assert now() == (None, "casework_app")
        assert Case.objects.count() == 0
    assert now() == owner


@pytest.mark.parametrize("outer", ["nobody", "the lead", "no context"])
def test_an_error_inside_puts_back_what_was_there(lead, stranger, owner, outer):
    def fail():
        before = now()
        with pytest.raises(ZeroDivisionError), acting_as(stranger.pk):
            raise ZeroDivisionError
        assert now() == before

    if outer == "no context":
        fail()
    else:
        with acting_as(lead.pk if outer == "the lead" else None):
            fail()
    assert now() == owner


def test_a_rolled_back_request_puts_back_what_was_there(lead, owner):
    with acting_as(lead.pk):
        transaction.set_rollback(True)
    assert now() == owner


def test_every_setting_is_emptied(lead):
    """Also the name under which history is written: what follows is not this person's deed."""
    with acting_as(lead.pk):
        pass
    with connection.cursor() as cursor:
        cursor.execute(
            "select name from unnest(%s) name"
            " where coalesce(current_setting(name, true), '') <> ''",
            [[*SETTINGS, "pghistory.context_metadata"]],
        )
        assert cursor.fetchall() == []


def test_history_names_who_acted(lead):
    with acting_as(lead.pk):
        Case.objects.update(support_level="supported")
    Case.objects.update(support_level="own")
    history = Case.pgh_event_model.objects.filter(pgh_label="changed").order_by("pgh_id")
    assert [event.pgh_context for event in history] == [{"user": str(lead.pk)}, None]


def test_a_row_that_gives_access_counts_after_refresh(stranger):
    case = factories.case()
    with acting_as(stranger.pk):
        assert not stranger.scope.reaches(case, 1)
        with connection.cursor() as cursor:
            cursor.execute("select set_config('role', 'none', true)")
            Membership.objects.create(user=stranger, office=case.office, role="case_manager")
        person = User.objects.get(pk=stranger.pk)
        context.refresh(person)
        assert person.scope.reaches(case, 1)
        assert Case.objects.count() == 1


def test_refresh_of_somebody_else_leaves_the_context(lead, stranger):
    with acting_as(lead.pk):
        context.refresh(stranger)
        assert now()[0] == str(lead.pk)


def test_the_database_refuses_to_write_outside_the_scope(lead, stranger):
    """The second wall stands in the way of writing, too."""
    case = Case.objects.get()
    with (
        pytest.raises(Exception, match="row-level security"),
        transaction.atomic(),
        acting_as(stranger.pk),
    ):
        Site.objects.create(case=case, code="P-1", kind="bar", jurisdiction=factories.place())
    with acting_as(stranger.pk):
        assert Case.objects.filter(pk=case.pk).update(status="assessment") == 0
