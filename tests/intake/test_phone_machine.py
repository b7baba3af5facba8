"""Phones and the server, with a network that loses requests and answers: nothing is lost, and
nothing is recorded twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from accounts.models import Membership
from casework.models import Case, Note
from intake.models import Box, BoxPart, BoxState
from intake.phones import door, through
from intake.phones.services import boxes
from tests import factories
from tests.intake.phone import Device
from tests.whole import WHOLE

if TYPE_CHECKING:
    from accounts.models import User

pytestmark = [pytest.mark.django_db]
SMALL = settings(
    max_examples=300 if WHOLE else 2,
    stateful_step_count=40,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
PLANTED = settings(SMALL, max_examples=60)  # it ends with the first that finds it
network = st.lists(st.sampled_from(["through", "through", "lost", "answer lost"]), max_size=8)


@pytest.fixture
def world(field_officer):
    case = factories.assignment(user=field_officer).case
    return type("World", (Phones,), {"person": field_officer, "case": case})


class Phones(RuleBasedStateMachine):
    """One person, who writes on one phone after the other. Each run is undone."""

    person: ClassVar[User]
    case: ClassVar[Case]

    def __init__(self):
        super().__init__()
        self.run = transaction.atomic()
        self.run.__enter__()
        self.sealed, self.texts = [], {}  # what is on phones, and what was ever written
        self.recorded, self.waits = set(), set()
        self.may = True

    def teardown(self):
        try:
            for one in list(self.sealed):
                self.deliver(one, [])
            said = sorted(str(note.text) for note in Note.objects.all())
            assert said == sorted(self.texts[pk] for pk in self.recorded), "each once, as written"
            assert set(self.texts) == self.recorded | self.waits, "none is lost"
        finally:
            transaction.set_rollback(True)
            self.run.__exit__(None, None, None)

    @initialize()
    def first(self):
        self.phone = Device(self.person)

    @rule()
    def enrol(self):
        self.phone = Device(self.person)

    @rule()
    def write(self):
        text = f"Invented words {len(self.texts)}"
        fields = {"about-reference": [self.case.reference], "kind": ["visit"], "text": [text]}
        box = self.phone.seal(fields, kind="note")
        self.texts[box.id] = text
        self.sealed.append((self.phone, box))

    @precondition(lambda self: self.sealed)
    @rule(which=st.integers(0, 30), network=network, size=st.sampled_from([700, 512_000]))
    def send(self, which, network, size):
        self.deliver(self.sealed[which % len(self.sealed)], network, size)

    def deliver(self, one, network, size=512_000):
        """As the script does: from the beginning, on from where the server says it is, until there
        is a receipt, or the network breaks off."""
        (phone, box), have, fates = one, 0, list(network)
        while True:
            fate = fates.pop() if fates else "through"
            if fate == "lost":
                return
            answer = phone.piece(box, have, box.text[have : have + size])
            self.settle(phone, box)
            if fate == "answer lost":
                return
            told = answer.json()
            assert answer.status_code in (200, 201, 202, 409), told
            if told.get("received"):
                self.sealed.remove(one)
                return
            have = told["have"]

    def settle(self, phone, box):
        """What must have become of a box that is whole for the first time."""
        row = Box.objects.filter(pk=box.id).exclude(state=BoxState.ARRIVING).first()
        if row and box.id not in self.recorded | self.waits:
            believed = self.may and not phone.row.ended_at
            (self.recorded if believed else self.waits).add(box.id)
            assert row.state == (BoxState.TAKEN if believed else BoxState.WAITING)

    @rule()
    def lose(self):
        row = self.phone.row
        row.ended_at, row.ended_for = row.ended_at or timezone.now(), "lost"
        row.save()

    @rule()
    def end_or_give_role(self):
        self.may = not self.may
        role = "field_officer" if self.may else "auditor"
        Membership.objects.filter(user=self.person).update(role=role)

    @invariant()
    def each_is_there_once(self):
        assert Note.objects.count() == len(self.recorded)
        kept = set(BoxPart.objects.values_list("box", flat=True))
        assert self.waits <= kept
        assert not self.recorded & kept


def test_every_entry_is_there_once(world):
    run_state_machine_as_test(world, settings=SMALL)


def receipt_at_once(monkeypatch):
    whole = door._receipt

    def told(box, status):
        answer = whole(box, status)
        answer.content = answer.content.replace(b'"received": false', b'"received": true')
        return answer

    monkeypatch.setattr(door, "_receipt", told)


def sent_twice(monkeypatch):
    whole = through.send

    def twice(box, said, actor):
        whole(box, said, actor)
        said.fields["key"] = "another"
        return whole(box, said, actor)

    monkeypatch.setattr(through, "send", twice)


def thrown_away(monkeypatch):
    whole = boxes._wait

    def waits(box, *why, **words):
        whole(box, *why, **words)
        BoxPart.objects.filter(box=box).delete()

    monkeypatch.setattr(boxes, "_wait", waits)


@pytest.mark.nightly
@pytest.mark.parametrize("plant", [receipt_at_once, sent_twice, thrown_away])
def test_a_planted_fault_is_found(world, monkeypatch, plant):
    plant(monkeypatch)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(world, settings=PLANTED)
