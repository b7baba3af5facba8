"""What a prosecutor from outside tells or asks waits for the team, and changes nothing before."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, ProgrammingError, transaction
from django.utils import timezone

from accounts.models import Notice
from core.context import acting_as
from core.models import AuditEvent
from prosecutions.answers import services as answers
from prosecutions.models import Answer, AssistanceRequest, Hearing
from tests import factories
from tests.factories import justice

pytestmark = pytest.mark.django_db


@pytest.fixture
def hearing(case):
    return factories.hearing(case)


@pytest.fixture
def outside(case):
    return factories.disclosure(case, parts=["suspect", "court"]).user


@pytest.fixture
def told(hearing, outside):
    return justice.answer(hearing=hearing, user=outside)


def body(hearing, **more):
    next_on = str(hearing.case.jurisdiction.today + timedelta(days=30))
    said = {"kind": "result", "hearing": str(hearing.pk), "result": "held"}
    return said | {"next_on": next_on, "next_purpose": "arguments"} | more


def test_from_the_page_of_the_court_to_the_record(browser_client, page, hearing, outside, said):
    court = f"/cases/{hearing.case_id}/court/"
    theirs, address = (
        browser_client(outside),
        f"/prosecutions/{hearing.prosecution_id}/answers/new/",
    )
    assert address in theirs.get(court).content.decode()
    assert address not in page.get(court).content.decode(), "the team records it itself"
    assert theirs.get(address).status_code == 200
    assert theirs.post(address, body(hearing) | {"key": "k"}).status_code == 302
    hearing.refresh_from_db()
    assert (hearing.result, Hearing.objects.count()) == ("", 1), "nothing changed"
    assert "Waiting for the team" in said(theirs.get(court))
    answer = Answer.objects.get()
    waits = said(page.get(f"/answers/{answer.pk}/accept/"))
    assert outside.name in waits
    assert page.post(f"/answers/{answer.pk}/accept/", {"version": "1"}).status_code == 302
    hearing.refresh_from_db()
    assert (hearing.result, hearing.next.purpose) == ("held", "arguments")
    assert "Accepted" in said(theirs.get(court))
    assert Notice.objects.filter(user=outside, kind="answer-decided").exists()


def test_the_history_names_both(api, lawyer, told):
    done = api(lawyer).post(f"answers/{told.pk}/accept/", {}, If_Match='"1"')
    assert (done.status_code, done.json()["status"]) == (200, "accepted")
    event = AuditEvent.objects.get(action="answer.accepted")
    assert (event.actor_id, event.detail["told_by"]) == (lawyer.pk, str(told.user_id))
    assert AuditEvent.objects.get(action="hearing.recorded").actor_id == lawyer.pk
    again = api(lawyer).post(f"answers/{told.pk}/accept/", {}, If_Match=done["ETag"])
    assert (again.status_code, again.json()["detail"]) == (409, "This was already decided.")


def test_refused_it_changes_nothing_and_says_why(browser_client, api, lawyer, told, said):
    refuse = f"answers/{told.pk}/refuse/"
    assert api(lawyer).post(refuse, {}, If_Match='"1"').status_code == 400
    why = {"reason": "The order sheet says adjourned."}
    assert api(lawyer).post(refuse, why, If_Match='"1"').status_code == 200
    told.hearing.refresh_from_db()
    assert told.hearing.result == ""
    theirs = said(browser_client(told.user).get(f"/cases/{told.case_id}/court/"))
    assert why["reason"] in theirs
    assert lawyer.name not in theirs


def test_a_next_date_and_a_request_are_done_by_the_verbs_of_the_team(api, lawyer, hearing, outside):
    of = {"prosecution": str(hearing.prosecution_id)}
    day = str(hearing.case.jurisdiction.today + timedelta(days=40))
    listed = {"kind": "next_date", "next_on": day, "next_purpose": "mention"}
    for facts in (listed, {"kind": "request", "asked": "evidence", "words": "D-1, please"}):
        made = api(outside).post("answers/", of | facts)
        assert made.status_code == 201, made.json()
        path = f"answers/{made.json()['id']}/accept/"
        assert api(lawyer).post(path, {}, If_Match='"1"').status_code == 200
    assert Hearing.objects.filter(purpose="mention", listed_on=day).exists()
    asked = AssistanceRequest.objects.get()
    assert (asked.direction, asked.kind) == ("from", "evidence")


def test_what_the_verb_refuses_waits_on(api, lawyer, told):
    """The team recorded the result itself meanwhile."""
    Hearing.objects.filter(pk=told.hearing_id).update(result="held")
    done = api(lawyer).post(f"answers/{told.pk}/accept/", {}, If_Match='"1"')
    assert (done.status_code, "already recorded" in done.json()["detail"]) == (409, True)
    told.refresh_from_db()
    assert told.status == "waiting"


REFUSED = {
    "no hearing": ({"hearing": None}, "without a result"),
    "no result": ({"result": ""}, "what came of the hearing"),
    "no reason": ({"result": "adjourned"}, "Give a reason"),
    "a day gone": ({"next_on": "2026-05-05"}, "in the future"),
    "something else": ({"asked": "evidence"}, "does not belong"),
    "only words": ({"kind": "request", "words": "x"}, "does not belong"),
}


@pytest.mark.parametrize(("facts", "words"), REFUSED.values(), ids=REFUSED)
def test_what_is_not_whole_is_refused(api, hearing, outside, facts, words):
    of = {"prosecution": str(hearing.prosecution_id)}
    answer = api(outside).post("answers/", body(hearing) | of | facts)
    assert answer.status_code in (400, 409)
    assert words in answer.content.decode()
    assert not Answer.objects.exists()


def test_a_result_is_told_once(api, told):
    of = {"prosecution": str(told.prosecution_id)}
    again = api(told.user).post("answers/", body(told.hearing) | of)
    assert again.status_code == 400
    assert "was already told" in again.content.decode()


def test_so_many_wait_and_no_more(api, lawyer, hearing, outside, monkeypatch):
    """Else one person could bury what presses. What was decided makes room."""
    monkeypatch.setattr(answers, "MOST_WAITING", 2)
    ask = {"prosecution": str(hearing.prosecution_id), "kind": "request", "asked": "evidence"}
    made = [api(outside).post("answers/", ask) for _time in range(3)]
    assert [one.status_code for one in made] == [201, 201, 409]
    assert "Send more once the team has decided some" in made[2].json()["detail"]
    assert Answer.objects.count() == 2
    refuse = f"answers/{made[0].json()['id']}/refuse/"
    why = {"reason": "This was asked for twice."}
    assert api(lawyer).post(refuse, why, If_Match='"1"').status_code == 200
    assert api(outside).post("answers/", ask).status_code == 201


def test_what_was_struck_is_refused_from_its_page_and_fills_no_place(
    page, api, told, outside, monkeypatch
):
    monkeypatch.setattr(answers, "MOST_WAITING", 1)
    proceeding = told.prosecution_id
    Answer.objects.filter(pk=told.pk).update(prosecution=None, hearing=None)
    there = page.get(f"/answers/{told.pk}/accept/").content.decode()
    assert f'href="/answers/{told.pk}/refuse/"' in there
    ask = {"prosecution": str(proceeding), "kind": "request", "asked": "evidence"}
    assert api(outside).post("answers/", ask).status_code == 201


def test_only_to_whom_the_court_is_disclosed_now(api, hearing, outside, lawyer):
    sent = body(hearing) | {"prosecution": str(hearing.prosecution_id)}
    other = factories.disclosure(hearing.case, parts=["suspect"]).user
    ended = factories.disclosure(hearing.case, status="ended").user
    for user, status in ((lawyer, 403), (other, 400), (ended, 400)):
        assert api(user).post("answers/", sent).status_code == status
    assert api(outside).post("answers/", sent).status_code == 201


def test_a_prosecutor_decides_nothing(api, told):
    for verb in ("accept", "refuse"):
        answer = api(told.user).post(f"answers/{told.pk}/{verb}/", {}, If_Match='"1"')
        assert answer.status_code == 403
    assert api(told.user).get(f"answers/{told.pk}/").json()["status"] == "waiting"


@pytest.mark.parametrize(
    "more", [{"status": "refused", "reason": "x"}, {"user": None}], ids=["decided", "as another"]
)
def test_the_database_takes_only_what_waits_from_outside(hearing, outside, lawyer, more):
    """The second wall alone."""
    facts = {"user": outside, "decided_by": lawyer, "decided_at": timezone.now()} | more
    if facts["user"] is None:
        facts = {"user": lawyer}
    with pytest.raises(ProgrammingError), transaction.atomic(), acting_as(outside.pk):
        justice.answer(hearing=hearing, **facts)


@pytest.mark.parametrize("more", ["in another's name", "decided"])
def test_nor_from_the_team(hearing, outside, lawyer, more):
    """The second wall alone: whoever reaches the case tells nothing in another's name."""
    facts = {"user": outside}
    if more == "decided":
        facts = {"user": lawyer, "status": "refused", "reason": "x", "decided_by": outside}
        facts["decided_at"] = timezone.now()
    with pytest.raises(ProgrammingError), transaction.atomic(), acting_as(lawyer.pk):
        justice.answer(hearing=hearing, **facts)


REWRITTEN = {
    "words": {"words": "Canary"},
    "result": {"result": "adjourned"},
    "user": {"user": None},
    "next date": {"next_on": "2027-01-01"},
    "kind": {"kind": "request"},
}


@pytest.mark.parametrize("changes", REWRITTEN.values(), ids=REWRITTEN)
def test_the_database_lets_nobody_rewrite_what_was_told(told, lawyer, changes):
    changes = {"user": lawyer} if "user" in changes else changes
    with pytest.raises(ProgrammingError), transaction.atomic(), acting_as(lawyer.pk):
        change(told, changes)


def change(answer, changes):
    row = Answer.objects.get(pk=answer.pk)
    for name, value in changes.items():
        setattr(row, name, value)
    row.save(update_fields=list(changes))


def test_nor_what_it_was_about_nor_what_was_decided(told, lawyer):
    other = factories.hearing(told.case)
    decided = {"status": "accepted", "decided_by": lawyer, "decided_at": timezone.now()}
    stays = [{"hearing": other}, {"prosecution": other.prosecution}]

    def refused(**changes):
        stands = pytest.raises(DatabaseError, match="stands")
        with stands, transaction.atomic(), acting_as(lawyer.pk):
            change(told, changes)

    for changes in stays:
        refused(**changes)
    with acting_as(lawyer.pk):
        Answer.objects.filter(pk=told.pk).update(**decided)
    refused(status="refused", reason="x")
    refused(status="waiting", decided_by=None, decided_at=None)
    with acting_as(lawyer.pk):
        assert Answer.objects.filter(pk=told.pk).update(hearing=None) == 1


def test_another_prosecutor_reads_only_their_own(browser_client, api, told, lawyer, said):
    other = factories.disclosure(told.case, parts=["suspect", "court"]).user
    justice.answer(hearing=told.hearing, user=other, words="Canary Teal")
    for user, sees in ((other, {other.pk}), (told.user, {told.user_id}), (lawyer, None)):
        right = sees or {other.pk, told.user_id}
        assert {row.user_id for row in Answer.objects.visible_to(user)} == right
        assert {row.user_id for row in Answer.objects.visible_in(told.case, user)} == right
        with acting_as(user.pk):
            assert {row.user_id for row in Answer.objects.all()} == right
    assert api(other).get(f"answers/{told.pk}/").status_code == 404
    court = f"/cases/{told.case_id}/court/"
    assert "Canary Teal" in said(browser_client(other).get(court))
    assert "Canary Teal" not in said(browser_client(told.user).get(court))
