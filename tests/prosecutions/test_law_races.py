"""Laws that are confirmed in the moment in which others are, or in which a stage is recorded."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest
from django.utils import timezone

from core.context import acting_as, confirmed_at
from core.services import Refused
from prosecutions.corrections.services.records import correct_record
from prosecutions.models import LawVersion, StageReached
from prosecutions.services.law_limits import propose_limit
from prosecutions.services.law_stages import propose_stages
from prosecutions.services.laws import confirm_law
from prosecutions.services.stages import reach_stage
from tests import factories
from tests.casework.test_sealing_races import elsewhere
from tests.prosecutions.test_law_stages import PLACES, SOURCE

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("real_rows", "fresh"),
]
FILED, REACHED = date(2026, 3, 1), date(2026, 4, 2)


@pytest.fixture
def officer():
    return factories.officer_in(factories.case())


@pytest.fixture
def second(officer):
    return factories.user("programme_manager")


@pytest.fixture
def court(officer):
    """Filed in Nepal, where the table that ships has a preliminary hearing."""
    case = officer.assignments.get().case
    of = {"jurisdiction": factories.place("NP"), "filed_on": FILED}
    row = factories.prosecution(case, **of)
    factories.stage_reached(prosecution=row, stage="filed", reached_on=FILED)
    return row


@pytest.fixture
def law(officer):
    """One without it."""
    with acting_as(officer.pk):
        country = factories.place("NP")
        return propose_stages(
            country=country, begins_on=FILED, source=SOURCE, actor=officer, **PLACES
        )


def as_one(user, does, *args, **kwargs):
    """In a transaction of its own; what refused it, or nothing."""
    confirmed_at.set(timezone.now())
    try:
        with acting_as(user.pk):
            does(*args, actor=user, **kwargs)
    except Refused as refusal:
        return str(refusal)
    return ""


def reach(court, officer):
    return as_one(officer, reach_stage, court, stage="preliminary", reached_on=REACHED)


def meanwhile(first, does):
    """Who begins while the other has not yet committed, and what then became of it."""
    user, verb, *args = first
    answers = []
    with acting_as(user.pk):
        verb(*args, actor=user)
        done = elsewhere(lambda: answers.append(does()))
        assert not done.wait(0.5), "waits for the other"
    assert done.wait(20)
    return answers


def test_a_stage_of_the_moment_in_which_a_law_without_it_is_confirmed(court, law, officer, second):
    (words,) = meanwhile((second, confirm_law, law), lambda: reach(court, officer))
    assert words == "The courts of this country have no such stage."
    assert not StageReached.objects.filter(stage="preliminary").exists()


def test_a_law_of_the_moment_in_which_a_stage_is_recorded_that_it_leaves_out(
    court, law, officer, second
):
    reaches = partial(reach_stage, stage="preliminary", reached_on=REACHED)
    (words,) = meanwhile((officer, reaches, court), lambda: as_one(second, confirm_law, law))
    assert "has a stage that is not among these" in words
    law.refresh_from_db()
    assert law.outcome == ""


def test_a_filing_that_is_moved_under_a_law_without_its_stages(court, law, officer, second):
    LawVersion.objects.filter(pk=law.pk).update(begins_on=date(2026, 3, 2))
    factories.stage_reached(prosecution=court, stage="preliminary", reached_on=REACHED)
    court.refresh_from_db()
    facts = {"version": court.version, "reason": "typing", "filed_on": date(2026, 3, 2)}
    (words,) = meanwhile(
        (second, confirm_law, law), lambda: as_one(officer, correct_record, court, **facts)
    )
    assert words == "The courts of this country have no such stage."


def test_of_two_limits_for_the_same_only_one_is_confirmed(officer, second):
    of = {"country": factories.place("NP"), "kind": "charge", "begins_on": FILED}
    with acting_as(officer.pk):
        laws = [
            propose_limit(amount=amount, source=SOURCE, actor=officer, **of) for amount in (60, 70)
        ]
    (words,) = meanwhile(
        (second, confirm_law, laws[0]), lambda: as_one(second, confirm_law, laws[1])
    )
    assert "from that day or later" in words
    confirmed = LawVersion.objects.filter(kind="charge", country__code="NP", outcome="confirmed")
    assert [row.terms["amount"] for row in confirmed] == [60]
