"""A care plan is closed for a reason that the record bears out."""

from __future__ import annotations

from datetime import date

import pytest

from aftercare.closing import CRITERIA
from aftercare.enums import PlanEnd
from aftercare.services.plans import close_plan, open_plan
from core.services import Refused
from tests import factories
from tests.factories import care, persons
from victims.models import Victim

pytestmark = pytest.mark.django_db
APRIL, JUNE = date(2026, 4, 1), date(2026, 6, 1)
NO_VICTIM = {"status": "NotAVictimOfTrafficking", "decided_by": "Police", "decided_on": JUNE}
TRIED = [date(2026, 5, 4), date(2026, 5, 11), date(2026, 5, 18)]


@pytest.fixture
def plan(case):
    return care.care_plan(case)


@pytest.fixture
def close(act, plan, manager):
    def closed(why, day=JUNE, **words):
        plan.refresh_from_db()
        words |= {"version": plan.version, "closed_on": day, "closed_for": why}
        return act(close_plan, plan, manager, **words)

    return closed


def test_every_reason_has_its_criteria():
    assert set(CRITERIA) == set(PlanEnd.values)


def test_goals_met_needs_a_person_who_is_restored_by_the_last_assessment(close, plan):
    care.assessment(plan=plan, assessed_on=APRIL)
    last = care.assessment(plan=plan, assessed_on=date(2026, 5, 1), answers=care.all_at(2))
    with pytest.raises(Refused, match="The last assessment does not show the person as restored"):
        close("goals_met")
    last.answers = {}
    last.save()
    with pytest.raises(
        Refused, match="The last assessment does not show the person as restored"
    ):  # not scorable is not restored
        close("goals_met")
    last.answers = care.all_at(4)
    last.save()
    assert close("goals_met").status == "closed"


def test_goals_met_needs_reviews_and_assessments_that_are_not_overdue(close, plan):
    plan.opened_on = date(2025, 1, 1)
    plan.save()
    care.assessment(plan=plan, assessed_on=date(2025, 1, 20))
    with pytest.raises(Refused, match="assessment is overdue"):
        close("goals_met")
    care.assessment(plan=plan, assessed_on=date(2026, 3, 1))
    with pytest.raises(Refused, match="review is overdue"):
        close("goals_met")
    care.plan_review(plan=plan, reviewed_on=date(2026, 3, 1))
    assert close("goals_met").status == "closed"


@pytest.mark.parametrize("why", ["relocated", "transferred"])
def test_moved_away_and_handed_over_need_a_receiver(close, why):
    with pytest.raises(Refused, match="Say who continues") as caught:
        close(why)
    assert caught.value.field == "handed_to"
    there = factories.provider()
    assert close(why, handed_to=there).handed_to == there


def test_a_receiver_is_named_only_where_the_work_goes_on(close):
    with pytest.raises(
        Refused, match="Leave this empty: with this reason nobody continues the work"
    ):
        close("declined", handed_to=factories.provider())


@pytest.mark.parametrize("why", ["deceased", "not_a_victim", "duplicate"])
def test_who_died_sleeps_nowhere(close, plan, why):
    stay = care.placement(involvement=plan.involvement)
    if why == "not_a_victim":
        persons.exploitation(involvement=plan.involvement, **NO_VICTIM)
    with pytest.raises(Refused, match="still open"):
        close(why)
    stay.until, stay.ended_for = JUNE, "other"
    stay.save()
    assert close(why).closed_for == why


@pytest.mark.parametrize("why", ["declined", "goals_met"])
@pytest.mark.parametrize("record", ["own", "another of the person"])
def test_nobody_in_danger_is_let_go_as_safe(close, plan, case, why, record):
    care.assessment(plan=plan, assessed_on=date(2026, 5, 1), answers=care.all_at(4))
    flagged = plan.involvement.victim
    if record != "own":
        flagged = factories.victim(case)
        Victim.objects.filter(pk=flagged.pk).update(merged_into=plan.involvement.victim)
    Victim.objects.filter(pk=flagged.pk).update(safety_flag=True)
    with pytest.raises(Refused, match="as in danger") as caught:
        close(why)
    assert caught.value.field == "closed_for"
    Victim.objects.filter(pk=flagged.pk).update(safety_flag=False)
    assert close(why).closed_for == why


# By hand: the rescue was on 10 March 2026, the plan is closed on 1 June: two months on at least.
@pytest.mark.parametrize(
    ("low", "high", "of_age"),
    [
        (214, 214, True),
        (213, 213, False),
        (213, 400, False),
        (216, 1439, True),
        (None, None, False),
    ],
)
def test_only_who_is_of_age_came_of_age(close, plan, case, low, high, of_age):
    person = plan.involvement
    person.rescue, person.outcome = factories.rescue(case), "rescued"
    person.save()
    Victim.objects.filter(pk=person.victim_id).update(age_min_months=low, age_max_months=high)
    if of_age:
        assert close("aged_out").closed_for == "aged_out"
        return
    with pytest.raises(Refused, match="may be under 18") as caught:
        close("aged_out")
    assert caught.value.field == "closed_for"


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, True),
        ({"decided_on": None}, True),
        ({"decided_on": date(2026, 6, 2)}, False),
        ({"status": "PossibleVictimOfTrafficking"}, False),
    ],
)
def test_who_is_no_victim_was_found_so_by_somebody(close, plan, change, found):
    with pytest.raises(
        Refused, match="No decision on record says that this person is not a victim"
    ) as caught:
        close("not_a_victim")
    assert caught.value.field == "closed_for"
    persons.exploitation(involvement=plan.involvement, **(NO_VICTIM | change))
    if found:
        assert close("not_a_victim").closed_for == "not_a_victim"
    else:
        with pytest.raises(
            Refused, match="No decision on record says that this person is not a victim"
        ):
            close("not_a_victim")


def test_what_was_found_in_another_case_says_nothing_of_this_one(close, plan, case):
    other = factories.involvement(factories.case(case.office), plan.involvement.victim)
    persons.exploitation(involvement=other, **NO_VICTIM)
    with pytest.raises(
        Refused, match="No decision on record says that this person is not a victim"
    ):
        close("not_a_victim")


def test_whoever_opened_a_plan_does_not_close_it(act, person, manager, case, api, browser_client):
    opened = act(open_plan, person, manager, opened_on=APRIL)
    assert opened.opened_by == manager
    words = {"version": opened.version, "closed_on": JUNE, "closed_for": "declined"}
    with pytest.raises(
        Refused, match="You opened this plan, so another case manager must close it"
    ):
        act(close_plan, opened, manager, **words)
    shown = api(manager).get(f"care-plans/{opened.pk}/").json()
    assert shown["opened_by"] == manager.username
    another, close = factories.user("case_manager", case.office), f"/plans/{opened.pk}/close/"
    for user, offered in ((manager, False), (another, True)):
        page = browser_client(user).get(opened.get_absolute_url()).content.decode()
        assert (close in page) is offered
    assert act(close_plan, opened, another, **words).closed_by == another


def test_contact_is_lost_after_three_attempts_on_different_days(close, plan):
    for days in ([], TRIED[:2], [TRIED[0]] * 3):
        with pytest.raises(Refused, match="at least 3 days") as caught:
            close("lost_contact", tried_on=days)
        assert caught.value.field == "tried_on"
    for day in (date(2026, 3, 1), date(2026, 6, 2)):
        with pytest.raises(Refused, match="within the days"):
            close("lost_contact", tried_on=[*TRIED, day])
    with pytest.raises(Refused, match="Enter attempts only if contact is lost"):
        close("other", tried_on=TRIED)
    assert close("lost_contact", tried_on=TRIED).tried_on == [day.isoformat() for day in TRIED]


def test_page_and_interface_ask_for_the_same(browser_client, api, manager, plan, case, said):
    page, path = browser_client(manager), f"/plans/{plan.pk}/close/"
    body = {"closed_on": "2026-06-01", "closed_for": "lost_contact", "version": plan.version}
    assert "at least 3 days" in said(page.post(path, body))
    assert "Enter a day" in said(page.post(path, body | {"tried_on": "invented"}))
    days = "4 May 2026, 2026-05-11 18/5/2026,"
    assert page.post(path, body | {"tried_on": days}).status_code == 302
    other, there = care.care_plan(case), factories.provider()
    words = {"closed_on": "2026-06-01", "closed_for": "relocated"}
    path = f"care-plans/{other.pk}/close/"
    refused = api(manager).post(path, words, If_Match='"1"')
    assert "handed_to" in refused.json()["errors"]
    closed = api(manager).post(path, words | {"handed_to": str(there.pk)}, If_Match='"1"')
    assert closed.json()["handed_to"] == str(there.pk)
