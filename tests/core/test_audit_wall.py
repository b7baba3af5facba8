"""The wall of the trail: anyone adds, few read; the database sees to it by itself."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts.models import Membership
from core import audit
from core.context import acting_as
from core.models import AuditEvent
from tests import factories
from tests.meta.tables import execute, query

pytestmark = pytest.mark.django_db


@pytest.fixture
def trail(office):
    """One event of every kind that matters, each known by its action."""
    stranger = factories.user("case_manager", factories.office("manila", "PH-MNL"))
    ours, theirs = factories.case(), factories.case(factories.office("manila"))
    audit.read("case.read", ours, actor=stranger)
    audit.read_rows("list.ours", "victims.Victim", [], actor=stranger, shown=[theirs.pk, ours.pk])
    audit.read("case.foreign", theirs, actor=stranger)
    audit.read("case.sealed", factories.case(level=4), actor=stranger)
    audit.sign_in("sign_in_failed", actor=None)
    return stranger


EVERY = {"case.read", "list.ours", "case.foreign", "case.sealed", "sign_in_failed"}
OF_OUR_OFFICE = {"case.read", "list.ours"}


def seen_by(user):
    with acting_as(user.pk if user else None):
        return {action for (action,) in query("select action from core_auditevent")}


def test_an_auditor_reads_all(trail):
    assert seen_by(factories.user("auditor")) == EVERY


@pytest.mark.parametrize(
    "role", ["field_officer", "case_manager", "safeguarding_lead", "data_officer"]
)
def test_others_read_what_is_about_cases_they_may_see(trail, role):
    assert seen_by(factories.user(role)) == OF_OUR_OFFICE


def test_everyone_reads_what_they_did(trail):
    admin = factories.user("system_admin")
    audit.sign_in("signed_in", actor=admin)
    assert seen_by(admin) == {"signed_in"}
    assert seen_by(trail) == EVERY - {"sign_in_failed"}


def test_nobody_acting_reads_nothing(trail):
    assert seen_by(None) == set()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select set_config('role', 'casework_app', true)")
        assert not AuditEvent.objects.exists()
        cursor.execute("select set_config('role', 'none', true)")


def test_whoever_was_an_auditor_reads_no_more(trail):
    former = factories.user("auditor")
    Membership.objects.filter(user=former).update(ended_at=timezone.now())
    assert seen_by(former) == set()
    gone = factories.user("auditor", is_active=False)
    assert seen_by(gone) == set()


@pytest.mark.parametrize("role", ["casework_app", "casework_worker"])
def test_a_refusal_is_written_by_who_may_not_read_it(role):
    """As on the connection aside: no context, nobody signed in."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select set_config('role', %s, true)", [role])
        audit.sign_in("sign_in_failed", actor=None)
        audit.denied("404 GET x", actor=None, target_id="x")
        cursor.execute("select set_config('role', 'none', true)")
    assert AuditEvent.objects.count() == 2


def test_the_numbers_of_events_open_no_row(trail, case_manager):
    """The function that finds events behind the wall gives numbers; the rows stay behind it."""
    foreign = AuditEvent.objects.get(action="case.foreign")
    with acting_as(case_manager.pk):
        found = query("select events_naming(%s::uuid[])", [str(foreign.case_id)])
        assert (foreign.pk,) in found
        named = AuditEvent.objects.naming([foreign.case_id])
        assert set(named.values_list("action", flat=True)) == {"list.ours"}


# Planted faults


def test_an_open_policy_is_found(trail, field_officer):
    execute("alter policy with_reason on core_auditevent using (true)")
    assert seen_by(field_officer) == EVERY


def test_a_wall_that_is_off_is_found(trail, field_officer):
    execute("alter table core_auditevent disable row level security")
    assert seen_by(field_officer) == EVERY


def test_writing_that_reads_back_is_refused(monkeypatch):
    """Why `core.audit` inserts by a statement of its own."""
    monkeypatch.setattr(
        audit, "_write", lambda event, using="default": AuditEvent(**vars(event)).save()
    )
    with pytest.raises(DatabaseError, match="row-level security"):
        test_a_refusal_is_written_by_who_may_not_read_it("casework_app")
