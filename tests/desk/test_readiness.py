"""Whatever the record asks of a case is said before it is closed: what is urgent keeps it open."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from casework.models import Case
from core.models import AuditEvent
from core.services import Refused
from desk.closing.readiness import unmet
from desk.closing.services import leave_to_aftercare, reopen_case
from desk.rules import BEFORE_CLOSING, BY_CODE, RULES
from desk.to_do.tasks import to_do
from tests import factories
from tests.desk.answers import ANSWERS
from tests.desk.causes import CAUSES, change
from tests.desk.test_closing import WHY, brought_out, close
from tests.factories import care, field, ledger, persons
from tests.whole import share

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(office):
    """Somebody works on it."""
    case = factories.case(office, status="rescued")
    factories.assignment(case, factories.user("legal_officer", office))
    return case


UNSETTLED = {
    "open-prosecution": factories.prosecution,
    "open-referral": factories.referral,
    "open-care-plan": care.care_plan,
    "survivor-not-looked-after": brought_out,
    "open-task": factories.task,
    "transfer-waiting": factories.transfer,
}


WARNED = {
    "held": factories.custody,
    "placed": care.placement,
    "journey": ledger.repatriation,
}


def test_every_need_is_tried_here():
    assert {*UNSETTLED, *WARNED, *CAUSES} == {rule.code for rule in BEFORE_CLOSING}


@pytest.mark.parametrize("code", list(share(CAUSES, "before closing", one_in=3)))
@pytest.mark.by_turns(12)
def test_whatever_a_rule_asks_is_said_before_closing(case, case_manager, code):
    """Also what others are asked, what was put off, and what a second person decides."""
    if code == "case-without-anybody":
        case.assignment_set.update(ended_at=timezone.now())
    row = CAUSES[code](case)
    if BY_CODE[code].second:
        change(row, **{BY_CODE[code].second: case_manager})
    factories.snooze(case, rule=code, row_id=row.pk)
    need = next(need for need in unmet(case, case_manager) if need.code == code)
    assert need.words == f"{BY_CODE[code].words} (1)"
    assert need.goes_on == BY_CODE[code].after_closing


def test_what_is_urgent_keeps_it_open_and_of_the_rest_one_is_warned(case, case_manager):
    factories.assignment(case, case_manager)
    later = CAUSES["request-unanswered"](case)
    (need,) = unmet(case, case_manager)
    assert (need.code, need.blocks, need.goes_on) == ("request-unanswered", False, False)
    closing = close(case, case_manager)
    assert closing.unmet == []
    event = AuditEvent.objects.get(action="case.closed_unready")
    assert event.detail == {"unmet": ["request-unanswered"]}
    reopen_case(case, version=case.version, reason=WHY, actor=case_manager)
    case.refresh_from_db()
    ANSWERS["request-unanswered"](later)
    CAUSES["survivor-accused"](case)
    (need,) = [need for need in unmet(case, case_manager) if need.code == "survivor-accused"]
    assert need.blocks
    with pytest.raises(Refused, match="Stand by a survivor"):
        close(case, case_manager)


GOES_ON = {
    *(
        "follow-up-due",
        "follow-up-alarm",
        "withdrawal-untold",
        "appeal-pending",
        "compensation-unpaid",
    ),
    *("rehabilitation-late", "certificate-missing", "file-differs"),
    "material-known",
    *("charge-asleep", "charge-transferred"),
}
# Decisions of others, that closing does not take from them (`test_rules.py` asks each of them).
DECIDED_BY_OTHERS = {
    *("emergency-unreviewed", "opening-asked", "disclosure-proposed", "record-asked"),
    "recognition-asked",
}


def test_what_people_are_owed_is_asked_of_a_closed_case(case, case_manager):
    going_on = {rule.code for rule in RULES if rule.after_closing}
    assert going_on == GOES_ON | DECIDED_BY_OTHERS
    for code in GOES_ON:
        CAUSES[code](case)
    close(case, case_manager, override=WHY)
    asked = to_do(case_manager, rules=RULES).filter(case=case.pk).first_of_each(5)
    assert {task.rule for task in asked} == GOES_ON


def test_the_page_tells_what_blocks_from_what_is_only_open(
    case, case_manager, browser_client, api, said
):
    CAUSES["request-unanswered"](case)
    CAUSES["compensation-unpaid"](case)
    factories.task(case)
    page = browser_client(case_manager).get(f"/cases/{case.pk}/close/")
    words = said(page)
    assert "Not settled yet" in words
    assert "Remind of a request without an answer (1) It is no longer asked." in words
    assert "Ask where the compensation is (1) It is asked on after closing." in words
    found = api(case_manager).get(f"cases/{case.pk}/readiness/").json()["unmet"]
    told = {one["code"]: (one["blocks"], one["goes_on"]) for one in found}
    assert told["open-task"] == (True, False)
    assert told["compensation-unpaid"] == (False, True)


@pytest.mark.parametrize("code", WARNED)
@pytest.mark.by_turns(3)
def test_of_what_may_go_on_one_is_warned(case, case_manager, browser_client, said, code):
    WARNED[code](case)
    need = next(need for need in unmet(case, case_manager) if need.code == code)
    assert (need.blocks, need.due, need.goes_on) == (False, True, False)
    page = browser_client(case_manager).get(f"/cases/{case.pk}/close/")
    assert f"{need.words} It is no longer asked." in said(page)
    there, _sign, target = need.url.partition("#")
    here = browser_client(case_manager).get(there).content.decode()
    assert f'id="{target}"' in here
    assert not [
        need.code for need in unmet(case, case_manager) if need.code == code and need.blocks
    ]


def test_what_is_over_is_not_told(case, case_manager):
    factories.custody(case, ended_on=date(2026, 4, 1), ended="bail")
    care.placement(case, until=date(2026, 5, 1), ended_for="planned")
    over = {"travelled_on": date(2026, 9, 2), "arrived_on": date(2026, 9, 3)}
    ledger.repatriation(case, status="arrived", **over)
    assert {need.code for need in unmet(case, case_manager)} & {*WARNED} == set()


LATER = {
    "assessment-due": lambda case: care.care_plan(case, assess_by=ahead(90), review_by=None),
    "consent-ending": lambda case: persons.consent(
        factories.involvement(case), expires_on=ahead(200)
    ),
    "custody-limit": lambda case: factories.custody(case, charge_by=ahead(60)),
    "follow-up-due": lambda case: care.closed_plan(case, follow_up_by=ahead(80)),
    "hearing-result": lambda case: factories.hearing(case, listed_on=ahead(20)),
    "request-unanswered": lambda case: factories.assistance_request(case, asked_on=ahead(-3)),
    "rescue-without-complaint": lambda case: factories.rescue(case, occurred_at=timezone.now()),
    "step-overdue": lambda case: field.step(case, planned_for=ahead(5)),
    "charge-asleep": lambda case: factories.decision(
        case, disposition="archived", decided_on=ahead(-100)
    ),
}


def ahead(days):
    return timezone.localdate() + timedelta(days=days)


@pytest.mark.parametrize("code", LATER)
@pytest.mark.by_turns(4)
def test_what_is_not_due_yet_is_told_and_keeps_nothing_open(
    case, case_manager, browser_client, api, said, code
):
    LATER[code](case)
    (need,) = [need for need in unmet(case, case_manager) if need.code == code]
    assert (need.blocks, need.due) == (False, False)
    assert need.words == f"{BY_CODE[code].words} (1), not due yet"
    assert need.words in said(browser_client(case_manager).get(f"/cases/{case.pk}/close/"))
    found = api(case_manager).get(f"cases/{case.pk}/readiness/").json()["unmet"]
    assert [one["due"] for one in found if one["code"] == code] == [False]
    assert not to_do(case_manager, rules=[BY_CODE[code]]).first_of_each(5)


def test_what_is_dropped_before_its_day_is_recorded(case, case_manager):
    LATER["request-unanswered"](case)
    LATER["follow-up-due"](case)  # asked of the closed case on its day
    close(case, case_manager)
    event = AuditEvent.objects.get(action="case.closed_unready")
    assert event.detail == {"unmet": ["request-unanswered"]}


def test_an_archived_charge_is_told_before_aftercare_alone_and_does_not_keep_it_back(
    case, case_manager, browser_client, said
):
    LATER["charge-asleep"](case)
    page = browser_client(case_manager).get(f"/cases/{case.pk}/only-aftercare/")
    words = "Ask whether an archived or stayed charge can be taken up again (1), not due yet"
    assert f"{words} It is asked on after closing." in said(page)
    leave_to_aftercare(case, version=case.version, actor=case_manager)
    assert Case.objects.get().status == "aftercare_only"


def test_the_charges_of_one_proceeding_are_one_question(case, case_manager):
    first = factories.decision(case, disposition="archived", decided_on=ahead(-180))
    charge = factories.charge(prosecution=first.charge.prosecution)
    factories.decision(charge=charge, judgment=first.judgment, disposition="archived")
    (task,) = to_do(case_manager, rules=[BY_CODE["charge-asleep"]]).first_of_each(5)
    assert task.due_on == timezone.localdate()


@pytest.mark.parametrize("code", UNSETTLED)
@pytest.mark.by_turns(3)
def test_what_is_not_settled_keeps_it_open_in_words_with_a_link(
    case, case_manager, browser_client, said, code
):
    UNSETTLED[code](case)
    need = next(need for need in unmet(case, case_manager) if need.code == code)
    assert need.blocks
    with pytest.raises(Refused, match="settled") as refused:
        close(case, case_manager)
    assert need.words in str(refused.value)
    page = browser_client(case_manager).get(f"/cases/{case.pk}/close/")
    assert need.words in said(page)
    assert f'href="{need.url}"' in page.content.decode()
    there, _sign, target = need.url.partition("#")
    here = browser_client(case_manager).get(there).content.decode()
    assert f'id="{target}"' in here
    assert Case.objects.get().status == "rescued"
