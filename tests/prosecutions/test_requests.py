"""Requests to and from others: asked, reminded, answered; and what a prosecutor is shown of all."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from core.services import Refused, Stale
from prosecutions.models import AssistanceRequest
from prosecutions.services.requests import answer_request, record_request, remind_request
from tests import factories
from tests.case_pages import pages_of
from tests.factories import justice

pytestmark = pytest.mark.django_db
DAY = date(2026, 5, 4)


@pytest.fixture
def worker(case):
    return factories.assignment(case, factories.user("field_officer", case.office)).user


@pytest.fixture
def page(browser_client, worker):
    return browser_client(worker)


def ask(case, actor, where="PH", **facts):
    values = {"direction": "to", "kind": "evidence", "asked_on": DAY}
    return record_request(
        case, jurisdiction=factories.place(where), actor=actor, **(values | facts)
    )


def test_a_request_is_recorded_reminded_and_answered(case, worker, recorded):
    asked = ask(case, worker)
    with pytest.raises(Refused, match="earlier than the request"):
        remind_request(asked, reminded_on=DAY - timedelta(days=1), actor=worker)
    reminded = remind_request(asked, reminded_on=DAY + timedelta(days=9), actor=worker)
    assert (reminded.reminders, reminded.reminded_on) == (1, DAY + timedelta(days=9))
    with pytest.raises(
        Refused,
        match="A reminder cannot be earlier than the request, its answers or earlier reminders",
    ):
        remind_request(asked, reminded_on=DAY + timedelta(days=8), actor=worker)
    again = remind_request(asked, reminded_on=DAY + timedelta(days=9), actor=worker)
    assert (again.reminders, again.version) == (2, 3)
    with pytest.raises(Stale):
        answer_request(asked, version=1, answer="in_part", answered_on=DAY, actor=worker)
    with pytest.raises(Refused, match="The answer cannot be earlier than the request"):
        answer_request(
            again,
            version=3,
            answer="given",
            answered_on=DAY - timedelta(days=1),
            actor=worker,
        )
    part = answer_request(again, version=3, answer="in_part", answered_on=DAY, actor=worker)
    part = remind_request(part, reminded_on=DAY + timedelta(days=20), actor=worker)
    whole = answer_request(
        part, version=5, answer="given", answered_on=date(2026, 6, 1), actor=worker
    )
    assert (whole.answer, whole.answered_on) == ("given", date(2026, 6, 1))
    with pytest.raises(Refused, match="already answered"):
        remind_request(whole, reminded_on=date(2026, 6, 2), actor=worker)
    assert recorded("request.recorded") == [(worker.pk, str(asked.pk))]
    assert (len(recorded("request.reminded")), len(recorded("request.answered"))) == (3, 2)


def test_what_is_answered_in_part_waits_for_the_rest(case, worker, api, page, said):
    """It is still in the docket, asked for and offered a reminder, until all is there."""
    asked = ask(case, worker)
    part = answer_request(
        asked, version=1, answer="in_part", answered_on=DAY + timedelta(days=9), actor=worker
    )
    with pytest.raises(Refused, match="its answers"):
        remind_request(part, reminded_on=DAY + timedelta(days=8), actor=worker)
    (row,) = api(worker).get("docket/?show=waiting").json()["results"]
    assert row["awaited"] == ["Evidence, given in part"]
    shown = page.get(f"/cases/{case.pk}/court/")
    assert f"/requests/{part.pk}/remind/" in shown.content.decode()
    assert "Given in part" in said(shown)
    for query, found in (("waiting=true", 1), ("waiting=false", 0), ("unanswered=true", 0)):
        assert len(api(worker).get(f"assistance-requests/?{query}").json()["results"]) == found, (
            query
        )
    answer_request(
        part, version=2, answer="given", answered_on=DAY + timedelta(days=9), actor=worker
    )
    assert api(worker).get("docket/?show=waiting").json()["results"] == []
    assert len(api(worker).get("assistance-requests/?waiting=false").json()["results"]) == 1


def test_nothing_lies_in_the_future(case, worker):
    later = date(2999, 1, 1)
    with pytest.raises(Refused, match="in the future"):
        ask(case, worker, asked_on=later)
    asked = ask(case, worker)
    with pytest.raises(Refused, match="in the future"):
        remind_request(asked, reminded_on=later, actor=worker)
    with pytest.raises(Refused, match="in the future"):
        answer_request(asked, version=1, answer="given", answered_on=later, actor=worker)


def test_references_belong_to_the_case_and_the_country(case, worker):
    with pytest.raises(Refused, match="another case"):
        ask(case, worker, prosecution=factories.prosecution())
    with pytest.raises(Refused, match="another country"):
        ask(case, worker, "PH", agency=factories.agency())
    assert ask(case, worker, "IN-WB", agency=factories.agency())
    assert AssistanceRequest.objects.count() == 1


def test_who_may_not_is_refused(case, worker, office):
    asked = ask(case, worker)
    stranger = factories.user("field_officer", office)
    counter = factories.user("data_officer", office)
    for actor in (stranger, counter):
        with pytest.raises(PermissionDenied):
            ask(case, actor)
        with pytest.raises(PermissionDenied):
            remind_request(asked, reminded_on=DAY, actor=actor)
        with pytest.raises(PermissionDenied):
            answer_request(asked, version=1, answer="given", answered_on=DAY, actor=actor)


@pytest.mark.parametrize(
    ("code", "abroad"), [("IN", False), ("IN-DL", False), ("PH", True), ("PH-MNL", True)]
)
def test_abroad_is_another_country_than_that_of_the_case(case, code, abroad):
    justice.assistance_request(case, jurisdiction=factories.place(code))
    assert AssistanceRequest.objects.with_abroad().get().abroad is abroad


def test_the_pages_record_remind_and_answer(page, case, said):
    address = f"/cases/{case.pk}/requests/new/"
    assert len(page.get(address).context["form"].fields) <= 6
    agency = factories.agency()
    body = {
        "direction": "to",
        "kind": "laboratory",
        "jurisdiction": "IN-WB",
        "agency": str(agency.pk),
        "asked_on": DAY,
        "key": "k-1",
    }
    first, again = (page.post(address, body) for _ in range(2))
    assert (first.status_code, again["Location"]) == (302, first["Location"])
    asked = AssistanceRequest.objects.get()
    remind = f"/requests/{asked.pk}/remind/"
    assert page.post(remind, {"reminded_on": "2026-05-20", "key": "k-2"}).status_code == 302
    assert page.post(remind, {"reminded_on": "2026-05-01", "key": "k-3"}).status_code == 409
    days = (case.jurisdiction.today - DAY).days
    words = said(page.get(f"/cases/{case.pk}/court/"))
    assert "Report of a laboratory" in words
    assert f"waits {days} days" in words
    assert "reminded once, 20 May 2026" in words
    answer = {"answer": "refused", "answered_on": "2026-06-01", "version": "2"}
    assert page.post(f"/requests/{asked.pk}/answer/", answer).status_code == 302
    assert page.post(f"/requests/{asked.pk}/answer/", answer).status_code == 409
    words = said(page.get(f"/cases/{case.pk}/court/"))
    assert f"waits {days} days" not in words
    assert "Refused" in words


def test_what_others_ask_of_us_waits_for_our_answer(page, case, said):
    justice.assistance_request(case, direction="from", kind="identify")
    words = said(page.get(f"/cases/{case.pk}/court/"))
    assert "They asked us" in words
    assert "they wait" in words
    assert "Abroad" in words


def test_what_waits_longest_stands_first(page, case):
    for day, answer in ((9, ""), (3, ""), (1, "given"), (2, "given")):
        answered = {"answer": answer, "answered_on": date(2026, 6, day)} if answer else {}
        justice.assistance_request(case, asked_on=date(2026, 5, day), **answered)
    rows = page.get(f"/cases/{case.pk}/court/").context["requests"]["rows"]
    assert [row["asked_on"].day for row in rows] == [3, 9, 2, 1]


def test_an_empty_section_says_what_will_stand_there(page, case, said):
    assert "Nothing asked of others" in said(page.get(f"/cases/{case.pk}/court/"))


@pytest.mark.parametrize(
    "broken",
    [
        {"direction": "both"},
        {"kind": ""},
        {"jurisdiction": "ZZ"},
        {"jurisdiction": "x\0"},
        {"agency": "nobody"},
        {"asked_on": "2999-01-01"},
        {"asked_on": "some day"},
    ],
)
def test_hostile_boxes_are_refused(page, case, broken):
    body = {"direction": "to", "kind": "arrest", "jurisdiction": "PH", "asked_on": DAY} | broken
    assert page.post(f"/cases/{case.pk}/requests/new/", body).status_code == 400
    assert not AssistanceRequest.objects.exists()


# By program.


def test_the_list_is_narrowed(api, case, worker):
    ours = justice.assistance_request(case)
    theirs = justice.assistance_request(case, direction="from", jurisdiction=factories.place())
    done = justice.assistance_request(case, answer="given", answered_on=DAY)
    other = justice.assistance_request(factories.assignment(user=worker).case)
    caller = api(worker)

    def found(query):
        answer = caller.get(f"assistance-requests/?{query}")
        assert answer.status_code == 200, answer.content
        return {row["id"] for row in answer.json()["results"]}

    mine = {str(row.pk) for row in (ours, theirs, done)}
    assert found(f"case={case.pk}") == mine
    assert found("unanswered=true") == {str(ours.pk), str(theirs.pk), str(other.pk)}
    assert found("unanswered=false") == {str(done.pk)}
    assert found("direction=from") == {str(theirs.pk)}
    assert found("abroad=false") == {str(theirs.pk)}
    assert found(f"abroad=true&case={case.pk}") == {str(ours.pk), str(done.pk)}
    assert caller.get("assistance-requests/?abroad=perhaps").status_code == 400


def test_a_program_records_reminds_and_answers(api, case, worker):
    caller = api(worker)
    body = {
        "case": str(case.pk),
        "direction": "to",
        "kind": "extradition",
        "jurisdiction": "PH",
        "asked_on": "2026-05-04",
    }
    made = caller.post("assistance-requests/", body)
    assert made.status_code == 201, made.content
    assert (made.json()["abroad"], made.json()["reminders"]) == (True, 0)
    one = f"assistance-requests/{made.json()['id']}"
    assert caller.post(f"{one}/remind/", {"reminded_on": "2026-05-09"}).json()["reminders"] == 1
    answer = {"answer": "given", "answered_on": "2026-06-01"}
    assert caller.post(f"{one}/answer/", answer).status_code == 428
    assert caller.post(f"{one}/answer/", answer, If_Match='"1"').status_code == 412
    answered = caller.post(f"{one}/answer/", answer, If_Match='"2"')
    assert (answered.status_code, answered.json()["answer"]) == (200, "given")


# Shown to a prosecutor from outside.


@pytest.fixture
def disclosed(case, office):
    prosecutor = factories.user("prosecutor", office)
    factories.disclosure(case, prosecutor, parts=["suspect", "court", "people"])
    return prosecutor


def rows_of(case):
    person = factories.involvement(case, code="S-7")
    return [
        justice.participation(involvement=person),
        justice.protective_measure(involvement=person),
        justice.accusation(involvement=person),
        justice.assistance_request(case),
    ]


LISTS = ("participations", "protective-measures", "accusations", "assistance-requests")


def test_a_prosecutor_reads_exactly_the_rows_of_the_case(
    case, disclosed, browser_client, api, said
):
    mine = rows_of(case)
    rows_of(factories.case(case.office))
    shown = browser_client(disclosed).get(f"/cases/{case.pk}/court/")
    words = said(shown)
    for part in ("S-7", "Willing to take part", "Video link", "is accused", "Evidence"):
        assert part in words, part
    for verb in ("/taking-part/", "/protection/", "/accusations/", "/requests/"):
        assert verb not in shown.content.decode(), verb
    caller = api(disclosed)
    for address, row in zip(LISTS, mine, strict=True):
        (one,) = caller.get(f"{address}/").json()["results"]
        assert one["id"] == str(row.pk)
        assert caller.get(f"{address}/{row.pk}/").status_code == 200


def test_a_court_without_the_survivors_shows_no_code(case, office, browser_client, api, said):
    prosecutor = factories.user("prosecutor", office)
    factories.disclosure(case, prosecutor, parts=["suspect", "court"])
    mine = rows_of(case)
    words = said(browser_client(prosecutor).get(f"/cases/{case.pk}/court/"))
    assert "S-7" not in words
    assert "A survivor whose code is not open to you" in words
    assert "A survivor is accused" in words
    (one,) = api(prosecutor).get("participations/").json()["results"]
    assert one["id"] == str(mine[0].pk)


def test_without_the_court_nothing_of_it_is_shown(case, office, browser_client, api, said):
    prosecutor = factories.user("prosecutor", office)
    factories.disclosure(case, prosecutor, parts=["suspect", "people"])
    rows_of(case)
    reader = browser_client(prosecutor)
    words = " ".join(said(reader.get(one)) for one in pages_of(case.pk))
    assert "S-7" in words
    for part in ("Taking part in court", "is accused", "Requests", "Willing"):
        assert part not in words, part
    for address in LISTS:
        assert api(prosecutor).get(f"{address}/").json()["results"] == []


def test_a_prosecutor_writes_nothing(case, disclosed, api, browser_client):
    step, measure, accusation, request = rows_of(case)
    caller, page = api(disclosed), browser_client(disclosed)
    person = {"involvement": str(step.involvement_id)}
    body = person | {"kind": "willing", "happened_on": "2026-06-01"}
    assert caller.post("participations/", body).status_code == 403
    correct = f"participations/{step.pk}/correct/"
    assert caller.post(correct, {"kind": "statement"}, If_Match='"1"').status_code == 403
    for path in (
        f"/survivors/{step.involvement_id}/taking-part/new/",
        f"/taking-part/{step.pk}/correct/",
        f"/protection/{measure.pk}/answer/",
        f"/accusations/{accusation.pk}/end/",
        f"/requests/{request.pk}/remind/",
        f"/requests/{request.pk}/answer/",
        f"/cases/{case.pk}/requests/new/",
    ):
        assert page.post(path).status_code == 403, path
