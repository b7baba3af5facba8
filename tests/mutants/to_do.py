"""Faults in what people are asked to do, and by whom."""

from __future__ import annotations

from django.db.models import Q

from casework.querysets import SnoozeQuerySet, TaskQuerySet
from casework.services import tasks as verbs
from core.local.paths import ROOT
from desk.to_do import derived, questions
from desk.to_do import tasks as to_do
from prosecutions.court_querysets import HearingQuerySet
from tests.mutants.catalogue import fault
from tests.mutants.planting import like, replace

TASKS, DERIVED = "tests/casework/test_tasks.py", "tests/desk/test_derived.py"
AGAIN = "tests/desk/test_asking_again.py"


@fault(TASKS)
def a_task_for_whoever():
    """A task is given to somebody who cannot read the case."""
    replace(verbs, "_require_reader", lambda case, person: None)


@fault(TASKS)
def a_task_stranded_on_who_left():
    """What somebody left rests on nobody."""
    replace(TaskQuerySet, "left", lambda self: Q(pk__isnull=True))


@fault(TASKS)
def put_off_for_ever():
    """A snooze does not end by its day."""
    replace(SnoozeQuerySet, "in_force", lambda self, today: self.filter(woken_at__isnull=True))


@fault(f"{DERIVED}::test_a_closed_case_asks_only_what_outlives_it")
def asked_of_closed_cases():
    """A case that is closed still asks, by what is kept of it."""
    replace(derived, "CaseStatus", like(derived.CaseStatus, CLOSED="nothing"))


@fault("tests/desk/test_rules.py")
def asked_live_of_closed_cases():
    """A case that is closed still asks, where the record itself is asked."""
    replace(questions, "CaseStatus", like(questions.CaseStatus, CLOSED="nothing"))


@fault("tests/desk/test_rules.py")
def a_hearing_without_a_result_is_forgotten():
    """What a rule asks finds nothing: the database keeps nothing of it."""
    replace(HearingQuerySet, "to_come", lambda self: self.none())


@fault("tests/desk/test_each_step.py")
def a_case_left_alone_unnoticed():
    """Who ends their work here takes nobody off a case that is kept as theirs."""
    return "alter table accounts_membership disable trigger accounts_membership_asks_again"


@fault(DERIVED)
def a_task_outlives_its_cause():
    """A result that is recorded takes nothing away."""
    return "alter table prosecutions_hearing disable trigger prosecutions_hearing_asks_update"


@fault(DERIVED)
def other_records_of_a_person_are_not_asked():
    """What is written in one case of a person is not heard of in another."""
    return (
        "create or replace function note_cases_of(victims uuid[]) returns void"
        " language sql set search_path = public, pg_temp set enable_seqscan = off as"
        " $$select$$"
    )


@fault(DERIVED)
def every_task_by_utc():
    """The day of a task is not that of the office of its case."""
    return (
        "create or replace function zone_of_office(office uuid) returns text"
        " stable language sql set search_path = public, pg_temp as $$select 'UTC'$$"
    )


@fault(DERIVED)
def kept_tasks_of_every_office():
    """What is kept is read without asking whose case it is."""

    def of_all(rules, _user, case):
        rows = questions.DerivedTask.objects.filter(rule__in=[rule.code for rule in rules])
        return rows if case is None else rows.filter(case=case.pk)

    replace(questions, "kept_for", of_all)


@fault("tests/desk/test_first_rows.py")
def by_case_the_whole_office_is_read():
    """A page of To do in the order of cases reads all that is kept of an office."""
    replace(to_do, "BY_INDEX", to_do.BY_INDEX - {("reference", "due_on", "id")})


@fault(DERIVED)
def the_night_finds_nothing():
    """The full question is asked of nobody."""
    replace(derived, "check", lambda: None)


@fault(AGAIN)
def the_reader_asks_again_what_is_not_committed():
    """What this transaction wrote is kept for others before its end, and its note is gone."""
    return _otherwise("ask_noted", "if ours then", "if false then")


@fault(AGAIN)
def the_reader_asks_again_after_an_import():
    """However many cases are noted, whoever reads first waits for them."""
    return _otherwise("ask_again", "or cardinality(due) > most", "")


def _otherwise(function, said, instead):
    """A function of the wall, with one thing in it said otherwise."""
    wall = ROOT.joinpath("core/wall/derived_tasks.sql").read_text(encoding="utf-8")
    _before, _found, rest = wall.partition(f"create function {function}(")
    sql = f"create or replace function {function}({rest.partition('$$;')[0]}$$;"
    assert said in sql
    return sql.replace(said, instead)
