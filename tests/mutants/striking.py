"""Faults of what is struck, and of what is recorded after a death."""

from __future__ import annotations

from prosecutions.corrections.services import judgment_days, striking
from prosecutions.corrections.services import records as corrections
from prosecutions.corrections.services.striking_rules import NOUNS
from prosecutions.services import deaths, judgment_rules
from tests.mutants.catalogue import fault
from tests.mutants.planting import replace

STRIKING = "tests/prosecutions/test_striking.py"
DEATHS = "tests/prosecutions/test_deaths_in_order.py"


def _everywhere(**parts):
    replace(striking, "NOUNS", {noun: rules._replace(**parts) for noun, rules in NOUNS.items()})


@fault(STRIKING)
def a_record_is_struck_from_under_others():
    """What rests on a record is not asked before it is struck."""
    _everywhere(rests=())


@fault(STRIKING)
def parts_of_a_struck_record_hold_it():
    """What is part of a record stays, so that it cannot be struck."""
    _everywhere(goes=())


@fault(STRIKING)
def a_struck_charge_keeps_the_proceeding_open():
    """Nothing follows where a record is struck."""
    _everywhere(follow=lambda row: None)


@fault(STRIKING)
def a_complaint_is_against_suspects_of_another_case():
    """Nobody looks of which case those are whom a complaint is against."""
    replace(striking, "same_case", lambda case, *rows, field=None: None)


@fault(DEATHS, "tests/prosecutions/test_court_machine.py")
def the_dead_are_convicted():
    """A court of first instance convicts and acquits whoever has died."""
    replace(judgment_rules, "require_living", lambda day, charges: None)
    replace(judgment_days, "require_living", lambda day, charges: None)


@fault(DEATHS)
def a_correction_charges_the_dead():
    """A charge is corrected onto somebody who had died."""
    replace(corrections, "require_alive", lambda suspect, day: None)


@fault(DEATHS)
def a_death_leaves_custody_behind():
    """Custody neither ends with a death nor goes on where it is taken back."""
    replace(deaths, "_held", lambda suspect, died_on: None)
