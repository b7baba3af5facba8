"""A verb: one permission, one named actor, one transaction, one line of history."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from accounts.permissions import Perm
from casework.models import Case
from core import audit, services
from core.models import AuditEvent
from core.services import Refused, Stale, amend, service
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_list(monkeypatch):
    """Verbs of these tests stay out of the list of the product."""
    monkeypatch.setattr(services, "SERVICES", [])


@pytest.fixture
def rename(own_list):
    @service(Perm.CASE_CORRECT)
    def rename(case, *, to, actor):
        """Give it another reference."""
        Case.objects.filter(pk=case.pk).update(reference=to)
        audit.record("case.renamed", case, actor=actor)
        if to == "REFUSED":
            raise Refused("Not this one.")
        return to

    return rename


@pytest.fixture
def case(office):
    return factories.case(office)


def test_who_holds_the_permission_may(rename, case, case_manager):
    assert rename(case, to="KOL-1", actor=case_manager) == "KOL-1"
    assert AuditEvent.objects.get().action == "case.renamed"


def test_who_does_not_hold_it_may_not_and_nothing_ran(rename, case, field_officer):
    with pytest.raises(PermissionDenied, match="correct_case"):
        rename(case, to="KOL-1", actor=field_officer)
    assert not Case.objects.filter(reference="KOL-1").exists()


@pytest.mark.parametrize(
    ("role", "flag"), [("case_manager", {"is_active": False}), (None, {"is_superuser": True})]
)
def test_no_flag_replaces_the_permission(rename, case, role, flag):
    user = factories.user(role)
    vars(user).update(flag)
    with pytest.raises(PermissionDenied):
        rename(case, to="KOL-1", actor=user)


def test_a_verb_without_its_actor_does_not_run(rename, case):
    with pytest.raises(KeyError):
        rename(case, to="KOL-1")


def test_a_refusal_undoes_everything(rename, case, case_manager):
    with pytest.raises(Refused):
        rename(case, to="REFUSED", actor=case_manager)
    case.refresh_from_db()
    assert case.reference != "REFUSED"
    assert not AuditEvent.objects.exists()


def test_a_verb_keeps_its_name_its_words_and_its_permission(rename):
    assert (rename.__name__, rename.__doc__) == ("rename", "Give it another reference.")
    assert rename.permission == Perm.CASE_CORRECT
    assert rename in services.SERVICES


def test_an_actor_that_could_be_forgotten_is_refused_at_once():
    def positional(case, actor):
        raise NotImplementedError

    def missing(case):
        raise NotImplementedError

    for run in (positional, missing):
        with pytest.raises(TypeError, match="keyword-only actor"):
            service(Perm.CASE_OPEN)(run)


def test_amend_changes_only_what_it_names_and_counts(case):
    changed = amend(case, 1, programme="osec")
    assert (changed.programme, changed.version) == ("osec", 2)
    case.refresh_from_db()
    assert (case.programme, case.version) == ("osec", 2)


def test_amend_of_an_old_version_changes_nothing_and_says_what_is_there_now(case):
    amend(case, 1, programme="osec")
    with pytest.raises(Stale, match="Someone else changed this") as stale:
        amend(case, 1, programme="other")
    assert (stale.value.current.version, stale.value.current.programme) == (2, "osec")
    case.refresh_from_db()
    assert case.programme == "osec"


def test_amend_does_not_write_back_what_the_caller_held(case):
    """The row in hand may be old in other fields; only the named ones are written."""
    case.reference = "OLD"
    assert amend(case, 1, programme="osec").reference != "OLD"
