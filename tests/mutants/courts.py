"""Faults in the order of legal steps: what must never come before, after or without another."""

from __future__ import annotations

from types import SimpleNamespace

from prosecutions.enums import Disposition
from prosecutions.querysets import DecisionQuerySet, ProsecutionQuerySet
from prosecutions.services import charges, courts
from tests.mutants.catalogue import fault

MACHINE = "tests/prosecutions/test_court_machine.py"


@fault(MACHINE)
def a_plea_after_the_verdict():
    """A charge is changed after a court of first instance decided it."""
    charges._check_changes = lambda charge, day: None


@fault(MACHINE)
def a_law_of_another_day():
    """A charge names a provision that was not in force on the day of the offence."""
    charges._check_provision = lambda prosecution, provision, day: None


@fault(MACHINE)
def a_second_verdict_of_first_instance():
    """A court of first instance decides a charge twice."""
    DecisionQuerySet.first_instance = lambda self: self.none()


@fault(MACHINE)
def a_sentence_without_a_conviction():
    """Somebody acquitted is sentenced."""
    courts.Disposition = SimpleNamespace(CONVICTED=Disposition.values)


@fault(MACHINE)
def a_hearing_after_everything_is_decided():
    """Every proceeding counts as open, so that hearings are listed after the last judgment."""
    ProsecutionQuerySet.open = lambda self: self
