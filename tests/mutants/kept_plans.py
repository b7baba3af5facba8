"""Faults in what is asked by a plan that the database keeps."""

from __future__ import annotations

from core.postgresql import plans
from core.shortcuts import statements
from tests.mutants.catalogue import fault
from tests.mutants.planting import replace


@fault("tests/core/test_plans.py")
def other_words_go_by_the_same_plan():
    """Another status, or another day put in words, is answered with what the first one found."""
    usual = plans._key
    replace(plans, "_key", lambda statement, given: usual(statement, given) and statement)


@fault("tests/core/test_pooler.py")
def plans_are_kept_of_sessions_that_are_lent():
    """Behind a pooler a page fails where another session answers."""
    replace(plans, "begin", lambda connection: plans._of.update({connection: plans.Plans()}))


@fault("tests/core/test_kept.py")
def who_reads_two_offices_is_asked_in_the_words_of_one():
    """Of two offices the rows of the first alone are shown."""
    usual = statements.kind_of
    replace(statements, "kind_of", lambda reader, reach: usual(reader, reach)[:3])
