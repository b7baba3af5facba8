"""Who left the work leaves the team; somebody who can work on the case stays."""

from __future__ import annotations

import pytest
from django.utils import timezone

from casework.models import Assignment
from core.models import AuditEvent
from tests import factories
from tests.case_pages import whole

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(case, colleague):
    """Of the second person on the team."""
    return factories.assignment(case, colleague)


def page_of(row):
    return f"/assignments/{row.pk}/take-off/"


def team(case):
    return set(case.assignment_set.in_force().values_list("user", flat=True))


def test_a_case_manager_takes_somebody_off_by_both_doors(
    browser_client, api, case_manager, field_officer, colleague, case, row, said, recorded
):
    client = browser_client(case_manager)
    assert page_of(row) in client.get(f"/cases/{case.pk}/people/").content.decode()
    assert colleague.name in said(client.get(page_of(row)))
    answer = client.post(page_of(row))
    assert (answer.status_code, answer["Location"]) == (302, f"/cases/{case.pk}/people/#team")
    assert team(case) == {field_officer.pk}
    again = factories.assignment(case, colleague)
    answer = api(case_manager).post(f"assignments/{again.pk}/take-off/")
    assert (answer.status_code, answer["ETag"]) == (200, '"2"')
    assert answer.json()["ended_at"]
    assert team(case) == {field_officer.pk}
    assert recorded("case.unassigned") == [(case_manager.pk, str(case.pk))] * 2
    event = AuditEvent.objects.filter(action="case.unassigned").first()
    assert event.detail == {"user": str(colleague.pk)}


def test_who_was_taken_off_sees_no_more_of_the_content(api, case_manager, case, colleague, row):
    rescue = factories.rescue(case)
    assert api(colleague).get(f"rescues/{rescue.pk}/").status_code == 200
    api(case_manager).post(f"assignments/{row.pk}/take-off/")
    again = type(colleague).objects.get(pk=colleague.pk)
    assert api(again).get(f"rescues/{rescue.pk}/").status_code == 404


@pytest.mark.parametrize("beside", ["nobody", "who left", "who only reads"])
def test_the_last_who_works_on_it_stays(api, browser_client, case_manager, case, beside, said):
    if beside == "who left":
        factories.assignment(case, factories.user("legal_officer", case.office, is_active=False))
    if beside == "who only reads":
        factories.assignment(case, factories.user("safeguarding_lead", case.office))
    last = Assignment.objects.in_force().get(case=case, user__memberships__role="field_officer")
    answer = api(case_manager).post(f"assignments/{last.pk}/take-off/")
    assert answer.status_code == 409
    assert "Nobody would be left on this case" in answer.json()["detail"]
    page = browser_client(case_manager).post(page_of(last))
    assert (page.status_code, "Nobody would be left on this case" in said(page)) == (409, True)
    last.refresh_from_db()
    assert last.ended_at is None


def test_nobody_is_taken_off_twice(api, case_manager, row):
    path = f"assignments/{row.pk}/take-off/"
    assert api(case_manager).post(path).status_code == 200
    answer = api(case_manager).post(path)
    assert (
        answer.status_code,
        "This person is no longer on the team" in answer.json()["detail"],
    ) == (
        409,
        True,
    )


def test_whom_a_sealed_case_names_keeps_the_name_till_it_is_taken(api, case, case_manager):
    factories.assignment(case, case_manager, named=True)
    named = factories.assignment(case, factories.user("legal_officer", case.office), named=True)
    case.level = 4
    case.save()
    manager = type(case_manager).objects.get(pk=case_manager.pk)
    answer = api(manager).post(f"assignments/{named.pk}/take-off/")
    assert (
        answer.status_code,
        "The person is named on this sealed case" in answer.json()["detail"],
    ) == (409, True)


def test_without_the_role_or_from_elsewhere_nobody_leaves(
    api, browser_client, field_officer, outsider, case, row
):
    assert browser_client(field_officer).get(page_of(row)).status_code == 403
    assert browser_client(field_officer).post(page_of(row)).status_code == 403
    assert browser_client(outsider).post(page_of(row)).status_code == 404
    assert api(field_officer).post(f"assignments/{row.pk}/take-off/").status_code == 403
    assert api(outsider).post(f"assignments/{row.pk}/take-off/").status_code == 404
    assert page_of(row) not in whole(browser_client(field_officer), case.pk)
    assert len(team(case)) == 2


def test_who_takes_oneself_off_is_not_sent_to_a_closed_page(browser_client, case_manager, case):
    own = factories.assignment(case, case_manager)
    assert browser_client(case_manager).post(page_of(own))["Location"] == "/cases/"


@pytest.mark.parametrize("how", ["ended", "not begun elsewhere", "disabled"])
def test_only_members_of_today_are_offered_and_taken(browser_client, api, case_manager, case, how):
    person = factories.user("legal_officer", case.office, is_active=how != "disabled")
    if how == "ended":
        person.memberships.update(ended_at=timezone.now())
    if how == "not begun elsewhere":
        person.memberships.update(office=factories.office("manila", "PH-MNL"))
    client = browser_client(case_manager)
    for page in (f"/cases/{case.pk}/assign/", f"/cases/several/assign/?row={case.pk}"):
        assert person.name not in client.get(page).content.decode()
    sent = api(case_manager).post(f"cases/{case.pk}/assign/", {"user": person.username})
    assert sent.status_code in {400, 409}
    assert len(team(case)) == 1
