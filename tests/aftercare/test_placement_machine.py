"""Whatever people record in whatever order: one bed a night, and no bed that is not there."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any, ClassVar

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from aftercare.models import Placement, Provider
from aftercare.services.placements import correct_placement, end_placement, place
from aftercare.services.providers import change_provider
from core.context import acting_as
from core.services import Refused, Stale
from tests import factories
from tests.whole import examples
from victims.models import Victim, VictimMerge
from victims.services.merges import merge_victims, undo_victim_merge

pytestmark = pytest.mark.django_db
START, NIGHTS = date(2026, 5, 1), 8
WHY = "Invented reason of the machine"
SMALL = settings(
    max_examples=examples(15),
    stateful_step_count=25,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
BEDS = {"female": 1, "male": 1, "any": 1}
people = st.integers(0, 4)
days = st.integers(0, NIGHTS).map(lambda n: START + timedelta(days=n))
ends = st.none() | days
houses = st.sampled_from(["full of rules", "everyone", None])
who = st.sampled_from(["worker", "manager"])


@pytest.fixture
def world(office, case_manager):
    case, other = factories.case(office), factories.case(office)
    worker = factories.user("aftercare_worker", office)
    for one in (case, other):
        factories.assignment(one, worker)
    sexes = ("female", "female", "male", "other", "female")
    rows = [Victim.objects.create(sex=sex) for sex in sexes]
    beds = {f"places_{kind}": number for kind, number in BEDS.items()}
    fields = {
        "users": {"worker": worker, "manager": case_manager},
        "people": [factories.involvement(case, row) for row in rows],
        "again": [factories.involvement(other, row) for row in rows],  # the same people
        "houses": {
            "full of rules": factories.provider(**beds),
            "everyone": factories.provider(places_any=2),
            None: None,
        },
    }
    return type("World", (Sleeping,), fields)


class Sleeping(RuleBasedStateMachine):
    """People of two cases and two houses with few beds. Each run is undone."""

    users: ClassVar[dict[str, Any]]
    people: ClassVar[list[Any]]
    again: ClassVar[list[Any]]
    houses: ClassVar[dict[Any, Any]]
    refits = False  # whether beds were taken away or added in this run
    mixed = False  # whether records of two sexes became one person in it

    def __init__(self):
        super().__init__()
        self.houses = dict(type(self).houses)
        self.run = transaction.atomic()
        self.run.__enter__()

    def teardown(self):
        transaction.set_rollback(True)
        self.run.__exit__(None, None, None)

    def tries(self, verb, target, name, **words):
        user = self.users[name]
        try:
            with transaction.atomic(), acting_as(user.pk):
                verb(target, actor=user, **words)
        except (Refused, Stale, PermissionDenied):
            pass

    @rule(one=people, twin=st.booleans(), since=days, until=ends, house=houses, name=who)
    def placed(self, one, twin, since, until, house, name):
        person = (self.again if twin else self.people)[one]
        words = {"until": until, "ended_for": "planned" if until else ""}
        self.tries(
            place, person, name, kind="shelter", since=since, provider=self.houses[house], **words
        )

    @rule(since=days, house=houses, name=who)
    def crowded(self, since, house, name):
        """Everybody is to sleep in one house."""
        for person in self.people:
            words = {"kind": "shelter", "since": since, "provider": self.houses[house]}
            self.tries(place, person, name, **words)

    @rule(one=people, since=days, house=houses, reason=st.sampled_from(["", WHY]), name=who)
    def moved(self, one, since, house, reason, name):
        words = {"moved_for": "planned", "override": reason}
        house = self.houses[house]
        self.tries(
            place, self.people[one], name, kind="shelter", since=since, provider=house, **words
        )

    @rule(one=people, two=people)
    def merged(self, one, two):
        """Two records of the case are one person from now on, unless that cannot be."""
        keep, other = self.people[one].victim, self.people[two].victim
        self.mixed |= keep.sex != other.sex
        self.tries(merge_victims, keep, "manager", other=other)

    @rule(number=st.integers(0, 5))
    def parted(self, number):
        if merges := list(VictimMerge.objects.filter(undone_at=None).order_by("created_at", "pk")):
            self.tries(undo_victim_merge, merges[number % len(merges)], "manager")

    @rule(day=days, beds=st.integers(0, 3))
    def refitted(self, day, beds):
        """Other beds from a day on; whoever is there already stays."""
        house = Provider.objects.get(pk=self.houses["everyone"].pk)
        words = {"version": house.version, "places_any": beds, "beds_from": day}
        self.tries(change_provider, house, "manager", **words)
        self.houses["everyone"] = Provider.objects.get(pk=house.pk)
        self.refits = True

    @rule(number=st.integers(0, 30), until=days, name=who)
    def ended(self, number, until, name):
        if row := self.any(number):
            words = {"version": row.version, "ended_for": "left"}
            self.tries(end_placement, row, name, until=until, **words)

    @rule(
        number=st.integers(0, 30),
        since=days,
        planned=ends,
        reason=st.sampled_from(["", WHY]),
        name=who,
    )
    def corrected(self, number, since, planned, reason, name):
        if row := self.any(number):
            words = {"version": row.version, "kind": "shelter", "override": reason}
            words |= {"planned_until": planned}
            self.tries(correct_placement, row, name, since=since, **words)

    def any(self, number):
        rows = list(Placement.objects.order_by("created_at", "pk"))
        return rows[number % len(rows)] if rows else None

    @invariant()
    def one_bed_a_night(self):
        nights = [START + timedelta(days=number) for number in range(NIGHTS + 2)]
        for night in nights:
            in_bed = list(Placement.objects.on_night(night).select_related("victim"))
            sleepers = [row.victim.merged_into_id or row.victim_id for row in in_bed]
            assert len(sleepers) == len(set(sleepers)), night
            self.no_bed_is_used_that_is_not_there_without_a_reason(night, in_bed)

    def no_bed_is_used_that_is_not_there_without_a_reason(self, night, in_bed):
        """Counted here in another way: whoever has no bed of the own sex takes one for anyone."""
        houses = (("full of rules", 1), ("everyone", 2))
        for house, any_sex in houses[:1] if self.refits else houses:
            there = [row for row in in_bed if row.provider_id == self.houses[house].pk]
            rows = [row for row in there if not row.override]  # those beside them had room
            sexes = Counter(row.victim.sex for row in rows)
            own = BEDS if house == "full of rules" else {}
            if self.mixed:  # the sex by which somebody was placed is no longer on record
                assert len(rows) <= any_sex + own.get("female", 0) + own.get("male", 0), night
                continue
            beyond = sum(max(n - own.get(sex, 0), 0) for sex, n in sexes.items())
            assert beyond <= any_sex, (night, sexes)


def test_one_bed_a_night_and_no_more_than_there_are(world):
    run_state_machine_as_test(world, settings=SMALL)
