"""Faults of the field's work: what a site tells of hidden ones, what is rewritten, what is read."""

from __future__ import annotations

from casework.models import OnlineIncident
from casework.querysets import SameSiteQuerySet
from casework.services import amending, sites
from desk.case import rescue_history
from prosecutions.services import met
from reports.catalogue import operations, operations_by_year
from tests.mutants.catalogue import fault
from tests.mutants.planting import replace
from victims.services import field

SITES = "tests/casework/test_sites.py"
RESCUES = "tests/desk/test_rescue_page.py"


@fault(f"{SITES}::test_the_first_wall_alone_hides_it")
def a_site_that_betrays():
    """That two sites are one place is told whatever the reader may know of the other."""
    replace(SameSiteQuerySet, "known_to", SameSiteQuerySet.visible_to)


@fault(f"{SITES}::test_both_must_be_open")
def one_place_with_a_closed_site():
    """A site is said to be one that is not open to who says it."""
    replace(sites, "_require_other", lambda other, actor: None)


@fault(f"{RESCUES}::test_refusals_are_in_words")
def an_amendment_by_anybody():
    """A rescue is amended by whoever sees that its case exists, also when it is closed."""
    replace(amending, "require_open", lambda rescue, actor: None)


@fault(f"{RESCUES}::test_sites_and_agencies_left_out_stay")
def a_site_that_stays():
    """What is left out of the list of sites stays on the rescue."""
    replace(amending, "_set_sites", lambda rescue, sites, actor: None)


@fault(f"{RESCUES}::test_the_history_says_who_changed_what_when")
def a_history_without_outcomes():
    """What became of a person is changed and stands in no history."""
    told = rescue_history._of_people

    def of_people(rescue, user):
        return (change for change in told(rescue, user) if not change[1]["before"])

    replace(rescue_history, "_of_people", of_people)


@fault("tests/casework/test_incidents.py::test_the_definition_is_all_three")
def a_definition_of_one():
    """One element is enough for the definition."""
    replace(OnlineIncident, "meets_definition", property(lambda row: row.for_publication))


@fault("tests/reports/test_operations.py::test_one_place_known_from_two_cases_is_closed_once")
def one_place_counted_twice():
    """A place known from two cases counts as two sites closed."""
    replace(operations, "one_place", lambda reader: "site")


@fault(f"{RESCUES}::test_a_closed_case_takes_nobody_more")
def people_added_to_a_closed_case():
    """A person met is added later by whoever sees that the case exists, also when it is closed."""
    replace(field, "require_open", lambda rescue, actor: None)
    replace(met, "require_open", lambda rescue, actor: None)


@fault("tests/reports/test_operations.py::test_each_year_is_a_row")
def years_are_those_of_the_calendar_only():
    """Asked for April to March, years of the calendar are counted."""
    replace(operations_by_year, "year_of", lambda day, kind: day.year)
