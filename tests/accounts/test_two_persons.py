"""No role begins without two different persons, neither of whom is the one concerned."""

from __future__ import annotations

from contextlib import suppress

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from hypothesis import settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)
from hypothesis.strategies import sampled_from

from accounts.models import AccountChange, Membership, Notice, User
from accounts.permissions import Perm
from accounts.services.changes import (
    ask_role,
    ask_second_factor_reset,
    confirm_change,
    refuse_change,
    withdraw_change,
)
from accounts.services.leaving import end_role
from core.context import confirmed_at
from core.services import Refused, StepUp
from tests import factories
from tests.accounts.phone import connect
from tests.whole import examples

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]


@pytest.fixture
def admin(office):
    return factories.user("system_admin", office)


@pytest.fixture
def second(office):
    return factories.user("safeguarding_lead", office)


def ask(user, actor, role="case_manager"):
    return ask_role(user, office=factories.office(), role=role, reason="Invented", actor=actor)


def roles_of(user):
    return {role for _office, role in User.objects.get(pk=user.pk).roles}


def test_a_role_begins_when_a_second_person_confirms(admin, second, field_officer, recorded):
    change = ask(field_officer, admin)
    assert roles_of(field_officer) == {"field_officer"}
    confirm_change(change, actor=second)
    assert roles_of(field_officer) == {"field_officer", "case_manager"}
    assert recorded("change.asked") == [(admin.pk, str(change.pk))]
    assert recorded("change.confirmed") == [(second.pk, str(change.pk))]


def test_everyone_concerned_is_told(admin, second, field_officer):
    confirm_change(ask(field_officer, admin), actor=second)
    told = set(Notice.objects.values_list("user", "kind"))
    assert told == {
        (second.pk, "change-asked"),
        (field_officer.pk, "role-given"),
        (admin.pk, "change-decided"),
    }


def test_nobody_asks_for_themselves(admin):
    with pytest.raises(Refused, match="You cannot change this for yourself"):
        ask(admin, admin)
    with pytest.raises(Refused, match="You cannot change this for yourself"):
        ask_second_factor_reset(admin, reason="Lost", actor=admin)


@pytest.mark.parametrize("decide", [confirm_change, refuse_change])
def test_neither_who_asked_nor_who_it_is_about_decides(admin, office, decide):
    concerned = factories.user("system_admin", office)
    change = ask(concerned, admin)
    for actor in (admin, concerned):
        with pytest.raises(Refused, match="A second person must decide"):
            decide(change, actor=actor)
    assert AccountChange.objects.get().outcome == ""


def test_what_is_decided_stays_decided(admin, second, field_officer):
    change = ask(field_officer, admin)
    refuse_change(change, actor=second)
    for again in (confirm_change, refuse_change):
        with pytest.raises(Refused, match="already been decided"):
            again(change, actor=second)
    with pytest.raises(Refused, match="already been decided"):
        withdraw_change(change, actor=admin)
    assert roles_of(field_officer) == {"field_officer"}


def test_who_lost_the_right_to_ask_has_not_asked(admin, second, field_officer):
    """What a stolen administrator's account asked for must not outlive it."""
    change = ask(field_officer, admin)
    Membership.objects.filter(user=admin).update(ended_at=Now())
    with pytest.raises(Refused, match="The person who asked for this may no longer do so"):
        confirm_change(change, actor=second)


def test_asked_twice_is_asked_once(admin, second, field_officer):
    ask(field_officer, admin)
    with pytest.raises(Refused, match="already been asked for"):
        ask(field_officer, admin)
    with pytest.raises(Refused, match="has this role"):
        ask(field_officer, admin, role="field_officer")


def test_without_a_second_factor_shown_now_nothing_is_given(admin, second, field_officer):
    change = ask(field_officer, admin)
    token = confirmed_at.set(None)
    try:
        for call in (
            lambda: confirm_change(change, actor=second),
            lambda: ask(field_officer, admin, role="auditor"),
            lambda: ask_second_factor_reset(field_officer, reason="Lost", actor=admin),
        ):
            with pytest.raises(StepUp):
                call()
    finally:
        confirmed_at.reset(token)


def test_the_database_refuses_a_role_of_one_person(admin, second, field_officer):
    """The last line, below every service."""
    row = ask(field_officer, admin)
    rows = AccountChange.objects.filter(pk=row.pk)
    for changed in (
        {"outcome": "confirmed", "decided_by": admin, "decided_at": Now()},
        {"outcome": "confirmed", "decided_by": field_officer, "decided_at": Now()},
        {"outcome": "confirmed"},
        {"decided_by": second},
        {"user": admin},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**changed)


def test_a_second_factor_is_forgotten_by_two_and_its_person_told(admin, second, field_officer):
    connect(field_officer)
    factors = Authenticator.objects.filter(user=field_officer)
    change = ask_second_factor_reset(field_officer, reason="Lost the phone", actor=admin)
    with pytest.raises(Refused):
        confirm_change(change, actor=admin)
    assert factors.count() == 2
    confirm_change(change, actor=second)
    assert not factors.exists()
    assert Notice.objects.filter(user=field_officer, kind="second-factor-reset").exists()


ANYONE = sampled_from(range(4))
DECIDE = [confirm_change, refuse_change, withdraw_change]


class Administration(RuleBasedStateMachine):
    """Four people, any of whom tries anything with any of the others, in any order."""

    def __init__(self):
        super().__init__()
        self.example = transaction.atomic()
        self.example.__enter__()
        self.office = factories.office()
        given = ("system_admin", "system_admin", "safeguarding_lead", "field_officer")
        self.people = [factories.user(role, self.office) for role in given]
        self.first = set(Membership.objects.values_list("pk", flat=True))

    def teardown(self):
        transaction.set_rollback(True)
        self.example.__exit__(None, None, None)

    def attempt(self, verb, *args, who, **kwargs):
        """As the next request would find this person: nothing remembered."""
        actor = User.objects.get(pk=self.people[who].pk)
        with suppress(Refused, PermissionDenied):
            verb(*args, actor=actor, **kwargs)

    @rule(who=ANYONE, of=ANYONE, role=sampled_from(["system_admin", "case_manager"]))
    def asks(self, who, of, role):
        kwargs = {"office": self.office, "role": role, "reason": "x"}
        self.attempt(ask_role, self.people[of], who=who, **kwargs)

    @rule(who=ANYONE, which=sampled_from(range(4)), verb=sampled_from(DECIDE))
    def decides(self, who, which, verb):
        if found := AccountChange.objects.filter(kind="give").order_by("-asked_at")[which:]:
            self.attempt(verb, found[0], who=who)

    @rule(who=ANYONE, which=sampled_from(range(6)))
    def ends(self, who, which):
        if found := Membership.objects.in_force().order_by("started_at", "pk")[which:]:
            self.attempt(end_role, found[0], who=who, reason="x")

    @invariant()
    def every_role_has_two_persons_behind_it(self):
        for role in Membership.objects.exclude(pk__in=self.first):
            given = AccountChange.objects.filter(
                kind="give", user=role.user_id, role=role.role, outcome="confirmed"
            )
            assert given.exists()
            for change in given:
                assert len({change.asked_by_id, change.decided_by_id, role.user_id}) == 3

    @invariant()
    def somebody_can_still_ask(self):
        assert User.objects.holding(Perm.PEOPLE_MANAGE).exists()


def test_whatever_anyone_tries_a_role_has_two_persons_behind_it(db):
    few = settings(max_examples=examples(40), stateful_step_count=12, deadline=None)
    run_state_machine_as_test(Administration, settings=few)
