"""Faults beside survivors in court: who is warned, whose names are compared, what is refused."""

from __future__ import annotations

from desk.case.taking_part import Accused
from prosecutions.services import namesakes, survivors
from tests.mutants.catalogue import fault
from tests.mutants.planting import replace
from victims.models import Identity

ACCUSED = "tests/prosecutions/test_accusations.py"
IN_COURT = "tests/prosecutions/test_survivors_in_court.py"


@fault(f"{ACCUSED}::test_whoever_reads_no_names_is_told_nothing")
def names_compared_for_anyone():
    """Whoever adds a suspect learns that the name is a survivor's, without leave to read names."""

    def everybodys(_reader, victims):
        for row in Identity.objects.filter(victim__in=list(victims)):
            yield row.victim_id, row.full_name

    replace(namesakes, "names_open_to", everybodys)


@fault(f"{ACCUSED}::test_while_it_is_open_everyone_on_the_case_is_warned")
def a_guard_that_says_nothing():
    """A survivor stands accused, and the page of the case does not warn."""
    replace(Accused, "shown", lambda self, people: [])


@fault(f"{IN_COURT}::test_nobody_testifies_before_the_filing")
def testimony_before_the_filing():
    """Testimony is taken before there was a proceeding."""
    replace(survivors, "_check_place", lambda step: None)


@fault(f"{IN_COURT}::test_a_correction_does_not_make_a_twin")
def a_correction_without_its_rules():
    """A correction says what a first record may not."""
    replace(survivors, "_check_step", lambda step: None)
