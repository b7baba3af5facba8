"""Someone of the case's own office joins its team, and sees its content from then on."""

from __future__ import annotations

import pytest

from casework.models import Assignment
from tests import factories

pytestmark = pytest.mark.django_db


def page_of(case):
    return f"/cases/{case.pk}/assign/"


def test_a_case_manager_assigns_by_both_doors(browser_client, api, case_manager, case, recorded):
    people = [factories.user("legal_officer", case.office) for _ in range(2)]
    page = browser_client(case_manager)
    assert people[0].name in page.get(page_of(case)).content.decode()
    answer = page.post(page_of(case), {"user": people[0].pk})
    assert (answer.status_code, answer["Location"]) == (302, f"/cases/{case.pk}/people/#team")
    answer = api(case_manager).post(f"cases/{case.pk}/assign/", {"user": people[1].username})
    assert answer.status_code == 201
    assert answer.json()["user"] == people[1].username
    assert {a.user for a in Assignment.objects.filter(case=case)} > set(people)
    assert recorded("case.assigned") == [(case_manager.pk, str(case.pk))] * 2


def test_who_was_assigned_sees_the_content(api, case_manager, case, colleague):
    rescue = factories.rescue(case)
    assert api(colleague).get(f"rescues/{rescue.pk}/").status_code == 404
    api(case_manager).post(f"cases/{case.pk}/assign/", {"user": colleague.username})
    assert api(colleague).get(f"rescues/{rescue.pk}/").status_code == 200


def test_without_the_role_nobody_joins(browser_client, api, field_officer, case, colleague):
    page = browser_client(field_officer)
    assert page.get(page_of(case)).status_code == 403
    assert page.post(page_of(case), {"user": colleague.pk}).status_code == 403
    body = {"user": colleague.username}
    assert api(field_officer).post(f"cases/{case.pk}/assign/", body).status_code == 403
    assert Assignment.objects.count() == 1


def test_another_office_does_not_find_the_case(browser_client, api, outsider, case):
    assert browser_client(outsider).post(page_of(case), {"user": outsider.pk}).status_code == 404
    body = {"user": outsider.username}
    assert api(outsider).post(f"cases/{case.pk}/assign/", body).status_code == 404
    assert Assignment.objects.count() == 1


def test_a_stranger_is_refused_in_words(browser_client, api, case_manager, case, outsider):
    """The page does not offer people of other offices; a program that tries is told why not."""
    page = browser_client(case_manager)
    assert outsider.name not in page.get(page_of(case)).content.decode()
    assert page.post(page_of(case), {"user": outsider.pk}).status_code == 400
    answer = api(case_manager).post(f"cases/{case.pk}/assign/", {"user": outsider.username})
    assert answer.status_code == 409
    assert "own office" in answer.json()["detail"]
    assert Assignment.objects.count() == 1


def test_nobody_joins_twice(browser_client, api, case_manager, case, field_officer):
    page = browser_client(case_manager)
    assert page.post(page_of(case), {"user": field_officer.pk}).status_code == 400
    answer = api(case_manager).post(f"cases/{case.pk}/assign/", {"user": field_officer.username})
    assert answer.status_code == 409
    assert answer.json()["detail"] == "This person is already on the team."
    assert Assignment.objects.count() == 1


def test_who_does_not_work_here_any_more_cannot_join(api, case_manager, case):
    gone = factories.user("field_officer", case.office, is_active=False)
    for name in (gone.username, "nobody", "a\0b", 5):
        answer = api(case_manager).post(f"cases/{case.pk}/assign/", {"user": name})
        assert list(answer.json()["errors"]) == ["user"]
