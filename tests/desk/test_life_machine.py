"""Whatever people do in whatever order: a case takes the steps of its table, closes when nothing
keeps it open or somebody says why, goes on where it stood, and moves only to who takes it over."""

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

from casework import workflow
from casework.models import Case, Closing, Task, Transfer
from casework.services.cases import move_case
from casework.services.leads import record_lead
from casework.services.tasks import add_task, finish_task
from casework.services.transfers import accept_transfer, transfer_case, withdraw_transfer
from core.services import Refused, Stale
from desk.closing import services
from desk.closing.services import close_case, leave_to_aftercare, reopen_case
from tests import factories
from tests.casework.sight import act
from tests.whole import examples

if TYPE_CHECKING:
    from accounts.models import User

pytestmark = pytest.mark.django_db
WHY = "Invented reason of the machine"
NO = (Refused, Stale, PermissionDenied, ObjectDoesNotExist)
STEPS = {  # said once more, by hand
    "assess": ({"lead"}, "assessment"),
    "investigate": ({"lead", "assessment", "rescue_planned"}, "investigation"),
}
HERE, THERE = "manager", "receiver"
PEOPLE = ("officer", HERE, THERE)
SMALL = settings(
    max_examples=examples(12),
    stateful_step_count=25,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
PLANTED = settings(SMALL, max_examples=100)  # it ends with the first that finds it
anyone = st.sampled_from(PEOPLE)


@pytest.fixture
def world(office):
    people = {
        "officer": factories.user("field_officer", office),
        HERE: factories.user("case_manager", office),
        THERE: factories.user("case_manager", factories.office("manila", "PH-MNL")),
    }
    case = factories.case(office)
    factories.assignment(case, people["officer"])
    return type("World", (Life,), {"people": people, "case": case})


class Life(RuleBasedStateMachine):
    """One case, its officer, the managers of two offices. Each run is undone."""

    people: ClassVar[dict[str, User]]
    case: ClassVar[Case]

    def __init__(self):
        super().__init__()
        self.run = transaction.atomic()
        self.run.__enter__()
        self.status, self.stood, self.manager = "lead", None, HERE
        self.team, self.offered, self.tasks, self.pending = {"officer"}, False, [], None

    def teardown(self):
        transaction.set_rollback(True)
        self.run.__exit__(None, None, None)

    def tries(self, verb, target, name, **words):
        """Why it was refused; nothing, where it was done."""
        try:
            with transaction.atomic():
                act(verb, target, self.people[name], **words)
        except NO as refusal:
            return str(refusal) or "refused"
        return ""

    def row(self):
        return Case.objects.get(pk=self.case.pk)

    def on_case(self, verb, name, **words):
        row = self.row()
        return self.tries(verb, row, name, version=row.version, **words)

    def writes(self, name):
        return name in self.team or name == self.manager

    def keeps_it_open(self):
        """The words of what keeps it open now."""
        found = {"A task is open": self.tasks, "not decided yet": self.pending}
        found |= {"waits for an answer": self.offered}
        return [words for words, is_so in found.items() if is_so]

    @rule(by=anyone, step=st.sampled_from(sorted(STEPS)))
    def move(self, by, step):
        sources, target = STEPS[step]
        refusal = self.on_case(move_case, by, step=step)
        may = self.writes(by) and self.status in sources
        assert (not refusal) == may
        if may:
            self.status = target
        elif self.writes(by):
            assert "is not possible now" in refusal

    @rule(by=anyone)
    def add(self, by):
        words = {"what": "Invented", "due_on": self.case.jurisdiction.today}
        refusal = self.tries(add_task, self.row(), by, **words)
        assert (not refusal) == (self.writes(by) and self.status != "closed")
        if not refusal:
            self.tasks.append(Task.objects.latest("created_at").pk)

    @precondition(lambda self: self.tasks)
    @rule(by=anyone)
    def finish(self, by):
        task = Task.objects.get(pk=self.tasks[-1])
        if not self.tries(finish_task, task, by, version=task.version):
            assert self.writes(by)
            self.tasks.pop()

    @rule(by=anyone)
    def hear(self, by):
        place = self.case.jurisdiction
        told = {"source": "police", "text": "Invented", "received_on": place.today}
        refusal = self.tries(record_lead, self.row(), by, **told, jurisdiction=place)
        assert (not refusal) == (self.writes(by) and self.status != "closed")

    @precondition(lambda self: self.status not in {"closed", "prosecution"})
    @rule()
    def sue(self):
        """What happens before a court is recorded elsewhere."""
        self.pending = factories.prosecution(self.row())
        Case.objects.filter(pk=self.case.pk).update(status="prosecution")
        self.status = "prosecution"

    @precondition(lambda self: self.pending)
    @rule()
    def decide(self):
        factories.decision(charge=factories.charge(prosecution=self.pending))
        self.pending = None

    @rule(by=anyone)
    def only_aftercare(self, by):
        refusal = self.on_case(leave_to_aftercare, by)
        may = self.writes(by) and self.status == "prosecution" and not self.pending
        assert (not refusal) == may
        if may:
            self.status = "aftercare_only"
        elif self.pending and self.writes(by) and self.status == "prosecution":
            assert "not decided yet" in refusal

    @rule(by=anyone, override=st.sampled_from(["", WHY]))
    def close(self, by, override):
        left = self.keeps_it_open()
        refusal = self.on_case(close_case, by, reason="goals_met", override=override)
        may = by == self.manager and self.status != "closed" and bool(override or not left)
        assert (not refusal) == may, refusal
        if may:
            self.stood, self.status, self.offered = self.status, "closed", False
        elif by == self.manager and self.status != "closed":
            assert [words for words in left if words not in refusal] == []

    @rule(by=anyone)
    def reopen(self, by):
        refusal = self.on_case(reopen_case, by, reason=WHY)
        may = by == self.manager and self.status == "closed"
        assert (not refusal) == may
        if may:
            self.status, self.stood = self.stood, None

    @rule(override=st.sampled_from(["", WHY]))
    def close_it(self, override):
        self.close(self.manager, override)

    @rule(step=st.sampled_from(sorted(STEPS)))
    def move_and_close(self, step):
        self.move(self.manager, step)
        self.close(self.manager, WHY)

    @precondition(lambda self: self.status == "closed")
    @rule()
    def reopen_it(self):
        self.reopen(self.manager)

    @rule(step=st.sampled_from(sorted(STEPS)))
    def move_it(self, step):
        self.move(self.manager, step)

    @rule()
    def add_one(self):
        self.add(self.manager)

    @rule(by=anyone)
    def offer(self, by):
        where = self.people[HERE if self.manager == THERE else THERE].home_office
        refusal = self.tries(transfer_case, self.row(), by, reason=WHY, to_office=where)
        may = by == self.manager and self.status != "closed" and not self.offered
        assert (not refusal) == may
        self.offered = self.offered or may

    @precondition(lambda self: self.offered)
    @rule(by=anyone)
    def accept(self, by):
        waiting = Transfer.objects.waiting().get(case=self.case)
        refusal = self.tries(accept_transfer, waiting, by)
        assert (not refusal) == (by == (HERE if self.manager == THERE else THERE))
        if not refusal:
            self.offered, self.manager, self.team = False, by, {by}

    @precondition(lambda self: self.offered)
    @rule(by=anyone)
    def withdraw(self, by):
        waiting = Transfer.objects.waiting().get(case=self.case)
        if not self.tries(withdraw_transfer, waiting, by):
            assert by == self.manager
            self.offered = False

    @invariant()
    def it_stands_where_it_should(self):
        row = self.row()
        assert row.status == self.status
        assert (row.closed_on is not None) == (self.status == "closed")
        assert row.office == self.people[self.manager].home_office
        assert Closing.objects.in_force().filter(case=row).exists() == (self.status == "closed")
        team = set(row.assignment_set.in_force().values_list("user", flat=True))
        assert team == {self.people[name].pk for name in self.team}


@pytest.mark.nightly
def test_a_case_lives_by_its_rules(world):
    run_state_machine_as_test(world, settings=SMALL)


@pytest.mark.nightly
@pytest.mark.parametrize("planted", ["closed whatever is open", "reopened at its beginning"])
def test_a_planted_fault_is_found(world, monkeypatch, planted):
    if planted == "closed whatever is open":
        monkeypatch.setattr(services, "blocking", lambda _needs: [])
    else:
        back = workflow.Transition(
            "reopen", "Reopen", {"closed"}, "lead", workflow.Perm.CASE_CLOSE, manual=False
        )
        monkeypatch.setitem(workflow.case_workflow.steps, "reopen", back)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(world, settings=PLANTED)
