"""An organisation asks what it needs: drafted, published, answered by page and program, closed as
what it is about."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import AuditEvent
from questions.asking import judged
from questions.models import QuestionSet, Reply, ReplyWords
from tests import factories
from tests.factories import questions as made

pytestmark = pytest.mark.django_db
ASKED = [
    made.question("lived_in", kind="yes_no", required=True),
    made.question("rooms", kind="number", only_if="lived_in=yes", required=True),
    made.question(
        "promised",
        kind="several",
        choices=[{"code": "wage", "label": "A wage"}, {"code": "school", "label": "School"}],
    ),
    made.question("began_on", kind="day"),
]
GOOD = {"lived_in": True, "rooms": 2, "promised": ["wage"], "began_on": "2026-03-02"}


@pytest.fixture
def keeper():
    return factories.user("system_admin")


@pytest.fixture
def case(office):
    return factories.case(office)


@pytest.fixture
def lead(case_manager):
    return case_manager


def send(client, path, body, row):
    return client.post(path, body, If_Match=f'"{row["version"]}"')


def test_a_set_is_made_published_answered_and_replaced(api, keeper, lead, case, recorded):
    admin = api(keeper)
    row = admin.post("question-sets/", {"title": "How it began", "noun": "case"}).json()
    path = f"question-sets/{row['id']}/"
    assert send(admin, f"{path}publish/", {}, row).status_code == 409  # nothing is asked yet
    for body in (
        {"text": "Lived there?", "kind": "yes_no", "required": True},
        {"text": "Rooms", "kind": "number", "only_if": "lived_there=yes"},
    ):
        row = send(admin, f"{path}write-question/", body, row).json()
    assert [question["code"] for question in row["questions"]] == ["lived_there", "rooms"]
    hangs = send(admin, f"{path}drop-question/", {"code": "lived_there"}, row)
    assert (hangs.status_code, hangs.json()["code"]) == (400, "question-without-its-answer")
    row = send(admin, f"{path}publish/", {}, row).json()
    frozen = send(admin, f"{path}write-question/", {"text": "More", "kind": "day"}, row)
    assert (frozen.status_code, frozen.json()["code"]) == (409, "edition-published")
    asked = {"case": str(case.pk), "question_set": row["id"], "answers": {"lived_there": False}}
    assert admin.post("replies/", asked).status_code == 403
    reply = api(lead).post("replies/", asked)
    assert (reply.status_code, reply.json()["about"]) == (201, str(case.pk))
    assert api(lead).post("replies/", asked).json()["code"] == "questions-answered"
    renewed = admin.post(f"{path}renew/", {}).json()
    assert (renewed["edition"], renewed["state"]) == (2, "draft")
    send(admin, f"question-sets/{renewed['id']}/publish/", {}, renewed)
    assert QuestionSet.objects.get(pk=row["id"]).state == "retired"
    assert api(lead).post("replies/", asked).json()["code"] == "not-asked-in-this-case"
    assert len(recorded("reply.written")) == 1


def test_pages_make_a_set_and_show_it_as_it_is_asked(browser_client, keeper, lead, said):
    page = browser_client(keeper)
    assert "No set of questions yet" in said(page.get("/question-sets/"))
    new = {"title": "How it began", "noun": "case", "programmes": ["csec"], "key": "a"}
    path = page.post("/question-sets/new/", new)["Location"]

    def send(step, query="", **typed):
        version = QuestionSet.objects.latest("edition").version
        return page.post(f"{path}{step}/{query}", {"version": version, "key": step} | typed)

    listed = {"text": "Promised", "kind": "several"}
    assert send("question", **listed, choices="A wage").status_code == 409
    assert send("question", **listed, choices="A wage\n\nSchool ").status_code == 302
    assert send("question", text="Which school?", kind="text", only_if="promised=school")
    changed = page.get(f"{path}question/?question=promised").context["form"].initial
    assert (changed["choices"], changed["place"]) == (["A wage", "School"], 1)
    assert send("question", "?question=promised", code="promised", **listed).status_code == 409
    assert send("change", title="How it all began").status_code == 302
    shown_as = said(page.get(path))
    assert "Asked only if: Promised School" in shown_as
    assert "As it is asked" in shown_as
    send("take-away", "?question=which_school", code="which_school")
    assert send("publish")["Location"] == path
    assert send("renew").status_code == 302
    assert page.post(f"{path}retire/", {"version": 99}).status_code == 409
    kept = QuestionSet.objects.order_by("edition").values_list("title", "state")
    assert list(kept) == [("How it all began", "published"), ("How it all began", "draft")]
    assert [len(row.questions) for row in QuestionSet.objects.all()] == [1, 1]
    assert browser_client(lead).get(path).status_code == 403


@pytest.mark.parametrize(
    ("answers", "wrong"),
    [
        (GOOD, set()),
        ({"lived_in": False}, set()),
        ({}, {"lived_in"}),
        ({"lived_in": True}, {"rooms"}),
        ({"lived_in": False, "rooms": 2}, {"rooms"}),
        (GOOD | {"rooms": True}, {"rooms"}),
        (GOOD | {"rooms": 1e12}, {"rooms"}),
        (GOOD | {"promised": ["wage", "wage"]}, {"promised"}),
        (GOOD | {"promised": [["wage"]]}, {"promised"}),
        (GOOD | {"began_on": "2026-02-30"}, {"began_on"}),
        (GOOD | {"began_on": "20260203"}, {"began_on"}),
        (GOOD | {"other": 1}, {""}),
    ],
)
def test_an_answer_is_of_its_kind_and_asked_for(answers, wrong):
    given, faults = judged(ASKED, answers)
    assert set(faults) == wrong
    assert wrong or given == answers


def test_by_page_with_the_fault_at_its_question(browser_client, lead, case, said):
    asked = made.question_set(questions=ASKED)
    page, path = browser_client(lead), f"/cases/{case.pk}/answer/?set={asked.pk}"
    assert 'data-when="q_lived_in=yes"' in page.get(path).content.decode()
    refused = page.post(path, {"q_lived_in": "yes", "key": "a"})
    assert (refused.status_code, list(refused.context["form"].errors)) == (400, ["q_rooms"])
    given = {"q_lived_in": "yes", "q_rooms": "2", "q_began_on": "2026-03-02"}
    saved = page.post(path, given | {"key": "b"})
    assert saved["Location"] == f"/cases/{case.pk}/#own-questions"
    reply = Reply.objects.get()
    assert reply.answers == {"lived_in": True, "rooms": 2, "began_on": "2026-03-02"}
    shown = said(page.get(f"/cases/{case.pk}/"))
    assert "Invented rooms? 2 Invented began_on? 2 Mar 2026" in shown
    again = {"q_lived_in": "no", "version": reply.version}
    page.post(f"/replies/{reply.pk}/correct/", again)
    reply.refresh_from_db()
    assert (reply.answers, reply.version) == ({"lived_in": False}, 2)


def test_what_may_name_somebody_is_encrypted_and_opened(browser_client, api, lead, case):
    person = factories.involvement(case)
    asked = made.question_set(noun="survivor", identity=True)
    body = {"case": str(case.pk), "question_set": str(asked.pk), "about": str(person.pk)}
    made_now = api(lead).post("replies/", body | {"answers": {"invented": "Invented aunt"}})
    assert made_now.json()["answers"] == {}
    pk = made_now.json()["id"]
    assert "aunt" not in str(Reply.objects.filter(pk=pk).values())
    page = browser_client(lead)
    assert "Invented aunt" not in page.get(f"/survivors/{person.pk}/").content.decode()
    assert "Invented aunt" in page.get(f"/replies/{pk}/").content.decode()
    assert "Invented aunt" in page.get(f"/replies/{pk}/correct/").content.decode()
    assert api(lead).get(f"reply-words/{pk}/").json()["answers"] == {"invented": "Invented aunt"}
    assert len(ReplyWords.objects.all()) == 1
    opened = AuditEvent.objects.filter(action="reply.opened", actor_id=lead.pk)
    assert opened.count() == 2  # by pages; by the API a reading is recorded as of every row
    elsewhere = body | {"about": str(factories.involvement().pk), "answers": {}}
    assert api(lead).post("replies/", elsewhere).json()["code"] == "of-another-case"


def test_whoever_knows_no_names_writes_none(api, office, case):
    person = factories.user("data_officer", office)  # who reads the content of every case
    factories.membership(person, "field_officer", office)  # and may answer, on a team
    answers = {"case": str(case.pk), "answers": {}}
    for identity, status in ((False, 201), (True, 403)):
        asked = made.question_set(identity=identity)
        body = answers | {"question_set": str(asked.pk)}
        assert api(person).post("replies/", body).status_code == status


def test_it_is_asked_where_it_is_meant_to_be(api, lead, case):
    elsewhere = made.question_set(programmes=["osec" if case.programme != "osec" else "csec"])
    of_others = made.question_set(office=factories.office("manila"))
    for asked in (elsewhere, of_others):
        body = {"case": str(case.pk), "question_set": str(asked.pk), "answers": {}}
        assert api(lead).post("replies/", body).json()["code"] == "not-asked-in-this-case"


def test_a_hundred_questions_cost_the_page_two_statements(browser_client, lead, case):
    page = browser_client(lead)

    def statements():
        with CaptureQueriesContext(connection) as asked:
            assert page.get(f"/cases/{case.pk}/").status_code == 200
        return len(asked)

    statements()
    before = statements()
    many = [made.question(f"q{number}") for number in range(100)]
    answers = {question["code"]: "Invented" for question in many}
    made.reply(case, question_set=made.question_set(questions=many), answers=answers)
    assert statements() <= before + 2
