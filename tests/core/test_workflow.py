"""Steps: allowed or refused in words, counted, recorded, decided by the row as it is now."""

from __future__ import annotations

import pytest

from accounts.permissions import Perm
from casework.enums import CaseStatus as S
from casework.models import Case
from core.models import AuditEvent
from core.services import Refused, Stale
from core.workflow import Transition, Workflow
from tests import factories

pytestmark = pytest.mark.django_db


def no_site(case):
    return None if case.support_level == "supported" else "Name the support first."


workflow = Workflow[Case](
    Transition("assess", "Start assessment", {S.LEAD}, S.ASSESSMENT, Perm.CASE_MOVE),
    Transition("plan", "Plan", {S.LEAD}, S.RESCUE_PLANNED, Perm.CASE_MOVE, blocked=no_site),
    Transition("fix", "Correct", {S.LEAD}, S.ASSESSMENT, Perm.CASE_CORRECT),
    Transition("rescued", "Log a rescue", {S.LEAD}, S.RESCUED, Perm.RESCUE_LOG, manual=False),
)


@pytest.fixture
def case(office):
    return factories.case(office)


def status(case):
    return Case.objects.values_list("status", "version").get(pk=case.pk)


def test_a_step_changes_counts_and_records(case, field_officer):
    moved = workflow.move(case, "assess", actor=field_officer, version=1)
    assert (moved.status, moved.version) == status(case) == (S.ASSESSMENT, 2)
    event = AuditEvent.objects.get()
    assert (event.action, event.case_id) == ("case.assess", case.pk)
    assert event.detail == {"before": "lead", "after": "assessment"}


REFUSALS = {
    "no such step": ("fly", "field_officer", "There is no such step."),
    "not a button": ("rescued", "field_officer", "There is no such step."),
    "no permission": ("fix", "field_officer", "Your role may not do this: Correct."),
    "blocked": ("plan", "field_officer", "Name the support first."),
}


@pytest.mark.parametrize(("step", "role", "words"), REFUSALS.values(), ids=REFUSALS)
def test_a_refusal_says_why_and_changes_nothing(case, step, role, words):
    with pytest.raises(Refused) as refusal:
        workflow.move(case, step, actor=factories.user(role), version=1)
    assert str(refusal.value) == words
    assert status(case) == (S.LEAD, 1)
    assert not AuditEvent.objects.exists()


def test_a_step_from_another_status_is_refused_with_both_names(case, field_officer):
    workflow.move(case, "assess", actor=field_officer)
    with pytest.raises(Refused) as refusal:
        workflow.move(case, "assess", actor=field_officer)
    words = "“Start assessment” is not possible now: the status is “Assessment”."
    words += " It is possible from: Lead."
    assert str(refusal.value) == words


def test_the_row_decides_not_the_copy_in_hand(case, field_officer):
    """Two people press one button: the second is told."""
    copy = Case.objects.get(pk=case.pk)
    workflow.move(case, "assess", actor=field_officer)
    assert copy.status == S.LEAD
    with pytest.raises(Refused, match="not possible now"):
        workflow.move(copy, "assess", actor=field_officer)


def test_a_step_on_an_old_version_is_stale(case, field_officer):
    Case.objects.filter(pk=case.pk).update(version=3)
    with pytest.raises(Stale) as stale:
        workflow.move(case, "assess", actor=field_officer, version=1)
    assert stale.value.current.version == 3
    assert status(case) == (S.LEAD, 3)


def test_only_a_service_takes_the_step_without_a_button(case, field_officer):
    assert workflow.apply(case, "rescued", actor=field_officer).status == S.RESCUED


@pytest.mark.parametrize(
    ("role", "support", "names"),
    [
        ("field_officer", "own", ["assess"]),
        ("field_officer", "supported", ["assess", "plan"]),
        ("case_manager", "own", ["assess", "fix"]),
        ("data_officer", "supported", []),
    ],
)
def test_the_buttons_are_the_steps_that_would_be_taken(case, role, support, names):
    case.support_level = support
    assert [s.name for s in workflow.available(case, factories.user(role))] == names


def test_another_status_offers_other_buttons(case, case_manager):
    case.status = S.CLOSED
    assert workflow.available(case, case_manager) == []
