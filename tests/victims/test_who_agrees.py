"""Who may agree for a person: a child not alone, nor a family that exploited it. A no counts."""

from __future__ import annotations

from datetime import date

import pytest

from core.services import Refused
from tests import factories
from tests.factories import persons
from tests.victims.agreeing import grant, withdraw
from victims.models import Victim

pytestmark = pytest.mark.django_db
BY_SELF = {"given_by": "self", "relation": ""}


@pytest.fixture
def case(office):
    return factories.case(office)


def of(case, low, high=None):
    """Somebody brought out on 10 March 2026, at an age in months."""
    ages = {"age_min_months": low, "age_max_months": low if high is None else high}
    rescue = factories.rescue(case, occurred_on=date(2026, 3, 10))
    victim = Victim.objects.create(sex="female", **ages)
    return factories.involvement(case, victim, rescue=rescue, outcome="rescued")


@pytest.mark.parametrize("months", [2, 150, 155])
def test_a_child_does_not_agree_alone(case, worker, months):
    child = of(case, months)
    with pytest.raises(Refused, match="cannot agree alone") as refusal:
        grant(child, worker, given_on=date(2026, 3, 11), **BY_SELF)
    assert refusal.value.field == "given_by"
    assert not child.consents.exists()
    assert grant(child, worker, given_on=date(2026, 3, 11)).relation == "official"


@pytest.mark.parametrize(
    ("low", "high", "on"),
    [
        (156, 156, date(2026, 3, 11)),  # thirteen
        (100, 156, date(2026, 3, 11)),  # perhaps thirteen
        (155, 155, date(2026, 4, 11)),  # twelve then, by now perhaps thirteen
        (None, None, date(2026, 3, 11)),  # nobody knows
    ],
)
def test_whoever_may_be_thirteen_agrees_as_the_house_decides(case, worker, low, high, on):
    assert grant(of(case, low, high), worker, given_on=on, **BY_SELF).given_by == "self"


def test_the_no_of_a_child_counts_and_so_does_its_taking_back(case, worker):
    child = of(case, 60)
    assert grant(child, worker, refused=True, **BY_SELF).given_by == "self"
    assert withdraw(grant(child, worker), worker).withdrawn_on


@pytest.mark.parametrize("exploiter", ["parent", "sibling", "relative"])
@pytest.mark.parametrize("relation", ["parent", "relative"])
def test_a_family_that_exploited_a_person_does_not_agree_for_it(case, worker, exploiter, relation):
    """Whichever case of the person says so."""
    child = of(case, 60)
    there = factories.involvement(factories.case(case.office), child.victim)
    persons.exploitation(involvement=there, relationship=exploiter)
    with pytest.raises(Refused, match="official of child welfare") as refusal:
        grant(child, worker, relation=relation)
    assert refusal.value.field == "relation"
    assert grant(child, worker, relation=relation, refused=True).withdrawn_on
    for other in ("appointed", "official"):
        assert grant(child, worker, relation=other).relation == other


@pytest.mark.parametrize("exploiter", ["employer", "acquaintance", ""])
def test_a_parent_agrees_where_somebody_else_exploited_the_child(case, worker, exploiter):
    child = of(case, 60)
    persons.exploitation(involvement=child, relationship=exploiter)
    assert grant(child, worker, relation="parent").relation == "parent"
