"""Survivors served: wherever and in whichever case, at the place of their rescue."""

from __future__ import annotations

import pytest

from tests import factories
from tests.reports.courtroom import day, rows
from victims.models import Victim

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(office):
    return factories.case(office)


def rescued(case, on, at="IN-WB-KOL", victim=None, outcome="rescued"):
    made = factories.rescue(case, occurred_on=day(on), jurisdiction=factories.place(at))
    return factories.involvement(case, victim, rescue=made, outcome=outcome)


def served(part, on):
    return factories.service_record(part.case, involvement=part, provided_on=day(on))


def found(place, programme=None, **given):
    """k, n and who was served in the period."""
    for row in rows("survivors-served", **given):
        if (row["jurisdiction"]["code"], row["programme"]) == (place, programme):
            return row["k"], row["n"], row["served_in_period"]
    return None


def test_a_service_counts_wherever_and_in_whichever_case_it_was_given(case, office):
    """Rescued in Kolkata, helped in Mumbai in another case of another form; one never helped."""
    part = rescued(case, "03-10")
    rescued(case, "03-10")
    mumbai = factories.case(
        office, programme="osec", jurisdiction=factories.place("IN-MH-MUM"), opened_on=day("04-01")
    )
    served(factories.involvement(mumbai, part.victim), "05-01")
    assert found("IN-WB") == (1, 2, 1)
    assert found("IN-WB", "csec") == (1, 2, 1)
    assert found("IN-MH") is None, "nobody was brought to safety there"
    assert found("IN-WB", as_of="2026-04-30") == (0, 2, 0), "not helped yet"
    assert found("IN-WB", from_="2026-05-01") == (0, 0, 1), "helped in a later period"
    assert found("IN-WB", from_="2026-05-02") is None


def test_the_place_is_that_of_the_rescue(case):
    """A case of Kolkata, a rescue in Manila."""
    served(rescued(case, "03-10", at="PH-MNL"), "03-11")
    assert found("PH") == (1, 1, 1)
    assert found("IN") is None


def test_records_merged_are_one_person_and_who_declined_is_none(case, office):
    one = rescued(case, "03-10")
    other = factories.involvement(factories.case(office))
    served(other, "03-12")
    served(rescued(case, "03-10", outcome="declined"), "03-12")
    assert found("IN") == (0, 1, 0)
    Victim.objects.filter(pk=other.victim_id).update(merged_into=one.victim)
    assert found("IN") == (1, 1, 1)
