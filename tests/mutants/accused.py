"""Faults beside the accused: who is dead, at large, twice in a docket, or a survivor."""

from __future__ import annotations

from intake import services as intake
from prosecutions import check_people, checks
from prosecutions.services import charges, deaths
from prosecutions.statuses import SuspectQuerySet
from tests.mutants.catalogue import fault

DEATHS = "tests/prosecutions/test_deaths.py"
CHECKS = "tests/prosecutions/test_checks_of_people.py"


@fault(DEATHS)
def the_dead_are_tried_on():
    """An accused dies, and what is charged stays open."""
    deaths._abate = lambda suspect, day, actor: 0


@fault(DEATHS)
def the_dead_are_charged():
    """A charge is filed against somebody after the day of their death."""
    charges.require_alive = lambda suspect, day: None


@fault("tests/prosecutions/test_statuses.py")
def a_summons_catches():
    """Whoever is charged is at large no more."""
    SuspectQuerySet._at_large = lambda self: self.none()


@fault(CHECKS)
def merged_and_still_two():
    """One person stands twice in a docket under two records, and nobody is told."""
    checks.CHECKS["defendant_twice"] = (lambda matter: (), "")


@fault(CHECKS)
def time_runs_out_unseen():
    """The time to accuse somebody ends, and nobody is told before."""
    check_people.last_days = lambda country, until: []


@fault("tests/prosecutions/test_accusations.py")
def arrested_and_not_compared():
    """A survivor of the case is named as arrested in a rescue, without a word."""
    intake.survivors_arrested = lambda case, names, actor: []
