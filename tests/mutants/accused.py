"""Faults beside the accused: who is dead, at large, twice in a docket, a survivor, or struck."""

from __future__ import annotations

from intake import services as intake
from prosecutions.checks import people as check_people
from prosecutions.checks import warnings as checks
from prosecutions.corrections.services import striking_rules
from prosecutions.models import StageReached
from prosecutions.services import charges, deaths
from prosecutions.statuses import SuspectQuerySet
from tests.mutants.catalogue import fault
from tests.mutants.planting import replace
from victims.services import identities

DEATHS = "tests/prosecutions/test_deaths.py"
CHECKS = "tests/prosecutions/test_checks_of_people.py"


@fault(DEATHS)
def the_dead_are_tried_on():
    """An accused dies, and what is charged stays open."""
    replace(deaths, "_abate", lambda suspect, day, actor: 0)


@fault(DEATHS)
def the_dead_are_charged():
    """A charge is filed against somebody after the day of their death."""
    replace(charges, "require_alive", lambda suspect, day: None)


@fault("tests/prosecutions/test_statuses.py")
def a_summons_catches():
    """Whoever is charged is at large no more."""
    replace(SuspectQuerySet, "_at_large", lambda self: self.none())


@fault(CHECKS)
def merged_and_still_two():
    """One person stands twice in a docket under two records, and nobody is told."""
    replace(checks.CHECKS, "defendant_twice", (lambda matter: (), ""))


@fault(CHECKS)
def time_runs_out_unseen():
    """The time to accuse somebody ends, and nobody is told before."""
    replace(check_people, "last_days", lambda country, until: [])


@fault("tests/prosecutions/test_accusations.py")
def arrested_and_not_compared():
    """A survivor of the case is named as arrested in a rescue, without a word."""
    replace(intake, "survivors_arrested", lambda case, names, actor: [])


@fault("tests/prosecutions/test_namesakes.py")
def named_and_not_compared():
    """A survivor says a name that a suspect of the case bears, without a word."""
    replace(identities, "named", [])


@fault("tests/prosecutions/test_striking_in_court.py")
def struck_from_between():
    """A stage is struck that those before and after it need between them."""
    rests = striking_rules.NOUNS[StageReached].rests[:-1]
    replace(striking_rules.NOUNS, StageReached, striking_rules.Noun(rests))
