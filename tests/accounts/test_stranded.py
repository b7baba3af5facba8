"""No open case is left to nobody when somebody leaves, or has a role no more."""

from __future__ import annotations

import pytest
from django.utils import timezone

from accounts.models import Notice, User
from accounts.services.leaving import disable_person, end_role
from core.context import acting_as
from core.models import AuditEvent
from core.services import Refused
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]


@pytest.fixture
def admin(office):
    return factories.user("system_admin", office)


def take_role(admin, user):
    end_role(user.memberships.get(), reason="Leaves", actor=admin)


def take_all(admin, user):
    disable_person(user, reason="Leaves", actor=admin)


both = pytest.mark.parametrize("take", [take_role, take_all])


def refused(take, admin, user, words):
    """As the administrator, who sees no case; and nothing is taken away."""
    with acting_as(admin.pk), pytest.raises(Refused, match=words):
        take(admin, user)
    again = User.objects.get(pk=user.pk)
    assert (again.is_active, bool(again.roles)) == (True, True)


def sealed(office, *named):
    case = factories.case(office, level=4)
    for person in named:
        factories.assignment(case, person, named=True)
    return case


@both
def test_the_last_case_manager_of_an_office_with_open_cases_stays(
    admin, case_manager, office, take
):
    factories.case(office)
    factories.case(office, status="closed", closed_on="2026-04-01")
    factories.user("case_manager", office, is_active=False)
    factories.user("case_manager", factories.office("manila", "PH-MNL"))
    ended = factories.user("case_manager", office)
    ended.memberships.update(ended_at=timezone.now())
    refused(take, admin, case_manager, f"cases of {office.name}, where 1 is open")
    factories.user("case_manager", office)
    take(admin, case_manager)
    assert not User.objects.get(pk=case_manager.pk).roles


@both
def test_an_office_without_open_cases_needs_no_manager(admin, case_manager, office, take):
    factories.case(office, status="closed", closed_on="2026-04-01")
    take(admin, case_manager)
    assert not User.objects.get(pk=case_manager.pk).roles


@both
def test_the_last_who_reads_a_sealed_case_stays(admin, office, field_officer, take):
    lead = factories.user("safeguarding_lead", office)  # sees that it exists
    gone = factories.user("field_officer", office, is_active=False)
    case = sealed(office, field_officer, lead, gone)
    factories.assignment(case, factories.user("legal_officer", office))  # not named
    refused(take, admin, field_officer, "sealed case")
    factories.assignment(case, factories.user("legal_officer", office), named=True)
    take(admin, field_officer)
    assert not User.objects.get(pk=field_officer.pk).roles


def test_who_keeps_a_role_that_reads_it_strands_nothing(admin, office, field_officer):
    sealed(office, field_officer)
    kept = factories.membership(field_officer, "legal_officer", office)
    end_role(field_officer.memberships.exclude(pk=kept.pk).get(), reason="Moves", actor=admin)
    assert [role for _office, role in User.objects.get(pk=field_officer.pk).roles] == [
        "legal_officer"
    ]


def test_a_closed_or_open_case_names_nobody(admin, office, field_officer):
    closed = sealed(office, field_officer)
    type(closed).objects.filter(pk=closed.pk).update(status="closed", closed_on="2026-04-01")
    take_all(admin, field_officer)


def test_an_account_in_the_wrong_hands_is_closed_and_others_are_told(
    admin, office, case_manager, browser_client, api, said
):
    factories.case(office)
    lead = factories.user("safeguarding_lead", office)
    page, path = browser_client(admin), f"/people/{case_manager.pk}/disable/"
    answer = page.post(path, {"reason": "Leaves"})
    assert (answer.status_code, "Give somebody else the role first" in said(answer)) == (409, True)
    assert api(admin).post(f"users/{case_manager.pk}/disable/", {"reason": "x"}).status_code == 409
    sent = {"reason": "Stolen", "in_wrong_hands": True}
    assert api(admin).post(f"users/{case_manager.pk}/disable/", sent).status_code == 200
    assert not User.objects.get(pk=case_manager.pk).is_active
    assert Notice.objects.filter(kind="cases-without-someone", user=lead).exists()
    event = AuditEvent.objects.get(action="person.disabled")
    assert event.detail == {"in_wrong_hands": True}
