"""Faults in what a person keeps at hand."""

from __future__ import annotations

from tests.mutants.catalogue import fault

HAND = "tests/casework/test_at_hand.py"


@fault(f"{HAND}::test_it_is_one_persons_alone_in_both_walls")
def the_database_shows_opened_cases_to_everybody():
    """Whoever gets SQL run in the application reads what others had open."""
    return "alter policy own on casework_openedcase using (true) with check (true)"
