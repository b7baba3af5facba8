"""Two people at one record: nothing typed is lost, and both versions stand side by side."""

from __future__ import annotations

import pytest

from casework.models import Case
from casework.services.cases import correct_case
from core.context import acting_as
from tests import factories

pytestmark = pytest.mark.django_db

FORM = {
    "programme": "csec",
    "jurisdiction": "IN-WB-KOL",
    "opened_on": "2026-03-02",
    "support_level": "own",
}


@pytest.fixture
def case(office):
    return factories.case(office, programme="osec")


def changes(case, actor):
    with acting_as(actor.pk):
        correct_case(
            case,
            version=1,
            programme="bonded_labour",
            jurisdiction=case.jurisdiction,
            opened_on=case.opened_on,
            support_level=case.support_level,
            actor=actor,
        )


def test_both_versions_and_who_changed_it_stand_on_the_form(
    case, case_manager, office, browser_client, said
):
    other = factories.user("case_manager", office, name="Invented Colleague")
    changes(case, other)
    page = browser_client(case_manager)
    answer = page.post(f"/cases/{case.pk}/correct/", FORM | {"version": "1"})
    assert answer.status_code == 409
    words = said(answer)
    assert "Changed by Invented Colleague" in words
    typed, stands = "Commercial sexual exploitation of children", "Bonded labour"
    assert f"Kind of exploitation You typed {typed} Saved now {stands}" in words
    assert "Opened on You typed 2 Mar 2026 Saved now 1 Mar 2026" in words
    assert "Place You typed" not in words, "what is alike is not repeated"
    html = answer.content.decode()
    assert 'value="csec" selected' in html
    assert 'value="2 Mar 2026"' in html
    assert 'name="version" value="2"' in html
    assert Case.objects.get().programme == "bonded_labour"


def test_saved_again_it_takes_the_place(case, case_manager, office, browser_client):
    changes(case, factories.user("case_manager", office))
    page = browser_client(case_manager)
    again = page.post(f"/cases/{case.pk}/correct/", FORM | {"version": "2"})
    assert again.status_code == 302
    assert Case.objects.get().programme == "csec"


def test_the_page_of_a_button_says_who_and_leads_back(
    case, case_manager, office, browser_client, said
):
    changes(case, factories.user("case_manager", office, name="Invented Colleague"))
    page = browser_client(case_manager)
    answer = page.post(f"/cases/{case.pk}/move/", {"step": "assess", "version": "1"})
    assert answer.status_code == 409
    assert "Changed by Invented Colleague" in said(answer)
    assert f'href="/cases/{case.pk}/"' in answer.content.decode()


def test_what_is_encrypted_is_not_shown_by_it(case, case_manager, office, browser_client, said):
    """A name typed against an old version is kept on the form; the one recorded stays closed."""
    person = factories.identity(case, "Recorded Name").victim.involvements.get()
    page = browser_client(case_manager)
    form = {"full_name": "Typed Name", "version": "7"}
    answer = page.post(f"/people/{person.pk}/correct/", form)
    assert answer.status_code == 409
    assert 'value="Typed Name"' in answer.content.decode()
    assert "Recorded Name" not in said(answer)


def test_a_task_is_compared_by_the_same_rule(case, case_manager, browser_client, said):
    task = factories.task(case, version=3)
    page = browser_client(case_manager)
    form = {"assignee": str(case_manager.pk), "due_on": "2026-12-01", "version": "2"}
    answer = page.post(f"/tasks/{task.pk}/assign/", form)
    assert answer.status_code == 409
    words = said(answer)
    assert f"Who does it You typed {case_manager.name} – case manager Saved now" in words
    assert "By when You typed 1 Dec 2026 Saved now 2 Apr 2026" in words
