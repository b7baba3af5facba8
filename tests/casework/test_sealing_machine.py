"""Whatever people do in whatever order: one person seals, two open, and only the named see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import pytest
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from casework.models import Assignment, Case, Narrative, Seal
from casework.services import sealing
from core.services import Refused, Stale
from tests import factories
from tests.casework.sight import act, full_case, sees
from tests.whole import examples

if TYPE_CHECKING:
    from accounts.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.nightly]
WHY = "Invented reason of the machine"
NO = (Refused, Stale, PermissionDenied, ObjectDoesNotExist)
TEAM = ("officer", "legal")
PEOPLE = (*TEAM, "manager", "lead", "stranger")
READS, KNOWS = {"Case", "Narrative"}, {"Case"}
SMALL = settings(
    max_examples=examples(12),
    stateful_step_count=20,
    deadline=None,
    phases=[Phase.generate],  # a run of requests is not worth shrinking for minutes
    suppress_health_check=list(HealthCheck),
)
PLANTED = settings(SMALL, max_examples=60)  # it ends with the first that finds it
anyone = st.sampled_from(PEOPLE)


@pytest.fixture
def world(office):
    """People of one office, two of them on the case, and one of another office."""
    roles = ("field_officer", "legal_officer", "case_manager", "safeguarding_lead")
    people = {name: factories.user(role) for name, role in zip(PEOPLE, roles, strict=False)}
    people["stranger"] = factories.user("case_manager", factories.office("manila", "PH-MNL"))
    case = full_case(office)
    for name in TEAM:
        factories.assignment(case, people[name])
    return type("World", (Sealing,), {"people": people, "case": case})


class Sealing(RuleBasedStateMachine):
    """People of one case by what they are there. Each run is undone."""

    people: ClassVar[dict[str, User]]
    case: ClassVar[Case]

    def __init__(self):
        super().__init__()
        self.run = transaction.atomic()
        self.run.__enter__()
        self.team, self.named, self.asker = set(TEAM), None, None  # named: while it is sealed

    def teardown(self):
        transaction.set_rollback(True)
        self.run.__exit__(None, None, None)

    def tries(self, verb, target, name, **words):
        try:
            with transaction.atomic():
                act(verb, target, self.people[name], **words)
        except NO:
            return False
        return True

    def row(self):
        return Case.objects.get(pk=self.case.pk)

    def decides(self, verb, name):
        seal = Seal.objects.in_force().get(case=self.case)
        return self.tries(verb, seal, name, version=seal.version)

    @rule(by=anyone, chosen=st.sets(st.sampled_from(TEAM)))
    def seal(self, by, chosen):
        chosen &= self.team
        people = [self.people[name] for name in chosen]
        done = self.tries(sealing.seal_case, self.row(), by, reason=WHY, people=people)
        may = by in self.team or by == "manager"
        assert done == (self.named is None and may)  # at once, in every open state
        if done:
            self.named = {by, "lead", *chosen}
            self.team.add(by)

    @precondition(lambda self: self.named)
    @rule(by=anyone, whom=anyone)
    def name(self, by, whom):
        if self.tries(sealing.name_person, self.row(), by, user=self.people[whom]):
            assert by in self.named & {"manager", "lead"}
            assert whom != "stranger"
            self.named.add(whom)
            self.team |= {whom} - {"lead"}

    @precondition(lambda self: self.named)
    @rule(by=anyone, whom=anyone)
    def take_name(self, by, whom):
        on_case = Assignment.objects.in_force().filter(case=self.case)
        row = on_case.filter(user=self.people[whom]).first()
        if row and self.tries(sealing.take_name, row, by):
            assert by in self.named & {"manager", "lead"}
            self.named.remove(whom)
            assert self.named - {"lead"}

    @rule(by=anyone)
    def ask(self, by):
        if self.tries(sealing.ask_to_open, self.row(), by, reason=WHY):
            assert by in self.named - {"lead"}
            assert self.asker is None
            self.asker = by

    @rule(by=anyone)
    def withdraw(self, by):
        if self.tries(sealing.withdraw_asking, self.row(), by):
            assert by == self.asker
            self.asker = None

    @precondition(lambda self: self.named)
    @rule(by=anyone)
    def refuse(self, by):
        if self.decides(sealing.refuse_opening, by):
            assert self.asker not in (None, by)
            self.asker = None

    @precondition(lambda self: self.named)
    @rule(by=anyone)
    def confirm(self, by):
        if self.decides(sealing.confirm_opening, by):
            assert self.asker not in (None, by)  # two different persons
            assert by in self.named & {"manager", "lead"}
            self.named = self.asker = None

    @precondition(lambda self: self.named)
    @rule(one=anyone, other=anyone)
    def ask_and_confirm(self, one, other):
        self.ask(one)
        self.confirm(other)

    @invariant()
    def only_the_named_see_it(self):
        assert self.row().sealed == (self.named is not None)
        for name, user in self.people.items():
            assert sees(user, self.case, (Case, Narrative)) == self.open_to(name), name

    def open_to(self, name):
        if self.named is None:
            whole = name in self.team or name == "manager"
            return READS if whole else set() if name == "stranger" else KNOWS
        if name not in self.named:
            return set()
        return KNOWS if name == "lead" else READS


def test_no_path_opens_a_sealed_case_to_one_person(world):
    run_state_machine_as_test(world, settings=SMALL)


def test_a_seal_that_keeps_the_team_is_found(world, monkeypatch):
    """Planted: it names whoever is on the team, chosen or not."""
    whole = sealing._name
    monkeypatch.setattr(
        sealing, "_name", lambda case, people: whole(case, {*people, *sealing.team_of(case)})
    )
    with pytest.raises(AssertionError):
        run_state_machine_as_test(world, settings=PLANTED)
