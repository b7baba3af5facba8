"""A case is closed when everything is settled, or somebody says why not; and goes on again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from casework.models import Closing
from casework.workflow import case_workflow
from core.models import AuditEvent
from core.services import Refused, Stale
from desk.case.timeline import timeline
from desk.closing.services import close_case, leave_to_aftercare, reopen_case
from tests import factories
from tests.desk.causes import change, complained
from tests.factories import care, justice, persons

pytestmark = pytest.mark.django_db
WHY = "Invented reason of some length"


@pytest.fixture
def case(office):
    """Somebody works on it."""
    case = factories.case(office, status="rescued")
    factories.assignment(case, factories.user("legal_officer", office))
    return case


def brought_out(case):
    rescue = factories.rescue(case)
    return factories.involvement(case, rescue=rescue, outcome="rescued")


def served(case):
    person = brought_out(case)
    factories.service_record(case, involvement=person)
    care.closed_plan(involvement=person, follow_up_by=None)
    justice.police_report(complaint=complained(case, timedelta(0)))


def close(case, actor, **words):
    values = {"version": case.version, "reason": "goals_met"} | words
    closing = close_case(case, actor=actor, **values)
    case.refresh_from_db()
    return closing


def test_when_everything_is_settled_it_closes(case, case_manager, recorded):
    served(case)
    closing = close(case, case_manager, note="Invented note")
    assert (case.status, case.closed_on) == ("closed", case.jurisdiction.today)
    assert (closing.stood, closing.unmet) == ("rescued", [])
    assert (closing.words.note, closing.words.override) == ("Invented note", None)
    assert recorded("case.close") == [(case_manager.pk, str(case.pk))]
    assert recorded("case.closed_unready") == []


def test_a_case_manager_closes_it_all_the_same_and_that_is_recorded(case, case_manager):
    factories.task(case)
    factories.prosecution(case)
    with pytest.raises(Refused, match="Say why"):
        close(case, case_manager, override="no")
    closing = close(case, case_manager, override=WHY)
    assert {"open-prosecution", "open-task"} <= set(closing.unmet)
    assert closing.words.override == WHY
    event = AuditEvent.objects.get(action="case.closed_unready")
    assert event.detail == {"unmet": closing.unmet}
    assert WHY not in str(event.detail)


def test_an_offer_ends_with_the_case(case, case_manager):
    offer = factories.transfer(case)
    close(case, case_manager, override=WHY)
    offer.refresh_from_db()
    assert (offer.status, offer.decided_by) == ("withdrawn", case_manager)


def test_reasons_are_encrypted(case, case_manager):
    factories.task(case)
    close(case, case_manager, override=WHY, note="Invented note")
    with connection.cursor() as cursor:
        cursor.execute("select note, override from casework_closingwords")
        assert not any(text in str(cursor.fetchall()) for text in (WHY, "Invented note"))


def test_a_day_before_the_opening_or_ahead_is_refused(case, case_manager):
    with pytest.raises(Refused, match="before the day it was opened"):
        close(case, case_manager, closed_on=case.opened_on - timedelta(days=1))
    with pytest.raises(Refused, match="future"):
        close(case, case_manager, closed_on=case.jurisdiction.today + timedelta(days=1))
    assert close(case, case_manager, closed_on=case.opened_on).closed_on == case.opened_on


def test_a_closed_case_goes_on_where_it_stood(case, case_manager):
    close(case, case_manager)
    with pytest.raises(Refused, match="not possible now"):
        close(case, case_manager)
    with pytest.raises(Refused, match="Say why"):
        reopen_case(case, version=case.version, reason="no", actor=case_manager)
    closing = reopen_case(case, version=case.version, reason=WHY, actor=case_manager)
    case.refresh_from_db()
    assert (case.status, case.closed_on) == ("rescued", None)
    assert (closing.reopened_by, closing.words.reopened_for) == (case_manager, WHY)
    with pytest.raises(Refused, match="not possible now"):
        reopen_case(case, version=case.version, reason=WHY, actor=case_manager)
    close(case, case_manager)
    assert Closing.objects.count() == 2


def test_it_goes_on_where_it_stood_before_this_closing(case, case_manager):
    """Not where it stood before another, whichever day that one names."""
    close(case, case_manager)
    reopen_case(case, version=case.version, reason=WHY, actor=case_manager)
    case.refresh_from_db()
    change(case, status="prosecution")
    close(case, case_manager, closed_on=case.opened_on)
    reopen_case(case, version=case.version, reason=WHY, actor=case_manager)
    case.refresh_from_db()
    assert case.status == "prosecution"


def test_an_old_version_changes_nothing(case, case_manager):
    for verb, words in (
        (close_case, {"reason": "goals_met"}),
        (leave_to_aftercare, {}),
        (reopen_case, {"reason": WHY}),
    ):
        with pytest.raises(Stale):
            verb(case, version=7, actor=case_manager, **words)


def test_closing_and_reopening_stand_on_the_timeline(case, case_manager):
    close(case, case_manager)
    titles = [item["title"] for item in timeline(case, case_manager)["items"]]
    assert "Case closed" in titles
    reopen_case(case, version=case.version, reason=WHY, actor=case_manager)
    case.refresh_from_db()
    titles = [item["title"] for item in timeline(case, case_manager)["items"]]
    assert {"Case closed: What was planned is reached", "Case reopened"} <= set(titles)


def test_only_aftercare_is_left_when_no_court_is(case, case_manager):
    factories.task(case)  # tasks may stay
    pending = factories.prosecution(case)
    with pytest.raises(Refused, match="A proceeding is not decided yet \\(1\\)"):
        leave_to_aftercare(case, version=1, actor=case_manager)
    factories.decision(charge=factories.charge(prosecution=pending))
    leave_to_aftercare(case, version=1, actor=case_manager)
    case.refresh_from_db()
    assert case.status == "aftercare_only"
    step = case_workflow.steps["prosecute"]
    assert step.refusal(case, case.status, case_manager) is None
    with pytest.raises(Refused, match="not possible now"):
        leave_to_aftercare(case, version=2, actor=case_manager)


def test_only_a_case_manager_closes(case, field_officer, case_manager, browser_client, api):
    factories.assignment(case, field_officer)
    page = browser_client(field_officer)
    assert "Close the case" not in page.get(f"/cases/{case.pk}/").content.decode()
    assert page.get(f"/cases/{case.pk}/close/").status_code == 403
    body = {"reason": "goals_met"}
    refused = api(field_officer).post(f"cases/{case.pk}/close/", body, If_Match='"1"')
    assert refused.status_code == 403
    stranger = factories.user("case_manager", factories.office("manila", "PH-MNL"))
    assert browser_client(stranger).get(f"/cases/{case.pk}/close/").status_code == 404


def test_the_pages_close_and_reopen(case, case_manager, browser_client, said):
    page = browser_client(case_manager)
    factories.task(case)
    path = f"/cases/{case.pk}/close/"
    form = {"version": "1", "reason": "declined", "closed_on": str(timezone.localdate())}
    refused = page.post(path, form)
    assert (refused.status_code, "A task is open (1)" in said(refused)) == (409, True)
    assert page.post(path, form | {"reason": "x"}).status_code == 400
    assert page.post(path, form | {"override": WHY})["Location"] == f"/cases/{case.pk}/"
    words = said(page.get(f"/cases/{case.pk}/"))
    assert "Help was declined" in words
    assert WHY in words
    again = page.post(f"/cases/{case.pk}/reopen/", {"version": "2", "reason": WHY})
    assert again["Location"] == f"/cases/{case.pk}/"


def test_the_interface_closes_and_reopens(case, case_manager, api):
    client, path = api(case_manager), f"cases/{case.pk}"
    factories.task(case)
    left = client.get(f"{path}/readiness/").json()["unmet"]
    assert [one["code"] for one in left] == ["open-task"]
    body = {"reason": "other", "override": WHY}
    assert client.post(f"{path}/close/", body).status_code == 428
    closed = client.post(f"{path}/close/", body, If_Match='"1"')
    assert (closed.status_code, closed["ETag"]) == (200, '"2"')
    assert closed.json()["unmet"] == ["open-task"]
    assert client.post(f"{path}/close/", body, If_Match='"1"').status_code == 412
    assert client.post(f"{path}/close/", body, If_Match='"2"').status_code == 409
    (listed,) = client.get(f"closings/?case={case.pk}").json()["results"]
    assert WHY not in str(listed)
    words = client.get(f"closing-words/{listed['id']}/").json()
    assert (words["override"], words["note"]) == (WHY, None)
    opened = client.post(f"{path}/reopen/", {"reason": WHY}, If_Match='"2"')
    assert (opened.status_code, opened["ETag"]) == (200, '"3"')


def test_the_summary_shows_codes_and_no_names(case, case_manager, browser_client, api, said):
    factories.identity(case, "Invented Name")
    factories.charge(case, suspect=factories.suspect(case, "Invented Offender"))
    factories.task(case, what="Ask the clerk")
    words = said(browser_client(case_manager).get(f"/cases/{case.pk}/summary/"))
    assert "Ask the clerk" in words
    assert case_manager.name in words
    assert "Invented Name" not in words
    assert "Invented Offender" not in words
    shown = api(case_manager).get(f"cases/{case.pk}/summary/").json()
    assert shown["reference"] == case.reference
    assert len(shown["suspects"]) == len(shown["proceedings"][0]["charges"]) == 1
    assert AuditEvent.objects.filter(action="case.summarised", case_id=case.pk).count() == 2
    stranger = factories.user("case_manager", factories.office("manila", "PH-MNL"))
    assert browser_client(stranger).get(f"/cases/{case.pk}/summary/").status_code == 404


@pytest.mark.parametrize(
    ("whom", "purpose"),
    [("authorities", "court"), ("partners", "care"), ("public", "publication")],
)
@pytest.mark.by_turns(3)
def test_a_sheet_for_outside_leaves_out_who_has_not_agreed_and_says_how_many(
    case, case_manager, browser_client, api, said, whom, purpose
):
    agreed, silent, other, gone = (factories.involvement(case, code=f"S-{n}") for n in range(1, 5))
    to = {"recipient_kind": whom}
    persons.consent(agreed, purpose=purpose, **to)
    persons.consent(other, purpose="statistics", **to)
    persons.consent(gone, purpose=purpose, withdrawn_on=date(2026, 5, 1), **to)
    factories.task(case, what=f"Ask {silent.code}")
    page, path = browser_client(case_manager), f"cases/{case.pk}/summary/"
    inside = said(page.get(f"/{path}"))
    assert all(person.code in inside for person in (agreed, silent, other, gone))
    assert "do not give it to anybody outside" in inside
    sheet = said(page.get(f"/{path}?for={whom}"))
    assert "3 survivors have not agreed to that and are left out" in sheet
    assert agreed.code in sheet
    assert not any(person.code in sheet for person in (silent, other, gone))
    shown = api(case_manager).get(f"{path}?for={whom}").json()
    assert [row["code"] for row in shown["survivors"]] == [agreed.code]
    assert (shown["left_out"], shown["tasks"]) == (3, [])
    assert api(case_manager).get(f"{path}?for=anyone").status_code == 400
    assert page.get(f"/{path}?for=anyone").status_code == 409


def test_who_only_knows_that_it_exists_gets_an_empty_sheet(case, field_officer, api):
    factories.identity(case)
    factories.task(case)
    shown = api(field_officer).get(f"cases/{case.pk}/summary/").json()
    assert [shown[part] for part in ("survivors", "suspects", "proceedings", "tasks")] == [[]] * 4


def test_what_was_said_is_read_by_the_team_and_not_by_the_data_officer(
    case, case_manager, field_officer, browser_client, api, said, recorded
):
    """The words are of people; that a case was closed, and for which reason, is content."""
    factories.assignment(case, field_officer)
    factories.task(case)
    close(case, case_manager, override=WHY, note="Canary Ivory went home")
    counter = factories.user("data_officer", factories.office("global"))
    colleague = factories.user("legal_officer", case.office)
    (closing,) = Closing.objects.filter(case=case)
    path = f"closing-words/{closing.pk}/"
    assert api(field_officer).get(path).json()["note"] == "Canary Ivory went home"
    assert AuditEvent.objects.filter(action="closing.opened", actor_id=field_officer.pk).exists()
    (listed,) = api(counter).get(f"closings/?case={case.pk}").json()["results"]
    assert listed["reason"] == "goals_met"
    assert not {"note", "override", "reopened_for"} & set(listed)
    assert [api(person).get(path).status_code for person in (counter, colleague)] == [404, 404]
    for person, seen in ((field_officer, True), (counter, False)):
        words = said(browser_client(person).get(f"/cases/{case.pk}/"))
        assert ("Canary Ivory" in words, WHY in words) == (seen, seen)
        assert "What was planned is reached" in words
