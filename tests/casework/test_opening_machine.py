"""In whatever order: a case is open by two persons, or in an emergency others were told of."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from accounts.models import Notice, User
from casework.models import BreakGlass, Case, Disclosure, Rescue
from casework.services.disclosures import (
    confirm_disclosure,
    end_disclosure,
    propose_disclosure,
    refuse_disclosure,
)
from casework.services.emergencies import break_glass, end_emergency, review_glass
from core.context import acting_as
from core.services import Refused
from tests import factories
from tests.meta.tables import query
from tests.whole import examples

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh"), pytest.mark.nightly]
FEW = settings(
    max_examples=examples(12),
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
WHY = "Invented reason of some length"


class Opening(RuleBasedStateMachine):
    """One case with a rescue, and people of every kind. `model` is what we expect, in our words."""

    def __init__(self):
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        office = factories.office()
        self.case = factories.case(office)
        factories.rescue(self.case, led_by=factories.user())
        roles = {
            "lawyer": "legal_officer",
            "manager": "case_manager",
            "manager2": "case_manager",
            "outside": "prosecutor",
            "nearby": "field_officer",
            "lead": "safeguarding_lead",
        }
        self.keys = {name: factories.user(role, office).pk for name, role in roles.items()}
        factories.membership(self.person("nearby"), "safeguarding_lead", office)
        for name in ("lawyer", "manager", "manager2"):
            factories.assignment(self.case, self.person(name), named=True)
        self.opened, self.rows = set(), {}  # what is in force, by our own account

    def teardown(self):
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    def person(self, name):
        """Anew, as on every request."""
        return User.objects.get(pk=self.keys[name])

    def attempt(self, act):
        """What is refused changes nothing."""
        try:
            with transaction.atomic():
                return act()
        except (Refused, PermissionDenied):
            return None

    @property
    def now(self):
        return Case.objects.get(pk=self.case.pk)

    # Disclosures

    @rule(by=st.sampled_from(["lawyer", "manager", "nearby"]))
    def propose(self, by):
        last = self.case.jurisdiction.today + timedelta(days=30)
        told = {"user": self.person("outside"), "parts": ["rescue"], "basis": "order"}
        told |= {"document": "Order 1", "reason": WHY, "until": last}
        made = self.attempt(lambda: propose_disclosure(self.now, actor=self.person(by), **told))
        assert (made is not None) == (by != "nearby")
        if made:
            self.rows[made.pk] = {"by": by, "sealed": self.now.sealed, "status": "proposed"}

    @precondition(lambda self: self.rows)
    @rule(data=st.data(), by=st.sampled_from(["lawyer", "manager", "manager2", "nearby"]))
    def decide(self, data, by):
        pk = data.draw(st.sampled_from(sorted(self.rows)))
        row, told = Disclosure.objects.get(pk=pk), self.rows[pk]
        verb = data.draw(st.sampled_from([confirm_disclosure, refuse_disclosure]))
        done = self.attempt(lambda: verb(row, actor=self.person(by)))
        may = by in {"manager", "manager2"} and by != told["by"] and told["status"] == "proposed"
        if verb is confirm_disclosure:
            late = told.get("over") or (self.now.sealed and not told["sealed"])
            may = may and not late
        assert (done is not None) == may
        if done:
            told["status"] = done.status

    @precondition(lambda self: self.rows)
    @rule(data=st.data(), by=st.sampled_from(["lawyer", "manager"]))
    def end(self, data, by):
        pk = data.draw(st.sampled_from(sorted(self.rows)))
        done = self.attempt(
            lambda: end_disclosure(Disclosure.objects.get(pk=pk), actor=self.person(by))
        )
        assert (done is not None) == (self.rows[pk]["status"] in {"proposed", "confirmed"})
        if done:
            self.rows[pk]["status"] = "ended"

    # Emergencies

    @rule(by=st.sampled_from(["nearby", "outside", "lead", "lawyer"]))
    def break_the_glass(self, by):
        before = Notice.objects.count()
        may = by == "nearby" and not self.now.sealed and not self.glass_is_open()
        glass = self.attempt(lambda: break_glass(self.now, reason=WHY, actor=self.person(by)))
        assert (glass is not None) == may
        assert (Notice.objects.count() > before) == may

    @precondition(lambda self: BreakGlass.objects.exists())
    @rule(data=st.data(), by=st.sampled_from(["nearby", "lead", "manager"]))
    def review(self, data, by):
        glass = data.draw(st.sampled_from(list(BreakGlass.objects.order_by("started_at", "pk"))))
        words = {"finding": "justified", "remark": "Asked"}
        done = self.attempt(lambda: review_glass(glass, actor=self.person(by), **words))
        assert (done is not None) == (by == "lead" and glass.status != "reviewed")

    @precondition(lambda self: BreakGlass.objects.exists())
    @rule(data=st.data(), by=st.sampled_from(["nearby", "lead", "manager"]))
    def end_emergency(self, data, by):
        glass = data.draw(st.sampled_from(list(BreakGlass.objects.order_by("started_at", "pk"))))
        done = self.attempt(lambda: end_emergency(glass, actor=self.person(by)))
        sees = by == "manager" or (by == "nearby" and not self.now.sealed)
        assert (done is not None) == (sees and glass.status == "open")

    def glass_is_open(self):
        rows = BreakGlass.objects.filter(status="open", expires_at__gt=timezone.now())
        return rows.exists()

    # Time, and what others do to the case

    @rule()
    def an_hour_passes(self):
        for glass in BreakGlass.objects.filter(status="open"):
            moved = {
                n: getattr(glass, n) - timedelta(hours=1) for n in ("started_at", "expires_at")
            }
            BreakGlass.objects.filter(pk=glass.pk).update(**moved)

    @precondition(lambda self: self.rows)
    @rule(data=st.data())
    def the_last_day_passes(self, data):
        pk = data.draw(st.sampled_from(sorted(self.rows)))
        over = timezone.now() - timedelta(seconds=1)
        Disclosure.objects.filter(pk=pk).update(expires_at=over)
        self.rows[pk]["over"] = True

    @rule(level=st.sampled_from([1, 4]))
    def seal_or_open(self, level):
        Case.objects.filter(pk=self.case.pk).update(level=level)

    # Always

    def reads(self, name):
        """The rescue, by each wall."""
        person = self.person(name)
        first = Rescue.objects.visible_to(person).filter(case=self.case).exists()
        with acting_as(person.pk):
            second = bool(query("select 1 from casework_rescue where case_id = %s", self.case.pk))
        assert first == second
        return first

    @invariant()
    def open_only_by_a_disclosure_in_force(self):
        sealed = self.now.sealed
        expected = any(
            row["status"] == "confirmed" and not row.get("over") and (row["sealed"] or not sealed)
            for row in self.rows.values()
        )
        assert self.reads("outside") == expected

    @invariant()
    def open_only_by_an_emergency_in_force(self):
        assert self.reads("nearby") == (self.glass_is_open() and not self.now.sealed)

    @invariant()
    def two_persons_each_time(self):
        for row in Disclosure.objects.all():
            assert row.confirmed_by_id != row.proposed_by_id
            assert (row.confirmed_by_id is None) == (row.confirmed_at is None)
        for glass in BreakGlass.objects.all():
            assert glass.reviewed_by_id != glass.user_id
            told = Notice.objects.filter(kind="glass-broken", target_id=glass.pk)
            assert {self.keys["lead"], self.keys["manager"]} <= set(
                told.values_list("user", flat=1)
            )


def test_nothing_opens_a_case_otherwise():
    run_state_machine_as_test(Opening, settings=FEW)
