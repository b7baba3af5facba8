"""What the database keeps of the rules is what they would ask: of everybody, after everything."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection, transaction
from django.db.models.functions import Now
from django.utils import timezone

from aftercare.models import CarePlan, Referral
from casework.kept_answers import asked_again
from casework.models import AskAgain, Case, DerivedTask
from core.context import acting_as
from core.days import clock
from desk.rules import BY_CODE, KEPT, RULES
from desk.to_do import derived, first_rows, tasks
from desk.to_do.kinds import BY_HARM
from desk.to_do.tasks import long_overdue, rules_for, tasks_to_do, to_do
from prosecutions.docket import kept_answers as docket
from prosecutions.docket import proceedings, read_docket
from tests import factories
from tests.desk.causes import CAUSES, change
from tests.desk.kept import as_if_committed, keep_now
from tests.factories import care
from tests.factories.tasks import rule as set_rule
from tests.meta.relations import PEOPLE, bare, place
from tests.whole import some
from victims.models import Involvement, Victim

pytestmark = pytest.mark.django_db

# What a question reads beside rows of cases, and why nothing else need be noted of it.
REFERENCE = {
    **dict.fromkeys(("casework_case", "accounts_user", "accounts_membership"), "its own trigger"),
    "victims_victim": "its own trigger, where records are merged",
    "aftercare_schemerate": "a rate is never changed, another one is added",
    "places_jurisdiction": "the code of a place, by which its law is known, is never changed",
}
MOMENT = re.compile(r"now\(\)|statement_timestamp|current_|clock_timestamp|'50\d\d-", re.IGNORECASE)
STANDING = ("own team", "own office", "other office", "sealed", "sealed and named", "disclosed")
STANDING += ("conflicted, on the team", "glass broken")


@pytest.fixture(scope="module")
def cases(django_db_setup, django_db_blocker):
    """In each relation a case with a cause of every rule, in offices of two zones."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = {name: bare(name) for name in STANDING}
        for case in made.values():
            for cause in CAUSES.values():
                cause(case)
        keep_now()
        connection.check_constraints()
        yield made
        transaction.set_rollback(True)


def lists(user):
    """As Today asks, the closing of a case, and what is still to come."""
    rules = rules_for(user)
    yield to_do(user, rules=rules, own=tasks_to_do)
    yield to_do(user, rules=rules, asleep=None, second=False)
    yield to_do(user, rules=rules, due=False)


def said(user):
    return [
        sorted(
            (t.rule, t.pk, t.due_on, t.harm, t.place, t.urgency, t.target, t.about, t.reference)
            for t in every.order_by("place", "id")[:1000]
        )
        for every in lists(user)
    ]


@pytest.fixture
def asked_live(monkeypatch):
    """From here on every rule is asked of the record."""

    def live():
        monkeypatch.setattr(tasks, "asked_again", lambda _reader, _case, _most: False)

    return live


@pytest.mark.parametrize("name", some(list(PEOPLE), "kept tasks", 2))
def test_everybody_reads_what_would_be_asked(cases, name, asked_live):
    user = place(PEOPLE[name], cases)
    kept = said(user)  # by the first wall alone
    with acting_as(user.pk):
        assert kept == said(user)
        asked_live()
        assert kept == said(user)


@pytest.mark.parametrize("name", some(list(PEOPLE), "kept by other days", 2))
def test_everybody_reads_what_would_be_asked_by_days_of_ones_own(cases, name, asked_live):
    """Every number is another one, each seventh rule is not asked."""
    for number, one in enumerate(rule for rule in RULES if rule.days is not None):
        days = max(0, one.days + number % 5 - 2)
        set_rule(one.code, days=days, is_on=bool(number % 7))
    assert keep_now() == Case.objects.count()
    user = place(PEOPLE[name], cases)
    with acting_as(user.pk):
        kept = said(user)
        asked_live()
        assert kept == said(user)


def first(tasks, most):
    """Of each class so many, of what is long overdue one for each rule; with how many there are."""
    kinds = {}
    for task in tasks:
        kinds.setdefault(task.rule if long_overdue(task) else task.harm, []).append(task)
    for of_it in kinds.values():
        for task in of_it[: 1 if long_overdue(of_it[0]) else most]:
            yield task.rule, task.pk, task.reference, task.about, task.target, len(of_it)


@pytest.mark.parametrize("name", some(list(PEOPLE), "first tasks", 2))
def test_everybody_reads_the_first_of_each_class(cases, name, monkeypatch):
    """Where more are kept than are counted."""
    monkeypatch.setattr(first_rows, "MOST_COUNTED", 2)
    user = place(PEOPLE[name], cases)
    every = to_do(user, rules=rules_for(user), own=tasks_to_do)
    with acting_as(user.pk):
        whole = first(every.order_by("place", "id")[:1000], 2)
        found = every.first_of_each(2, BY_HARM)
    told = [(t.rule, t.pk, t.reference, t.about, t.target) for t in found]
    assert sorted(told) == sorted(one[:-1] for one in whole)


@pytest.mark.parametrize("name", some(list(PEOPLE), "kept dockets", 3))
def test_everybody_reads_the_docket_that_would_be_asked(cases, name, monkeypatch):
    user = place(PEOPLE[name], cases)
    if not user.has_perm(read_docket.permission):
        return
    with acting_as(user.pk):
        kept = read_docket(actor=user)
        monkeypatch.setattr(docket, "asked_again", lambda _reader: False)
        assert kept == read_docket(actor=user)


def test_a_docket_is_read_of_what_is_kept(cases, case_manager, monkeypatch):
    """Of every kind of row there is one."""
    monkeypatch.delattr(proceedings, "open_rows")
    with acting_as(case_manager.pk):
        shown = read_docket(actor=case_manager)
    nouns = {(row["noun"], row["group"]) for row in shown["rows"]}
    assert nouns >= {("complaints", "waiting"), ("prosecutions", "asleep")}
    assert nouns >= {("prosecutions", of) for of in ("overdue", "no-date", "waiting")}


def test_a_case_manager_reads_something_of_every_rule(cases, case_manager):
    codes = {one[0] for every in said(case_manager)[1:] for one in every}
    theirs = {code for code in KEPT if case_manager.has_perm(KEPT[code].permission)}
    assert codes >= theirs - {"rescue-without-complaint"}, "other causes brought a complaint"


# What can be kept


@pytest.mark.parametrize("code", derived.ASKED)
def test_it_rests_on_facts_of_cases_alone(code):
    question = derived.question(derived.ASKED[code])
    assert derived.tables_of(question) <= derived.OF_CASES | REFERENCE.keys()
    assert not MOMENT.search(question), "what the clock changes is compared on reading"
    with clock.by(ZoneInfo("Antarctica/Troll")):
        assert derived.question(derived.ASKED[code]) == question, (
            "days are those of the office of the case"
        )


def test_a_question_of_the_hour_is_found():
    """Planted."""
    rule = KEPT["referral-draft"]
    by_hour = replace(rule, rows=lambda day: rule.rows(day).filter(created_at__lte=Now()))
    by_day = replace(rule, rows=lambda day: rule.rows(day).filter(created_at__date__lte=day))
    assert all(MOMENT.search(derived.question(one)) for one in (by_hour, by_day))


@pytest.mark.nightly
def test_it_is_the_same_text_in_every_process():
    """Else every `migrate` would ask all cases again."""
    made = "import django; django.setup(); from desk.to_do import derived; print(derived.wall())"
    said = subprocess.run(
        [sys.executable, "-c", made],
        env=os.environ | {"PYTHONHASHSEED": "1"},  # this process has another, by chance
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert said == f"{derived.wall()}\n"


def test_each_rule_that_is_not_kept_says_why():
    assert [rule.code for rule in RULES if rule.live] == [c for c in BY_CODE if c not in KEPT]
    assert all(not rule.second for rule in KEPT.values()), "who asked is not kept"


# In step with the facts


def of(case):
    keep_now()
    return set(DerivedTask.objects.filter(case=case).values_list("rule", flat=True))


def test_it_comes_and_goes_with_its_cause(office):
    case = factories.case(office)
    hearing = CAUSES["hearing-result"](case)
    assert "hearing-result" in of(case)
    change(hearing, result="adjourned", reason="judge_absent")
    assert "hearing-result" not in of(case)
    change(hearing, result="", reason="")
    assert "hearing-result" in of(case)
    hearing.delete()
    assert "hearing-result" not in of(case)


def test_a_closed_case_asks_only_what_outlives_it(office):
    case = factories.case(office)
    for code in ("hearing-result", "follow-up-due"):
        CAUSES[code](case)
    before = of(case)
    change(case, status="closed", closed_on=timezone.localdate())
    assert before - of(case) >= {"hearing-result"}
    assert of(case) == {code for code in before if derived.ASKED[code].after_closing}


def test_a_plan_elsewhere_answers_for_the_whole_person(office):
    """Of two records of one survivor in two cases."""
    first, second = factories.case(office), factories.case(office)
    here = CAUSES["care-plan-missing"](first)
    there = factories.involvement(second)
    assert "care-plan-missing" in of(first)
    change(there.victim, merged_into=here.victim)
    plan = care.care_plan(second, involvement=there)
    assert "care-plan-missing" not in of(first)
    CarePlan.objects.filter(pk=plan.pk).delete()
    assert "care-plan-missing" in of(first)


def test_parted_records_are_asked_of_again(office):
    first, second = factories.case(office), factories.case(office)
    here, there = CAUSES["care-plan-missing"](first), factories.involvement(second)
    change(there.victim, merged_into=here.victim)
    care.care_plan(second, involvement=there)
    assert "care-plan-missing" not in of(first)
    change(there.victim, merged_into=None)
    assert "care-plan-missing" in of(first)


def test_a_part_may_be_written_before_its_person(office):
    """As a rescue is logged: keys are compared at the end, and before it nobody else is asked."""
    case, person = factories.case(office), Victim(sex="female")
    rescue = factories.rescue(case)
    Involvement.objects.bulk_create(
        [Involvement(case=case, victim=person, code="S-9", outcome="rescued", rescue=rescue)]
    )
    person.save(force_insert=True)
    assert "care-plan-missing" in of(case)


def test_its_day_is_that_of_the_office_of_the_case():
    """Eleven at night in UTC is the next day in Manila."""
    case = factories.case(factories.office("manila", "PH-MNL"))
    draft = factories.referral(case)
    moment = timezone.now().replace(hour=23, minute=0) - timedelta(days=10)
    Referral.objects.filter(pk=draft.pk).update(created_at=moment)
    keep_now()
    row = DerivedTask.objects.get(case=case, rule="referral-draft")
    assert row.due_on == (moment + timedelta(days=2)).date()


def days(reader, rules):
    """Of what these rules ask of this reader, now and later."""
    every = [to_do(reader, rules=rules, due=due).order_by("place", "id") for due in (True, False)]
    return {(task.rule, task.pk): task.due_on for found in every for task in found[:100]}


def test_it_is_that_day_to_a_reader_elsewhere_before_and_after_a_change():
    """In Manila the 10th has begun, in New York it is the 9th."""
    moments = [rule for rule in KEPT.values() if "zone_of_office" in derived.question(rule)]
    with time_machine.travel(datetime(2026, 12, 9, 20, tzinfo=UTC), tick=False):
        manila = factories.office("manila", "PH-MNL")
        reader = factories.user("case_manager", manila)
        made = {rule.code: CAUSES[rule.code](factories.case(manila)) for rule in moments}
        keep_now()
        with clock.by(ZoneInfo("America/New_York")):
            kept = days(reader, moments)
            for case in (getattr(row, "case", row) for row in made.values()):
                factories.hearing(case)
                assert not asked_again(reader, case, 1), "it is asked live"
            assert days(reader, moments) == kept
    code = "rescue-without-complaint"
    assert kept[code, made[code].pk] == date(2026, 12, 10)
    assert {code for code, _pk in kept} == made.keys()


def test_a_sealed_case_takes_its_tasks_with_it(office):
    case = factories.case(office)
    factories.referral(case)
    keep_now()
    change(case, level=4)
    assert set(DerivedTask.objects.filter(case=case).values_list("level", flat=True)) == {4}


def test_cases_are_asked_by_the_worker_in_turn(cases, monkeypatch):
    monkeypatch.setattr(derived, "AT_ONCE", 3)
    with connection.cursor() as cursor:
        cursor.execute("delete from casework_derivedtask")
    derived.note_all()
    as_if_committed()
    assert derived.ask_noted() == Case.objects.count() > 3
    assert not AskAgain.objects.exists()


# The full question, every night


def forget():
    """Of how many cases."""
    of_it = DerivedTask.objects.filter(rule="hearing-result")
    number = of_it.values("case").distinct().count()
    with connection.cursor() as cursor:
        cursor.execute("delete from casework_derivedtask where rule = 'hearing-result'")
    return number


def test_what_was_missed_is_found_noted_and_asked_again(cases, caplog):
    derived.check()
    assert not caplog.records
    missed = forget()
    assert missed
    derived.check()
    assert f"derived tasks of {missed} cases" in caplog.text
    assert keep_now() == missed
    assert forget() == missed


def test_all_cases_are_looked_at_in_turn(cases, caplog, monkeypatch):
    monkeypatch.setattr(derived, "AT_ONCE", 3)
    missed = forget()
    derived.check()
    assert f"derived tasks of {missed} cases" in caplog.text


def test_what_is_noted_already_is_no_fault(cases, caplog):
    forget()
    derived.note_all()
    derived.check()
    assert not caplog.records


def test_after_a_rule_changed_every_case_is_noted(cases):
    derived.keep()
    assert not AskAgain.objects.exists(), "no rule changed since the last migrate"
    with connection.cursor() as cursor:
        cursor.execute("comment on table casework_derivedtask is 'an older one'")
    derived.keep()
    assert AskAgain.objects.count() >= len(cases)
