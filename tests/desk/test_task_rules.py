"""An organisation sets its own rules of tasks: on or off, after how many days, of whom."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from casework.models import AskAgain, TaskRule
from core.services import Refused
from desk.rules import BY_CODE, RULES
from desk.task_rules import loading
from desk.task_rules.services import change_rule, holders, reset_rule, try_rule
from desk.to_do.listed import ToDoFilter
from desk.to_do.tasks import rules_for, to_do
from tests import factories
from tests.api.place_bodies import practice
from tests.desk.causes import CAUSES
from tests.desk.kept import keep_now
from tests.factories import field
from tests.factories.tasks import rule

pytestmark = pytest.mark.django_db
LEAD = "lead-waiting"  # due 14 days after


@pytest.fixture
def manager(fresh):
    return factories.user("programme_manager")


@pytest.fixture
def lead(case):
    """Told twenty days ago."""
    row = field.lead(case, received_on=timezone.localdate() - timedelta(days=20))
    keep_now()
    return row


def asked(user, code=LEAD, **how):
    rules = [one for one in rules_for(user) if one.code == code]
    return [task.pk for task in to_do(user, rules=rules, mine=True, **how).first_of_each(5)]


def choices(user):
    return dict(ToDoFilter({}, user=user).fields["rule"].choices)


def set_rule(code=LEAD, *, by, **changes):
    row = rule(code)
    return change_rule(row, version=row.version, actor=by, **changes)


def test_there_is_a_row_for_each_rule_and_what_is_set_stays(manager):
    set_rule(by=manager, days=30)
    loading.load()
    assert set(TaskRule.objects.values_list("rule", flat=True)) == set(BY_CODE)
    assert rule().days == 30


def test_a_rule_that_is_off_asks_nobody_nor_before_closing(manager, lead, case_manager):
    assert asked(case_manager) == [lead.pk]
    assert LEAD in choices(case_manager)
    assert set_rule(by=manager, is_on=False).set_by == manager
    assert asked(case_manager) == []
    assert LEAD not in choices(case_manager)
    row = rule()
    reset_rule(row, version=row.version, actor=manager)
    assert asked(case_manager) == [lead.pk]


@pytest.mark.parametrize("keeps", [True, False])
def test_other_days_count_at_once(manager, lead, case_manager, keeps):
    set_rule(by=manager, days=30)
    assert AskAgain.objects.filter(case_id=lead.case_id).exists(), "the case is asked again"
    if keeps:
        keep_now()
    assert (asked(case_manager), asked(case_manager, due=False)) == ([], [lead.pk])


def test_it_is_asked_of_the_roles_that_were_chosen(manager, lead, case_manager):
    officer = factories.user("field_officer", lead.case.office)
    factories.assignment(lead.case, officer)
    assert asked(officer) == asked(case_manager) == [lead.pk]
    set_rule(by=manager, roles=["case_manager"])
    assert (asked(officer), asked(case_manager)) == ([], [lead.pk])
    on_case = to_do(officer, rules=[BY_CODE[LEAD]], case=lead.case)
    assert on_case.first_of_each(5), "the page of the case still says it"


def test_what_must_be_asked_can_only_be_asked_earlier(manager):
    for one in [one for one in RULES if one.fixed]:
        changes = [{"is_on": False}]
        if len(holders(one)) > 1:
            changes += [{"roles": [str(holders(one)[0])]}]
        if one.days is not None:
            changes += [{"days": one.days + (-1 if one.counts_back else 1)}]
        for change in changes:
            with pytest.raises(Refused) as refused:
                set_rule(one.code, by=manager, **change)
            assert refused.value.field == next(iter(change))
    assert not TaskRule.objects.differing().exists()
    assert set_rule("custody-limit", by=manager, days=21).days == 21
    assert set_rule("custody-without-limit", by=manager, days=3).days == 3


def test_a_fixed_rule_is_asked_whatever_the_table_says(case_manager, case):
    """It may have become fixed in a later version."""
    row = CAUSES["survivor-accused"](case)
    keep_now()
    rule("survivor-accused", is_on=False, roles=["auditor"])
    assert asked(case_manager, "survivor-accused") == [row.pk]


def test_who_cannot_do_it_is_not_asked_and_days_need_a_number(manager):
    with pytest.raises(Refused, match="Auditor cannot do what this rule asks for"):
        set_rule(by=manager, roles=["auditor"])
    with pytest.raises(Refused, match="no number of days"):
        set_rule("survivor-accused", by=manager, days=3)
    everybody = [str(role) for role in holders(BY_CODE[LEAD])]
    row = set_rule(by=manager, roles=everybody, days=14)
    assert (row.roles, row.days) == ([], None), "as shipped"


def test_a_try_counts_in_tens_and_changes_nothing(manager, lead):
    def tried(**changes):
        found = try_rule(rule(), actor=manager, **changes)
        return found.now, found.then

    assert tried(is_on=False) == (10, 0)
    assert tried(days=30) == (10, 0)
    assert tried(days=20) == (10, 10)
    assert try_rule(rule("consent-ending"), actor=manager, is_on=False).now is None
    assert not TaskRule.objects.differing().exists()
    there = practice()
    for _ in range(11):
        field.lead(factories.case(there), received_on=lead.received_on)
    keep_now()
    assert tried(days=20) == (10, 10), "what is for practice is no task"


def test_by_pages_and_programs(manager, browser_client, api, lead):
    page = browser_client(manager)
    row = rule()
    url = f"/task-rules/{row.pk}/"
    sent = {"version": row.version, "is_on": "on", "days": "30"}
    tried = page.post(f"{url}change/", sent | {"try": "1"})
    assert "Asked now: 10. With this change: 0." in tried.content.decode()
    program = api(manager)
    answer = program.post(f"task-rules/{row.pk}/try/", {"days": 30})
    assert answer.json() == {"now": 10, "then": 0}
    assert rule().days is None
    assert page.post(f"{url}change/", sent)["Location"] == url
    shown = page.get(url).content.decode()
    assert "30 days after" in shown
    assert "14 days after" in shown
    assert "Changed: Days" in shown
    assert f"<bdi>{manager.name}</bdi>" in page.get("/task-rules/").content.decode()
    found = api(factories.user("prosecutor")).get(f"task-rules/{row.pk}/").json()
    assert (found["days"], found["days_shipped"], found["is_on"]) == (30, 14, True)
    custody = rule("custody-limit")
    form = page.get(f"/task-rules/{custody.pk}/change/").content.decode()
    assert "The law demands it" in form
    assert 'name="is_on"' not in form
