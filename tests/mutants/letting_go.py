"""Faults of who is counted, told, owed and let go: what a strict reader looked for."""

from __future__ import annotations

from aftercare import closing, provider_search, shown_beds
from aftercare.services import certificates, entitlements, placements, providers, staff
from desk.case import leaving
from desk.rules import care, rehabilitation
from reports import survivors
from tests.mutants.catalogue import fault
from tests.mutants.planting import replace

SHEET = "tests/desk/test_sheet.py"
SMALL = "tests/aftercare/test_small_houses.py"
CATEGORIES = "tests/aftercare/test_categories.py"
OWED = "tests/aftercare/test_rehabilitation.py"
CLOSING = "tests/aftercare/test_closing_plans.py"
STAFF = "tests/aftercare/test_staff.py"
PLACES = "tests/aftercare/test_placements.py"
RULES = "tests/desk/test_rules.py"


@fault("tests/reports/test_not_victims.py")
def no_victims_are_counted():
    """Who was found not to be a victim stays in the figures of survivors."""
    replace(survivors, "of_victims", lambda rows, params, part="": rows)


@fault(SHEET)
def suspects_of_those_who_said_no():
    """A sheet for outside tells of a proceeding that concerns somebody who has not agreed."""
    replace(leaving.Concerned, "all_agreed", lambda self, about, agreed: True)


@fault(SMALL)
def a_small_house_tells_everyone():
    """Anybody sees how full a small house is, and so where a child sleeps."""
    replace(
        provider_search, "told_of", lambda tonight, reader: {provider.pk for provider in tonight}
    )
    replace(providers, "is_told", lambda provider, reader, today: True)


@fault(f"{SMALL}::test_eleven_beds_are_told_to_everyone")
def a_house_of_ten_is_large():
    """The threshold is one bed too low."""
    replace(shown_beds, "SMALL", 10)


@fault(f"{CATEGORIES}::test_whoever_may_be_a_child_is_owed_what_a_child_is_owed")
def a_boy_is_a_man():
    """A boy is owed what an adult man is owed."""
    replace(entitlements, "of_age_on", lambda person, day: True)


@fault(f"{CATEGORIES}::test_another_day_of_the_certificate_asks_for_the_category_again")
def a_day_that_makes_a_child_a_man():
    """The day of a certificate moves, and the category stays."""
    replace(certificates, "check_category", lambda category, person, day: None)


@fault(f"{OWED}::test_the_database_holds_relief_and_cash_together_by_itself")
def relief_beside_the_cash():
    """The database counts relief and cash each by itself."""
    return "drop trigger aftercare_payment_within on aftercare_rehabilitationpayment"


@fault(f"{CLOSING}::test_nobody_in_danger_is_let_go_as_safe")
def let_go_in_danger():
    """A plan is closed as safe while the record says that there is danger."""
    replace(closing.CHECKS, "safe", lambda plan, day: None)


@fault(f"{CLOSING}::test_only_who_is_of_age_came_of_age")
def of_age_at_any_age():
    """A child leaves care as having come of age."""
    replace(closing.CHECKS, "of_age", lambda plan, day: None)


@fault(f"{CLOSING}::test_who_is_no_victim_was_found_so_by_somebody")
def no_victim_by_hearsay():
    """A plan is closed because somebody is no victim, and nobody found so."""
    replace(closing.CHECKS, "found_no_victim", lambda plan, day: None)


@fault(f"{STAFF}::test_a_manager_answers_for_the_providers_of_the_own_countries")
def any_manager_of_any_country():
    """A case manager lets people in at a house of another country."""
    replace(providers, "require_answers_for", lambda place, actor: None)
    replace(staff, "require_answers_for", lambda place, actor: None)


@fault(f"{PLACES}::test_a_reason_for_a_full_night_is_no_reason_for_another")
def one_reason_for_every_night():
    """A reason for one full night stretches over all the others."""
    replace(placements, "lie_within", lambda some, others: True)


@fault(f"{RULES}::test_what_stands_in_another_case_of_the_person_is_not_asked")
def asked_again_in_every_case():
    """A certificate or a plan in another case of the person is asked for again."""
    replace(care, "also_of_person", lambda rows, part="", *, here="": rows.filter(pk=None))
    replace(
        rehabilitation, "also_of_person", lambda rows, part="", *, here="": rows.filter(pk=None)
    )
