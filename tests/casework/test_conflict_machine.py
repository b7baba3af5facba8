"""While a conflict of interest holds, nothing of the case is open, whatever else is granted."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from casework.models import Assignment, Case, Conflict, Narrative
from casework.querysets import ConflictQuerySet
from casework.services.conflicts import declare_conflict, lift_conflict
from core.services import Refused
from tests import factories
from tests.casework.sight import act, full_case, sees
from tests.casework.test_sealing_machine import PLANTED, SMALL
from victims.models import Involvement, Victim

if TYPE_CHECKING:
    from accounts.models import User

pytestmark = pytest.mark.django_db
WHY = "Invented reason of the machine"
ROLES = ("field_officer", "case_manager", "data_officer", "safeguarding_lead", "prosecutor")
PLACES = ("here", "there")
somewhere = st.sampled_from(PLACES)


@pytest.fixture
def world(office):
    """Two cases of two offices, of which one survivor is part of the first."""
    manila = factories.office("manila", "PH-MNL")
    cases = {"here": full_case(office), "there": full_case(manila)}
    people = {name: factories.user("case_manager", office) for name in ("kin", "manager")}
    people["lead"] = factories.user("safeguarding_lead", factories.office("global"))
    survivor = cases["here"].involvement_set.get().victim
    made = {"cases": cases, "people": people, "survivor": survivor}
    return type("World", (Kept,), made)


class Kept(RuleBasedStateMachine):
    """`kin` is given every right there is; the conflict takes all of them away."""

    cases: ClassVar[dict[str, Case]]
    people: ClassVar[dict[str, User]]
    survivor: ClassVar[Victim]

    def __init__(self):
        super().__init__()
        self.run = transaction.atomic()
        self.run.__enter__()
        self.held = {place: set() for place in PLACES}  # about whom: the case or the survivor

    def teardown(self):
        transaction.set_rollback(True)
        self.run.__exit__(None, None, None)

    def tries(self, verb, target, by, **words):
        try:
            with transaction.atomic():
                return act(verb, target, self.people[by], **words)
        except (Refused, PermissionDenied):
            return None

    # What would open a case to anyone else, written past every rule

    @rule(place=somewhere, named=st.booleans())
    def put_on_the_team(self, place, named):
        on_case = {"case": self.cases[place], "user": self.people["kin"]}
        Assignment.objects.in_force().filter(**on_case).delete()
        Assignment.objects.create(named=named, **on_case)

    @rule(place=somewhere, sealed=st.booleans())
    def seal(self, place, sealed):
        Case.objects.filter(pk=self.cases[place].pk).update(level=4 if sealed else 1)

    @rule(role=st.sampled_from(ROLES))
    def give_a_global_role(self, role):
        kin = self.people["kin"]
        if not kin.memberships.filter(role=role, office__is_global=True).exists():
            factories.membership(kin, role, factories.office("global"))

    @rule(place=somewhere, named=st.booleans())
    def show(self, place, named):
        factories.disclosure(self.cases[place], self.people["kin"], named=named)
        factories.break_glass(self.cases[place], self.people["kin"])

    # What closes it, and who may undo that

    @rule(
        place=somewhere, by=st.sampled_from(["kin", "manager", "lead"]), of_survivor=st.booleans()
    )
    def declare(self, place, by, of_survivor):
        person = self.survivor.pk if of_survivor else None
        words = {"kind": "relative", "person": person, "user": self.people["kin"]}
        case = Case.objects.get(pk=self.cases[place].pk)
        if self.tries(declare_conflict, case, by, **words):
            self.held[place].add(person)
            for other in PLACES if person else ():
                if self.cases[other].involvement_set.filter(victim=person).exists():
                    self.held[other].add(person)

    @rule()
    def place_the_survivor_there(self):
        there, where = self.cases["there"], {"victim": self.survivor, "code": "S-99"}
        if not Involvement.objects.filter(case=there, victim=self.survivor).exists():
            Involvement.objects.create(case=there, **where)
            if any(self.survivor.pk in held for held in self.held.values()):
                self.held["there"].add(self.survivor.pk)

    @rule(place=somewhere, by=st.sampled_from(["kin", "manager", "lead"]))
    def lift(self, place, by):
        conflict = Conflict.objects.in_force().filter(case=self.cases[place]).first()
        if conflict and self.tries(
            lift_conflict, conflict, by, reason=WHY, version=conflict.version
        ):
            assert self.people[by] not in (conflict.user, conflict.declared_by)
            self.held[place].remove(conflict.person_id)

    @invariant()
    def nothing_is_open(self):
        for place, case in self.cases.items():
            rows = Conflict.objects.in_force().filter(case=case)
            assert set(rows.values_list("person_id", flat=True)) == self.held[place]
            seen = sees(self.people["kin"], case, (Case, Narrative))
            assert not (self.held[place] and seen), place


def test_while_a_conflict_holds_nothing_is_open(world):
    run_state_machine_as_test(world, settings=SMALL)


def test_a_wall_that_forgets_conflicts_is_found(world, monkeypatch):
    """Planted: the application takes none for one in force; the database still keeps them out."""
    monkeypatch.setattr(ConflictQuerySet, "in_force", lambda self: self.none())
    with pytest.raises(AssertionError):
        run_state_machine_as_test(world, settings=PLANTED)
