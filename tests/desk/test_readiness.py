"""Whatever the record asks of a case is said before it is closed: what is urgent keeps it open."""

from __future__ import annotations

import pytest
from django.utils import timezone

from casework.models import Case
from core.models import AuditEvent
from core.services import Refused
from desk.closing.readiness import unmet
from desk.closing.services import reopen_case
from desk.rules import BEFORE_CLOSING, BY_CODE, RULES
from desk.tasks import to_do
from tests import factories
from tests.desk.answers import ANSWERS
from tests.desk.causes import CAUSES, change
from tests.desk.test_closing import WHY, brought_out, close
from tests.factories import care

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


def test_every_need_is_tried_here():
    assert {*UNSETTLED, *CAUSES} == {rule.code for rule in BEFORE_CLOSING}


@pytest.mark.parametrize("code", CAUSES)
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
    *("follow-up-due", "withdrawal-untold", "appeal-pending", "compensation-unpaid"),
    *("rehabilitation-late", "certificate-missing", "charge-asleep", "charge-transferred"),
}
# Decisions of others, that closing does not take from them (`test_rules.py` asks each of them).
DECIDED_BY_OTHERS = {"emergency-unreviewed", "opening-asked", "disclosure-proposed", "record-asked"}


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
    assert "Remind of a request without an answer (1) is not asked any more" in words
    assert "Ask where the compensation is (1) is asked on after closing" in words
    found = api(case_manager).get(f"cases/{case.pk}/readiness/").json()["unmet"]
    told = {one["code"]: (one["blocks"], one["goes_on"]) for one in found}
    assert told["open-task"] == (True, False)
    assert told["compensation-unpaid"] == (False, True)


@pytest.mark.parametrize("code", UNSETTLED)
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
    target = need.url.partition("#")[2]
    here = browser_client(case_manager).get(f"/cases/{case.pk}/").content.decode()
    assert f'id="{target}"' in here
    assert Case.objects.get().status == "rescued"
