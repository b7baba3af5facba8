"""What is taken away is gone with the next request, key or job; and nothing is left lying."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.holdings import held_by
from accounts.models import AccountChange, ApiKey, Invitation, Membership, Notice, User
from accounts.services.changes import ask_role, confirm_change
from accounts.services.leaving import disable_person, end_role
from casework.models import Case
from core import jobs
from core.context import acting_as
from core.models import AuditEvent
from core.services import Refused
from tests import factories
from tests.clients import ApiClient

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]
PASSWORD = "Invented phrase of 4 words"
KIND = "test-look-around"


@pytest.fixture
def admin(office):
    return factories.user("system_admin", office)


@pytest.fixture
def work(field_officer):
    """A case the officer is on."""
    return factories.assignment(factories.case(), field_officer).case


@pytest.fixture
def looks_around(monkeypatch, field_officer):
    """A job of the officer that counts the cases it sees, by either wall alone."""

    def look(run):
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from casework_case")
            (by_database,) = cursor.fetchone()
        return [Case.objects.visible_to(run.job.requested_by).count(), by_database]

    monkeypatch.setitem(jobs.KINDS, KIND, look)
    return jobs.request(KIND, actor=field_officer)


def take_role(admin, user):
    end_role(user.memberships.get(), reason="Leaves", actor=admin)


def take_all(admin, user):
    disable_person(user, reason="Leaves", actor=admin)


def signed_in(user):
    user.set_password(PASSWORD)
    user.save()
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize(
    ("take", "page", "key"), [(take_role, {403, 404}, {403, 404}), (take_all, {302}, {401})]
)
def test_it_bites_in_the_middle(admin, field_officer, work, looks_around, take, page, key):
    client, program = signed_in(field_officer), ApiClient(field_officer)
    addresses = ["/cases/", work.get_absolute_url()]
    assert [client.get(address).status_code for address in addresses] == [200, 200]
    assert program.get(f"cases/{work.pk}/").status_code == 200
    take(admin, field_officer)
    for address in addresses:
        assert client.get(address).status_code in page
    assert program.get("cases/").status_code in key
    assert program.get(f"cases/{work.pk}/").status_code in key
    jobs.run(looks_around.pk)
    looks_around.refresh_from_db()
    assert (looks_around.state, looks_around.result) == ("done", [0, 0])


def test_a_job_that_was_not_taken_from_sees_its_case(field_officer, work, looks_around):
    """Else the zeros above would prove nothing."""
    jobs.run(looks_around.pk)
    looks_around.refresh_from_db()
    assert looks_around.result == [1, 1]


def test_a_session_does_not_come_back_with_its_account(admin, field_officer):
    client = signed_in(field_officer)
    disable_person(field_officer, reason="Leaves", actor=admin)
    User.objects.filter(pk=field_officer.pk).update(is_active=True)
    assert client.get("/account/").status_code in {302, 404}
    assert client.get("/notices/").status_code == 302


def test_disabling_leaves_nothing_open(admin, office):
    person = factories.user("system_admin", office)
    factories.membership(person, "auditor")
    factories.api_key(person)
    asked = factories.account_change(asked_by=person)
    meant = factories.account_change(of=person, asked_by=admin)
    disable_person(person, reason="Leaves", actor=admin)
    person.refresh_from_db()
    assert not person.is_active
    assert not person.has_usable_password()
    assert not Membership.objects.in_force().filter(user=person).exists()
    assert not ApiKey.objects.filter(user=person, revoked_at=None).exists()
    for change in (asked, meant):
        change.refresh_from_db()
        assert (change.outcome, change.decided_by) == ("withdrawn", admin)
    ended = AccountChange.objects.filter(user=person, kind="take", outcome="confirmed")
    assert {change.role for change in ended} == {"system_admin", "auditor"}
    assert AuditEvent.objects.filter(action="person.disabled", target_id=str(person.pk)).exists()
    with pytest.raises(Refused, match="already disabled"):
        disable_person(person, reason="Leaves", actor=admin)


def test_a_disabled_account_gets_no_role_until_it_is_invited(admin, office, field_officer):
    disable_person(field_officer, reason="Leaves", actor=admin)
    ask = {"office": office, "role": "auditor", "reason": "Back", "actor": admin}
    with pytest.raises(Refused, match="disabled"):
        ask_role(field_officer, **ask)
    invitation = factories.invitation(field_officer)
    change = ask_role(field_officer, **ask)
    Invitation.objects.filter(pk=invitation.pk).update(withdrawn_at=timezone.now())
    with pytest.raises(Refused, match="disabled"):
        confirm_change(change, actor=factories.user("safeguarding_lead", office))


@pytest.mark.parametrize("take", [take_role, take_all])
def test_the_last_administrator_stays(admin, take):
    with pytest.raises(Refused, match="last administrator"):
        take(admin, admin)
    assert User.objects.get(pk=admin.pk).roles
    factories.user("system_admin")
    take(admin, admin)
    assert not User.objects.get(pk=admin.pk).roles


# What rests on who leaves


def test_open_cases_are_counted_for_those_who_see_none(admin, field_officer, work):
    manila = factories.case(factories.office("manila", "PH-MNL"))
    closed = factories.case(status="closed", closed_on=work.opened_on)
    for case in (manila, closed, factories.case(level=4), factories.case()):
        factories.assignment(case, field_officer)
    factories.assignment(factories.case(), field_officer, ended_at=timezone.now())
    with acting_as(admin.pk):
        found = {held.office.code: held.cases for held in held_by(field_officer)}
        assert not Case.objects.exists()
    assert found == {"kolkata": 2, "manila": 1}


def test_the_page_shows_what_rests_on_a_person(admin, field_officer, work, said, browser_client):
    page = browser_client(admin).get(f"/people/{field_officer.pk}/")
    words = said(page)
    assert "What rests on this person Kolkata 1 open case 1 with nobody else" in words
    assert work.reference not in words
    assert str(work.pk) not in page.content.decode()


@pytest.mark.parametrize("take", [take_role, take_all])
def test_case_managers_of_the_offices_are_told(admin, field_officer, case_manager, work, take):
    factories.user("case_manager", factories.office("manila", "PH-MNL"))
    take(admin, field_officer)
    told = Notice.objects.filter(kind="cases-without-someone").values_list("user", flat=True)
    assert list(told) == [case_manager.pk]


def test_nobody_is_told_when_nothing_rests_on_them(admin, field_officer, case_manager):
    take_role(admin, field_officer)
    assert not Notice.objects.filter(kind="cases-without-someone").exists()
