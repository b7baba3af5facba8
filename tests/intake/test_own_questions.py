"""An organisation's own questions about a rescue, on the form by which it is logged."""

from __future__ import annotations

import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casework.models import Rescue
from questions.models import Reply, ReplyWords
from tests import factories
from tests.factories import questions as made
from tests.intake.test_log_rescue import REPORT
from tests.intake.test_rescue_page import PAGE, SCRIPT, entries

pytestmark = pytest.mark.django_db
ASKED = [
    made.question("at_sea", kind="yes_no", required=True),
    made.question("boats", kind="number", only_if="at_sea=yes", required=True),
    made.question(
        "nets",
        kind="several",
        choices=[{"code": "drift", "label": "Drift net"}, {"code": "seine", "label": "Seine"}],
    ),
]
SAID = {"at_sea": "yes", "boats": "2", "nets": ["drift"]}
GIVEN = {"at_sea": True, "boats": 2, "nets": ["drift"]}
LEAVE_OUT = "“Fishing boats” is not asked here. Leave it out."


def fishing(**fields):
    return made.question_set(
        **{"title": "Fishing boats", "noun": "rescue", "questions": ASKED} | fields
    )


def own(asked, **said):
    """As the boxes of its card are sent."""
    return {f"own-{asked.pk}-{code}": value for code, value in said.items()}


@pytest.fixture
def phone(browser_client, field_officer):
    return browser_client(field_officer)


def send(phone, asked, said, script=True, **changed):
    sent = entries(**changed) | own(asked, **said)
    return phone.post(PAGE, sent, headers=SCRIPT if script else {})


def test_a_set_is_a_folded_card_for_one_statement(phone, said):
    phone.get(PAGE)
    with CaptureQueriesContext(connection) as before:
        assert "applies.js" not in phone.get(PAGE).content.decode()
    asked = fishing()
    fishing(title="Quarries", programmes=["bonded_labour"])
    with CaptureQueriesContext(connection) as after:
        page = phone.get(PAGE)
    html = " ".join(page.content.decode().split())
    assert len(after) <= len(before)  # where there is none, it is asked as well
    assert "applies.js" in html
    assert "Fishing boats" in said(page)
    assert f'data-when="own-{asked.pk}-at_sea=yes"' in html
    assert 'data-when="programme=bonded_labour"' in html
    assert not re.search(r'data-field="own"[^>]* open', html)


def test_sets_cost_no_statement_each(phone):
    fishing()
    phone.get(PAGE)
    with CaptureQueriesContext(connection) as one:
        phone.get(PAGE)
    for number in range(4):
        fishing(title=f"Boats {number}")
    with CaptureQueriesContext(connection) as five:
        phone.get(PAGE)
    assert len(five) == len(one)
    assert sum('"questions_questionset"' in query["sql"] for query in one) == 1


@pytest.mark.parametrize("script", [False, True])
def test_a_set_that_is_left_alone_holds_up_nothing(phone, script):
    asked = fishing()
    blank = {"at_sea": "", "boats": "", "nets": []}
    assert send(phone, asked, blank, script=script).status_code == 201
    assert (Rescue.objects.count(), Reply.objects.count()) == (1, 0)


def test_answers_are_stored_with_the_rescue_and_once(phone, recorded):
    asked = fishing(programmes=["csec"])
    answers = [send(phone, asked, SAID, key="k-1") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    reply = Reply.objects.get()
    assert (reply.question_set, reply.about) == (asked, Rescue.objects.get().pk)
    assert reply.answers == GIVEN
    assert reply.chosen == ["at_sea=yes", "nets=drift"]
    assert len(recorded("reply.written")) == 1


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"nets": ["drift"]}, {"at_sea": "Answer “Invented at_sea?”."}),
        ({"at_sea": "yes"}, {"boats": "Answer “Invented boats?”."}),
        (
            {"at_sea": "no", "boats": "2"},
            {"boats": "“Invented boats?” is not asked here. Leave it out."},
        ),
        ({"at_sea": "maybe"}, {"at_sea": "Select a valid choice."}),
        ({"at_sea": "no", "boats": "x" * 30_000}, {"boats": "Enter a number."}),
    ],
)
def test_who_begins_a_set_answers_it_whole(phone, said, wrong):
    asked = fishing()
    refused = send(phone, asked, said)
    assert refused.status_code == 400
    errors = refused.json()["errors"]
    assert set(errors) == set(own(asked, **wrong))
    for name, words in own(asked, **wrong).items():
        assert words in errors[name][0]
    html = " ".join(send(phone, asked, said, script=False).content.decode().split())
    for name, words in own(asked, **wrong).items():
        assert f'href="#id_{name}"' in html
        assert f'data-errors="{name}"> <p class="err">' in html
        assert words in html
    assert re.search(r'data-field="own"[^>]* open', html)
    assert bool(re.search(r'value="drift"[^>]*checked', html)) is ("nets" in said)
    assert not Rescue.objects.exists()


def test_a_set_of_another_programme_is_refused_at_its_box(phone):
    asked = fishing(programmes=["bonded_labour", "trafficked_labour"])
    refused = send(phone, asked, SAID)
    assert refused.json()["errors"] == {f"own-{asked.pk}-at_sea": [LEAVE_OUT]}
    html = " ".join(send(phone, asked, SAID, script=False).content.decode().split())
    assert 'data-when="programme=' not in html  # what was begun stays in sight
    assert re.search(r'value="yes"[^>]*checked', html)
    assert not Rescue.objects.exists()
    assert send(phone, asked, SAID, programme="bonded_labour").status_code == 201


def test_of_a_known_case_its_own_programme_counts(phone, field_officer):
    case = factories.assignment(user=field_officer).case
    site = factories.site(case)
    asked = fishing(programmes=[case.programme])
    at = f"site:{site.pk}"
    assert f"programme={case.programme};place={at}" in phone.get(PAGE).content.decode()
    assert send(phone, asked, SAID, place=at, programme="").status_code == 201
    other = fishing(programmes=["bonded_labour"])
    refused = send(phone, other, SAID, place=at, programme="bonded_labour")
    assert list(refused.json()["errors"]) == [f"own-{other.pk}-at_sea"]


def test_a_set_of_another_office_is_neither_shown_nor_taken(phone, api, field_officer):
    elsewhere = fishing(office=factories.office("manila", "PH-MNL"), title="Reefs")
    assert "Reefs" not in phone.get(PAGE).content.decode()
    refused = send(phone, elsewhere, SAID)
    assert list(refused.json()["errors"]) == [f"own-{elsewhere.pk}-at_sea"]
    body = REPORT | {"replies": [{"question_set": str(elsewhere.pk), "answers": GIVEN}]}
    answer = api(field_officer).post("rescue-reports/", body)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["replies[0].question_set"])
    assert not Rescue.objects.exists()
    here = fishing(office=field_officer.home_office)
    assert send(phone, here, SAID).status_code == 201


def test_a_set_that_was_renewed_meanwhile_waits_for_a_person(phone):
    """Nothing is dropped: what was answered stands on the page, with the reason."""
    asked = fishing(code="fishing", state="retired")
    fishing(code="fishing", edition=2)
    refused = send(phone, asked, SAID)
    (words,) = refused.json()["errors"][f"own-{asked.pk}-at_sea"]
    assert words.startswith("“Fishing boats” was changed or ended meanwhile.")
    html = send(phone, asked, SAID, script=False).content.decode()
    assert html.count('data-field="own"') == 2
    assert re.search(rf'name="own-{asked.pk}-boats" value="2"', html)
    assert not Rescue.objects.exists()


@pytest.mark.parametrize("fields", [{"state": "draft"}, {"noun": "survivor"}])
def test_what_is_no_question_of_a_rescue_is_refused_by_name(phone, fields):
    asked = fishing(**fields)
    for name in (*own(asked, at_sea=1), f"own-{uuid.uuid4()}-a", "own-", f"own-{'9' * 60}\0"):
        answer = phone.post(PAGE, entries(**{name: "yes"}), headers=SCRIPT)
        assert answer.status_code == 400
        assert "There is no such question here" in answer.json()["errors"]["__all__"][0]
    known = fishing(title="Others")
    answer = send(phone, known, SAID | {"invented": "x"})
    assert "There is no such question here: 'invented'." in answer.json()["errors"]["__all__"]
    assert not Rescue.objects.exists()


@pytest.mark.parametrize("identity", [False, True])
def test_what_may_say_who_somebody_is_is_encrypted(phone, identity):
    asked = fishing(identity=identity, questions=[made.question("skipper")])
    assert send(phone, asked, {"skipper": "Captain Lantern"}).status_code == 201
    with connection.cursor() as cursor:
        cursor.execute("select row_to_json(r)::text from questions_reply r")
        assert ("Lantern" in cursor.fetchone()[0]) is not identity
        cursor.execute("select text::text from questions_replywords")
        assert "Lantern" not in str(cursor.fetchall())
    words = ReplyWords.objects.first()
    assert bool(words) is identity
    assert not identity or "Captain Lantern" in str(words.text)


def test_a_hundred_long_answers_are_taken(phone):
    many = [made.question(f"question_{n}") for n in range(100)]
    asked = fishing(questions=many)
    said = {each["code"]: "ক" * 2000 for each in many}
    assert send(phone, asked, said).status_code == 201
    assert len(Reply.objects.get().answers) == 100
    refused = send(phone, asked, said | {"question_7": "ক" * 2001})
    assert list(refused.json()["errors"]) == [f"own-{asked.pk}-question_7"]


def test_a_program_sends_the_answers_with_the_report(api, field_officer):
    asked, other = fishing(), fishing(title="Others")
    given = [{"question_set": str(each.pk), "answers": GIVEN} for each in (asked, other)]
    client = api(field_officer)
    first, again = (
        client.post("rescue-reports/", REPORT | {"replies": given}, Idempotency_Key="k")
        for _ in range(2)
    )
    assert (first.status_code, again.json()) == (201, first.json())
    replies = {str(reply.pk): reply for reply in Reply.objects.all()}
    assert [row["question_set"] for row in first.json()["replies"]] == [
        str(asked.pk),
        str(other.pk),
    ]
    assert {row["id"] for row in first.json()["replies"]} == set(replies)
    assert {str(reply.about) for reply in replies.values()} == {first.json()["id"]}


@pytest.mark.parametrize(
    ("answers", "field"),
    [({}, "answers.at_sea"), (GIVEN | {"boats": True}, "answers.boats"), ({"x": 1}, "answers")],
)
def test_a_wrong_answer_is_refused_at_its_place(api, field_officer, answers, field):
    good, asked = fishing(title="Good"), fishing()
    replies = [
        {"question_set": str(good.pk), "answers": GIVEN},
        {"question_set": str(asked.pk), "answers": answers},
    ]
    answer = api(field_officer).post("rescue-reports/", REPORT | {"replies": replies})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [f"replies[1].{field}"])
    assert not Rescue.objects.exists()
    assert not Reply.objects.exists()
