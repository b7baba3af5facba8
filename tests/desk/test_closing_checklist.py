"""What an organisation wants confirmed before a case is closed: asked, shown, kept by edition."""

from __future__ import annotations

import pytest

from casework.models import Closing
from questions.models import QuestionSet
from questions.services.replies import answer_questions
from tests import factories
from tests.desk.test_closing import WHY, served
from tests.factories import questions as made

pytestmark = pytest.mark.django_db
VISITED = made.question("visited", kind="yes_no", required=True, text="Was the family visited?")
WHEN = made.question("when", kind="day", required=True, only_if="visited=yes", text="When?")
REMARK = made.question("remark", text="A remark")
CODE = "closing-checklist"


@pytest.fixture
def case(office):
    case = factories.case(office, status="rescued")
    factories.assignment(case, factories.user("legal_officer", office))
    served(case)
    return case


@pytest.fixture
def asked():
    return made.question_set(
        noun="closing", title="Before we close", questions=[VISITED, WHEN, REMARK]
    )


def test_what_is_not_confirmed_keeps_it_open(api, case, case_manager, asked, browser_client, said):
    """Asked once answered with yes; who said it, and when, stands beside it, also afterwards."""
    client, page = api(case_manager), browser_client(case_manager)
    assert client.get(f"cases/{case.pk}/readiness/").json()["unmet"][0] == {
        "code": CODE,
        "words": "Before we close: Was the family visited?",
        "blocks": True,
        "due": True,
        "goes_on": False,
    }
    closing = {"reason": "goals_met"}
    close = f"cases/{case.pk}/close/"
    assert client.post(close, closing, If_Match=f'"{case.version}"').status_code == 409
    assert "Not settled yet" in said(page.get(f"/{close}"))
    answer = f"/cases/{case.pk}/answer/?set={asked.pk}&about={case.pk}"
    assert answer.replace("&", "&amp;") in page.get(f"/{close}").content.decode()
    with_no = {"q_visited": "no", "q_remark": "On Monday", "key": "a"}
    assert page.post(answer, with_no).status_code == 302
    assert "Not settled yet 1 Before we close: Was the family visited?" in said(
        page.get(f"/{close}")
    )
    (reply,) = case.reply_set.all()
    settled = {"visited": True, "when": "2026-11-03", "remark": "On Monday"}
    corrected = client.patch(f"replies/{reply.pk}/", {"answers": settled}, If_Match='"1"')
    assert corrected.status_code == 200
    shown = said(page.get(f"/{close}"))
    assert "Not settled yet" not in shown
    assert f"Was the family visited? {case_manager.name}, " in shown
    done = client.post(close, closing, If_Match=f'"{case.version}"')
    assert (done.status_code, done.json()["unmet"]) == (200, [])
    made.reply(case, question_set=made.question_set(title="Of the case itself"))
    shown = said(page.get(f"/cases/{case.pk}/"))
    assert f"Yes {case_manager.name}, " in shown
    assert shown.count("Of the case itself") == shown.count("Before we close") == 1


def test_it_is_asked_where_it_is_meant_to_be_and_closing_all_the_same_says_so(
    api, case, case_manager
):
    elsewhere = factories.office("manila")
    made.question_set(noun="closing", office=elsewhere, questions=[VISITED])
    made.question_set(noun="closing", questions=[REMARK])  # nothing that must be answered
    client = api(case_manager)
    assert client.get(f"cases/{case.pk}/readiness/").json()["unmet"] == []
    more = made.question("told", kind="yes_no", required=True)
    made.question_set(noun="closing", office=case.office, questions=[VISITED, more])
    asked = {"reason": "goals_met", "override": WHY}
    done = client.post(f"cases/{case.pk}/close/", asked, If_Match=f'"{case.version}"')
    assert done.json()["unmet"] == [CODE]
    assert Closing.objects.get().words.override == WHY


def test_a_new_edition_is_asked_anew_and_the_former_answers_stay(api, case, case_manager, asked):
    settled = {"visited": True, "when": "2026-11-03"}
    answer = {"about": case.pk, "answers": settled, "actor": case_manager}
    former = answer_questions(case, question_set=asked, **answer)
    QuestionSet.objects.filter(pk=asked.pk).update(state="retired")
    made.question_set(noun="closing", code=asked.code, edition=2, questions=[VISITED, WHEN])
    readiness = api(case_manager).get(f"cases/{case.pk}/readiness/").json()
    assert [need["code"] for need in readiness["unmet"]] == [CODE]
    assert former.question_set.questions == [VISITED, WHEN, REMARK]


def test_answers_kept_encrypted_are_only_asked_for(api, case, case_manager):
    asked = made.question_set(noun="closing", identity=True, questions=[VISITED])
    client, path = api(case_manager), f"cases/{case.pk}/readiness/"
    assert len(client.get(path).json()["unmet"]) == 1
    answer_questions(case, question_set=asked, answers={"visited": False}, actor=case_manager)
    assert client.get(path).json()["unmet"] == []


def test_no_open_case_lacks_what_waits_for_its_end(asked):
    assert not QuestionSet.objects.must_be_answered().exists()
