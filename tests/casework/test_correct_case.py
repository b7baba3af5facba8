"""What a case is about, where and since when is put right; the former values stay."""

from __future__ import annotations

import pytest
from django.apps import apps

from casework.models import Case
from tests import factories

pytestmark = pytest.mark.django_db
FORM = {
    "programme": "osec",
    "jurisdiction": "IN-MH-MUM",
    "opened_on": "2026-02-01",
    "support_level": "state_only",
}


def page_of(case):
    return f"/cases/{case.pk}/correct/"


def state():
    return list(Case.objects.values())


def test_a_case_manager_corrects_a_case_by_both_doors(
    browser_client, api, case_manager, case, recorded
):
    page = browser_client(case_manager)
    assert 'name="version" value="1"' in page.get(page_of(case)).content.decode()
    answer = page.post(page_of(case), FORM | {"version": "1"})
    assert (answer.status_code, answer["Location"]) == (302, f"/cases/{case.pk}/")
    case.refresh_from_db()
    assert (case.programme, case.jurisdiction.code, case.version) == ("osec", "IN-MH-MUM", 2)
    assert case.support_level == "state_only"
    assert "State only" in page.get(f"/cases/{case.pk}/").content.decode()
    answer = api(case_manager).patch(f"cases/{case.pk}/", {"programme": "csec"}, If_Match='"2"')
    assert (answer.status_code, answer["ETag"]) == (200, '"3"')
    case.refresh_from_db()
    assert (case.programme, str(case.opened_on), case.version) == ("csec", "2026-02-01", 3)
    assert case.support_level == "state_only"
    assert recorded("case.corrected") == [(case_manager.pk, str(case.pk))] * 2


def test_the_former_values_stay(api, case_manager, case):
    api(case_manager).patch(f"cases/{case.pk}/", {"programme": "osec"}, If_Match='"1"')
    history = apps.get_model("casework.CaseEvent").objects.filter(pgh_obj_id=case.pk)
    assert set(history.values_list("programme", flat=True)) == {"csec", "osec"}


def test_without_the_role_nothing_changes(browser_client, api, field_officer, case):
    before = state()
    page = browser_client(field_officer)
    assert page.get(page_of(case)).status_code == 403
    assert page.post(page_of(case), FORM | {"version": "1"}).status_code == 403
    assert api(field_officer).patch(f"cases/{case.pk}/", FORM, If_Match='"1"').status_code == 403
    assert state() == before


def test_another_office_does_not_find_the_case(browser_client, api, outsider, case):
    before = state()
    assert browser_client(outsider).post(page_of(case), FORM).status_code == 404
    assert api(outsider).patch(f"cases/{case.pk}/", FORM, If_Match='"1"').status_code == 404
    assert state() == before


def test_a_case_changed_in_the_meantime_is_refused_in_words(
    browser_client, api, case_manager, case, said
):
    Case.objects.update(version=2)
    before = state()
    answer = browser_client(case_manager).post(page_of(case), FORM | {"version": "1"})
    assert answer.status_code == 409
    assert "Somebody else changed this while you were writing" in said(answer)
    answer = api(case_manager).patch(f"cases/{case.pk}/", FORM, If_Match='"1"')
    assert (answer.status_code, answer["ETag"]) == (412, '"2"')
    assert state() == before


def test_entries_that_cannot_be_are_refused_at_their_fields(
    browser_client, api, case_manager, case
):
    wrong = {"programme": "x", "jurisdiction": "XX", "opened_on": "2026-02-30"}
    wrong |= {"support_level": "x"}
    page = browser_client(case_manager).post(page_of(case), wrong | {"version": "1"})
    assert page.status_code == 400
    answer = api(case_manager).patch(f"cases/{case.pk}/", wrong, If_Match='"1"')
    assert set(answer.json()["errors"]) == set(wrong)


def test_a_closed_case_was_opened_before_it_was_closed(browser_client, api, case_manager, case):
    Case.objects.update(status="closed", closed_on="2026-04-01")
    before, late = state(), {"opened_on": "2026-04-02"}
    page = browser_client(case_manager).post(page_of(case), FORM | late | {"version": "1"})
    assert (page.status_code, "closed on 1 Apr 2026" in page.content.decode()) == (409, True)
    answer = api(case_manager).patch(f"cases/{case.pk}/", late, If_Match='"1"')
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["opened_on"])
    assert state() == before
    right = {"opened_on": "2026-04-01"}
    assert api(case_manager).patch(f"cases/{case.pk}/", right, If_Match='"1"').status_code == 200


def test_both_doors_know_the_same_places(browser_client, api, case_manager, case):
    there = {"jurisdiction": "PH-MNL"}
    page = browser_client(case_manager).post(page_of(case), FORM | there | {"version": "1"})
    assert page.status_code == 302
    answer = api(case_manager).patch(f"cases/{case.pk}/", there, If_Match='"2"')
    assert (answer.status_code, answer.json()["jurisdiction"]) == (200, "PH-MNL")


def test_what_may_not_be_corrected_is_refused_by_name(api, case_manager, case):
    """M3: every field of the table that this verb does not write."""
    fields = {f.name for f in Case._meta.fields} - set(FORM)
    answer = api(case_manager).patch(f"cases/{case.pk}/", dict.fromkeys(fields, 1), If_Match='"1"')
    assert set(answer.json()["errors"]) == fields


@pytest.mark.parametrize("version", ["", "x", "-1", "a\0b"])
def test_a_page_without_the_version_it_showed_changes_nothing(
    browser_client, case_manager, case, version
):
    answer = browser_client(case_manager).post(page_of(case), FORM | {"version": version})
    assert answer.status_code == 409


@pytest.mark.parametrize("version", ["²", "9" * 5000])
def test_an_odd_version_does_not_break_the_page(browser_client, case_manager, version):
    page = browser_client(case_manager)
    page.raise_request_exception = False
    answer = page.post(page_of(factories.case()), FORM | {"version": version})
    assert answer.status_code < 500
