"""Today, To do and the interface say one order: what is harmed if a thing is not done in hours."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from desk.rules import OF_THE_RECORD, RULES, Harm
from desk.to_do.lines import MOST_OF_A_CLASS
from desk.to_do.tasks import key_of, rules_for, tasks_to_do, to_do
from intake.services import log_rescue
from tests import factories
from tests.desk.causes import CAUSES, alarmed, held, rescued, unseen, unwitnessed
from tests.factories import justice
from victims.enums import RANGES, AgeBand, Sex
from victims.services.survivors import Person

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def case(office, field_officer):
    return factories.assignment(factories.case(office), field_officer).case


@pytest.fixture
def manager(browser_client, case_manager):
    return browser_client(case_manager)


def draft(case, need="medical", days=0, urgency="now"):
    row = factories.referral(case)
    made = timezone.now() - timedelta(days=days)
    type(row).objects.filter(pk=row.pk).update(need=need, urgency=urgency, created_at=made)
    return row


def given(case, to, days, **more):
    """A task that is due so many days from today."""
    return factories.task(case, assignee=to, due_on=TODAY() + timedelta(days=days), **more)


def in_order(user):
    found = to_do(user, rules=rules_for(user), own=tasks_to_do)
    return found.order_by("place", "id")[:500]


def classes(user, *codes):
    return [task.harm for task in in_order(user) if task.rule in codes]


def tonight(officer, needs=("medical",)):
    """Two people brought out three hours ago, logged by an officer of the team."""
    made = log_rescue(
        occurred_at=timezone.now() - timedelta(hours=3),
        jurisdiction=factories.place("IN-WB-KOL"),
        programme="bonded_labour",
        people=[Person(Sex.FEMALE, *RANGES[AgeBand.ADULT])] * 2,
        needs=list(needs),
        actor=officer,
    )
    return made.rescue


# The order


def test_the_gravest_comes_first(office, case_manager):
    codes = {
        "task": lambda: factories.task(
            factories.case(office), due_on=TODAY(), assignee=case_manager
        ),
        "hearing-without-witness": lambda: unwitnessed(factories.case(office)),
        "bed": lambda: draft(factories.case(office), "safe_place"),
        "doctor": lambda: draft(factories.case(office), "medical"),
        "follow-up-alarm": lambda: alarmed(factories.case(office)),
        "custody-court": lambda: unseen(factories.case(office)),
    }
    made = [make().pk for make in codes.values()]  # the least pressing is made first
    found = [task.pk for task in in_order(case_manager) if task.pk in made]
    assert found == made[::-1]


def test_every_rule_with_a_class_is_named_here():
    """Said once, where the rule is declared; the rest is the rest."""
    graver = {rule.code: rule.harm for rule in RULES if rule.harm is not Harm.REST}
    by_the_row = {"referral-draft", "referral-unanswered", "referral-declined"}
    assert set(graver) - by_the_row == {
        "custody-court",
        "custody-limit",
        "custody-presumed",
        "custody-without-limit",
        "follow-up-alarm",
        "hearing-without-witness",
    }
    assert by_the_row < set(graver)


def test_what_is_not_due_comes_first_then_the_least_overdue(case, case_manager):
    days = (-60, -29, -1, 0, 1, 30)
    made = {day: given(case, case_manager, day).pk for day in days}
    found = [task.pk for task in in_order(case_manager) if not task.rule]
    assert found == [made[day] for day in (0, 1, 30, -1, -29, -60)]


def test_a_limit_two_weeks_away_is_not_of_hours(case, case_manager):
    held(case, -timedelta(days=13))
    assert classes(case_manager, "custody-limit") == [Harm.REST]
    held(case, -timedelta(days=2))
    assert classes(case_manager, "custody-limit") == [Harm.CUSTODY, Harm.REST]


@pytest.mark.parametrize(
    ("needs", "harm"),
    [
        (("police_guard", "medical"), Harm.DANGER),
        (("interpreter", "medical"), Harm.MEDICAL),
        (("safe_place",), Harm.NO_BED),
        (("food_clothes",), Harm.REST),
    ],
)
@pytest.mark.by_turns(4)
def test_drafts_of_a_case_are_as_grave_as_the_gravest(case, case_manager, needs, harm):
    for need in needs:
        draft(case, need)
    assert classes(case_manager, "referral-draft") == [harm]


def test_a_need_that_may_wait_for_days_is_of_the_rest(case, case_manager):
    draft(case, "medical", urgency="days")
    assert classes(case_manager, "referral-draft") == [Harm.REST]


def test_a_forgotten_draft_does_not_hide_the_one_of_tonight(case, case_manager):
    draft(case, "medical", days=400)
    new = draft(case, "interpreter")
    (task,) = [task for task in in_order(case_manager) if task.rule == "referral-draft"]
    assert (task.pk, task.harm, task.about) == (new.pk, Harm.MEDICAL, "2 not sent")


def test_a_witness_who_declined_is_none(case, case_manager):
    hearing = unwitnessed(case)
    step = justice.participation(case, prosecution=hearing.prosecution)
    assert classes(case_manager, "hearing-without-witness") == []
    justice.participation(
        involvement=step.involvement,
        kind="declined",
        declined_for="trauma",
        happened_on=TODAY(),
    )
    assert classes(case_manager, "hearing-without-witness") == [Harm.HEARING]


def test_page_and_interface_say_the_same_order(office, case_manager, manager):
    """To one person: a key goes by the day in UTC."""
    for code, make in CAUSES.items():
        if code != "emergency-unreviewed":
            make(factories.case(office))
    draft(factories.case(office), "safe_place")
    rows = manager.get("/api/v1/tasks/?limit=200").json()["results"]
    asked_for = [task for task in in_order(case_manager) if task.asks in OF_THE_RECORD]
    assert [row["id"] for row in rows if row["rule"]] == [key_of(task) for task in asked_for]
    assert [row["harm"] for row in rows if row["rule"]] == [t.harm.name.lower() for t in asked_for]
    page = manager.get("/to-do/").content.decode()
    heads = re.findall(r'<h2 id="([a-z_]+)-title"', page)
    classes = [head for head in heads if head not in ("keys", "palette")]
    assert classes == [harm.name.lower() for harm in Harm]
    graver = manager.get("/api/v1/tasks/?harm=medical").json()["results"]
    assert {row["harm"] for row in graver} == {"medical"}


def test_lines_of_one_case_stand_together(office, case_manager, manager):
    one, other = factories.case(office), factories.case(office)
    for day, case in enumerate((one, other, one, other)):
        given(case, case_manager, day, what=f"Thing {day}")
    page = manager.get("/").content.decode()
    things = re.findall(r"<b><bdi>(Thing \d)", page)
    assert things == ["Thing 0", "Thing 2", "Thing 1", "Thing 3"]


# The night of the rescue


@pytest.fixture
def neglected(office):
    """An office with more than 200 older things, none of which was ever folded away."""
    for number in range(105):
        rescued(old := factories.case(office), timedelta(days=number % 25 + 2))
        draft(old, "medical", days=number % 25 + 2)


@pytest.mark.usefixtures("neglected")
def test_the_rescue_of_tonight_is_first(field_officer, case_manager, browser_client, said):
    rescue = tonight(field_officer)
    reference = rescue.case.reference
    for person in (case_manager, field_officer):
        words = said(browser_client(person).get("/"))
        assert words.index(reference) < words.index(
            "Everything else" if person == case_manager else "My cases"
        )
        assert words.index("Rescued in the last 24 hours") < words.index(reference)
    first = next(task for task in in_order(case_manager) if task.harm == Harm.MEDICAL)
    assert first.case_id == rescue.case_id
    listed = browser_client(case_manager).get("/to-do/").content.decode()
    assert re.findall(r'<a class="num" href="/cases/([-0-9a-f]+)/"', listed)[0] == str(
        rescue.case_id
    )


@pytest.mark.usefixtures("neglected")
def test_counts_are_exact(manager, said):
    page = manager.get("/")
    words = said(page)
    assert "105 Needs a doctor" in words
    assert "Needs a doctor: all, 105" in words
    assert "and more" not in words
    shown = page.content.decode().count("<b><bdi>Send the referrals that are drafted")
    assert shown == MOST_OF_A_CLASS


# What is long overdue


def test_what_is_long_overdue_is_one_line_for_each_kind(case, case_manager, manager, said):
    for days in (31, 400):
        given(case, case_manager, -days)
        rescued(factories.case(case.office), timedelta(days=days + 2))
    given(case, case_manager, -1, what="Of yesterday")
    for path in ("/", "/to-do/"):
        words = said(manager.get(path))
        assert "Of yesterday" in words
        assert "File the complaint after a rescue 2" in words
        assert "Tasks of people 2" in words
        assert "400 days overdue" not in words
    assert re.search(r"\d Overdue for more than a month", said(manager.get("/")))
