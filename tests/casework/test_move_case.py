"""A case takes the steps of its table, and no others."""

from __future__ import annotations

import pytest

from casework.models import Case
from casework.workflow import case_workflow

pytestmark = pytest.mark.django_db


@pytest.fixture
def doors(browser_client, api):
    """`doors(user)`: a step of a case by the page and by the interface."""

    def of(user):
        page, program = browser_client(user), api(user)

        def by_page(case, step, version=1):
            return page.post(f"/cases/{case.pk}/move/", {"step": step, "version": version})

        def by_api(case, step, version=1):
            body = {"step": step}
            return program.post(f"cases/{case.pk}/move/", body, If_Match=f'"{version}"')

        return by_page, by_api

    return of


def state():
    return list(Case.objects.values())


def test_the_officer_on_the_team_moves_a_case_by_both_doors(doors, field_officer, case, recorded):
    by_page, by_api = doors(field_officer)
    assert by_page(case, "assess")["Location"] == f"/cases/{case.pk}/"
    answer = by_api(case, "investigate", version=2)
    assert (answer.status_code, answer["ETag"]) == (200, '"3"')
    assert answer.json()["status"] == "investigation"
    case.refresh_from_db()
    assert (case.status, case.version) == ("investigation", 3)
    for step in ("assess", "investigate"):
        assert recorded(f"case.{step}") == [(field_officer.pk, str(case.pk))]


def test_every_step_not_in_the_table_is_refused_in_words(doors, field_officer, case, said):
    """Every step from every status: it goes where the table says, or a 409 names the status."""
    by_page, by_api = doors(field_officer)
    for status in ("lead", "assessment", "investigation", "rescue_planned", "rescued"):
        for name, step in case_workflow.manual.items():
            Case.objects.update(status=status, version=1)
            answer = by_api(case, name)
            if status in step.sources:
                assert answer.json()["status"] == step.target
                continue
            words = (
                f"is not possible now: the status is “{Case(status=status).get_status_display()}”"
            )
            assert answer.status_code == 409
            assert words in answer.json()["detail"]
            refused = by_page(case, name)
            assert refused.status_code == 409
            assert words in said(refused)
            assert Case.objects.get().status == status


def test_where_a_step_starts_from_stands_there_before(case_manager, case, api):
    """That a rescue is planned is no step: everybody of the office would see it."""
    Case.objects.update(status="investigation")
    told = api(case_manager).get(f"cases/{case.pk}/steps/").json()["results"]
    assert {step["name"] for step in told} == {"assess", "investigate"}
    assert all("It is possible from: Lead" in step["why_not"] for step in told)


def test_a_step_that_only_a_service_takes_has_no_button(doors, field_officer, case):
    by_page, by_api = doors(field_officer)
    before = state()
    for step in ("rescued", "close", "", "a\0b"):
        assert by_page(case, step).status_code == 409
        assert list(by_api(case, step).json()["errors"]) == ["step"]
    assert state() == before


def test_without_the_role_nothing_moves(doors, aftercare_worker, case):
    before = state()
    assert [door(case, "assess").status_code for door in doors(aftercare_worker)] == [403, 403]
    assert state() == before


def test_another_office_does_not_find_the_case(doors, outsider, case):
    before = state()
    assert [door(case, "assess").status_code for door in doors(outsider)] == [404, 404]
    assert state() == before


def test_a_case_changed_in_the_meantime_does_not_move(doors, field_officer, case, said):
    Case.objects.update(version=2)
    by_page, by_api = doors(field_officer)
    before = state()
    refused = by_page(case, "assess")
    assert refused.status_code == 409
    assert "Someone else has changed this record" in said(refused)
    assert by_api(case, "assess").status_code == 412
    assert state() == before


def test_who_only_knows_that_a_case_exists_does_not_move_it(doors, colleague, case):
    before = state()
    assert [door(case, "assess").status_code for door in doors(colleague)] == [403, 403]
    assert state() == before


@pytest.mark.parametrize("version", ["²", "9" * 5000])
def test_an_odd_version_does_not_break_the_page(browser_client, field_officer, case, version):
    page = browser_client(field_officer)
    page.raise_request_exception = False
    answer = page.post(f"/cases/{case.pk}/move/", {"step": "assess", "version": version})
    assert answer.status_code < 500
