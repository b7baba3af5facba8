"""Faults in how an organisation sets its rules of tasks."""

from __future__ import annotations

from dataclasses import replace as changed

from desk.rules import chosen
from desk.task_rules import services
from tests.mutants.catalogue import fault
from tests.mutants.planting import replace

RULES, KEPT = "tests/desk/test_task_rules.py", "tests/desk/test_derived.py"


@fault(RULES)
def what_the_law_demands_is_switched_off():
    """A custody limit is asked of nobody, as somebody unticked it."""
    replace(services, "rule_of", lambda row: changed(services.BY_CODE[row.rule], fixed=""))


@fault(RULES)
def a_rule_for_one_role_asks_everybody():
    """Whoever may do it is asked, whatever roles were chosen."""
    replace(chosen, "_is_asked", lambda _person, _roles: True)


@fault(RULES)
def other_days_are_asked_of_no_case() -> str:
    """What is kept goes by the former days until a fact of its case changes."""
    return "drop trigger casework_taskrule_asks on casework_taskrule"


@fault(RULES)
def few_tasks_are_counted_one_by_one() -> str:
    """Who sees no case reads how many survivors are in danger."""
    return (
        "create or replace function count_asked(of_rule text, later int, ahead int) returns bigint"
        " stable language sql security definer set search_path = public, pg_temp as $$"
        " select count(*) from casework_derivedtask where rule = of_rule $$"
    )
