"""The pieces of the first wall: one parameter for many ids, conflicts, and the plain rules."""

from __future__ import annotations

import uuid

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import scope
from accounts.models import Notice, Office, User
from accounts.permissions import Perm
from aftercare.models import Provider
from casework.models import Case, ReferenceCounter, Site
from core import checks, scopes
from core.access import Access
from core.context import acting_as
from core.scopes import Scope, Standing
from tests import factories
from tests.meta.tables import our_models, query

pytestmark = pytest.mark.django_db

EMPTY = {1: [], 2: [], 3: []}


@pytest.fixture
def case(office):
    return factories.case(office)


@pytest.mark.parametrize("number", [0, 1, 2, 500])
def test_the_statement_is_the_same_for_any_number_of_ids(case, number):
    """One plan and one prepared statement; 0.4 ms where sub-selects took 335."""
    ids = [uuid.uuid4() for _ in range(number)]
    text, parameters = Case.objects.filter(pk__any_of=[*ids, case.pk]).query.sql_with_params()
    assert text.endswith('"casework_case"."id" = ANY(%s::uuid[])')
    assert len(parameters) == 1
    assert Case.objects.filter(pk__any_of=[*ids, case.pk]).get() == case
    assert not Case.objects.filter(pk__any_of=ids).exists()


def test_a_person_is_resolved_once(case_manager, case):
    case_manager = User.objects.get(pk=case_manager.pk)
    assert case in Case.objects.visible_to(case_manager)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        list(Site.objects.visible_to(case_manager))
        list(Case.objects.visible_to(case_manager))
    assert len(queries) == 2


@pytest.mark.parametrize("level", [1, 2, 3])
@pytest.mark.parametrize("sealed", [False, True])
@pytest.mark.parametrize("by", ["office", "team", "nothing"])
@pytest.mark.parametrize("conflict", [False, True])
def test_rows_and_reaches_say_the_same(case, level, sealed, by, conflict):
    """What may be read of a case, and whether one may write there, are one rule."""
    Case.objects.filter(pk=case.pk).update(level=4 if sealed else 1)
    case.refresh_from_db()
    reach = Scope(
        offices=EMPTY | ({level: [case.office_id]} if by == "office" else {}),
        cases=EMPTY | ({level: [case.pk]} if by == "team" else {}),
        shown={},
        conflicts=[case.pk] if conflict else [],
    )
    rows = Case.objects.filter(reach.rows(level, case="pk", office="office"))
    right = not conflict and (by == "team" or (by == "office" and not sealed))
    assert rows.exists() == reach.reaches(case, level) == right
    assert not reach.reaches(case, level % 3 + 1)


def test_cases_are_named_where_no_office_opens_them(case, case_manager):
    elsewhere, sealed = factories.case(factories.office("manila", "PH-MNL")), factories.case()
    for of in (case, elsewhere):
        factories.assignment(of, case_manager)
    factories.assignment(sealed, case_manager, named=True)
    Case.objects.filter(pk=sealed.pk).update(level=4)
    reader = User.objects.get(pk=case_manager.pk)
    assert set(reader.scope.cases[2]) == {elsewhere.pk, sealed.pk}
    assert set(reader.standing.team) == {case.pk, elsewhere.pk, sealed.pk}
    assert reader.standing.named == [sealed.pk]
    officer = factories.assignment(case, factories.user("field_officer", case.office)).user
    assert (officer.scope.cases[1], officer.scope.cases[2]) == ([], [case.pk])


def test_a_conflict_hides_the_case_from_its_own_office(case, case_manager, monkeypatch):
    standing = Standing(team={}, shown={}, conflicts=[case.pk])
    monkeypatch.setattr(scope, "standings", [lambda user: standing])
    assert not Case.objects.visible_to(User.objects.get(pk=case_manager.pk)).exists()


def test_a_conflict_hides_the_case_in_the_database_too(case, case_manager):
    with acting_as(case_manager.pk):
        assert query("select id from casework_case") == [(case.pk,)]
        query("select set_config('app.conflicts', %s, true)", f"{{{case.pk}}}")
        assert query("select id from casework_case") == []


def test_an_unset_list_of_conflicts_hides_everything(case, case_manager):
    """Forgetting to fill it must close the door, not open it."""
    with acting_as(case_manager.pk):
        query("select set_config('app.conflicts', '', true)")
        assert query("select id from casework_case") == []


@pytest.mark.parametrize("model", our_models(), ids=lambda m: m._meta.label)
def test_who_is_not_signed_in_sees_nothing_of_any_table(model):
    if hasattr(model.objects, "visible_to"):
        assert not model.objects.visible_to(AnonymousUser()).exists()


def test_notices_are_shown_to_their_owner_only(case_manager, field_officer):
    mine = factories.notice(case_manager)
    factories.notice(field_officer)
    assert list(Notice.objects.visible_to(case_manager)) == [mine]


def test_reference_data_is_for_everyone_signed_in(office):
    assert office in Office.objects.visible_to(factories.user(role=None))


def test_held_rows_ask_for_the_permission_alone(office):
    provider = factories.provider()
    manila = factories.office("manila", "PH-MNL")
    assert provider in Provider.objects.visible_to(factories.user("legal_officer", manila))
    assert not Provider.objects.visible_to(factories.user("auditor", office)).exists()


def test_what_the_system_keeps_for_itself_is_for_nobody(office, case_manager):
    ReferenceCounter.objects.create(office=office, year=2026)
    assert not ReferenceCounter.objects.visible_to(case_manager).exists()


def test_a_rule_without_a_scope_fails_loudly(case_manager, monkeypatch):
    monkeypatch.setattr(Case, "access", Access())
    with pytest.raises(NotImplementedError):
        Case.objects.visible_to(case_manager)


def test_start_up_fails_when_a_table_has_no_rule(monkeypatch):
    assert checks.tables_declare_access() == []
    monkeypatch.setattr(Site, "access", None)
    (error,) = checks.tables_declare_access()
    assert (error.id, error.msg) == (
        "core.E001",
        "casework.Site does not say who may see its rows.",
    )


@pytest.mark.parametrize("conflict", [False, True])
def test_what_is_shown_is_read_and_not_written(case, conflict):
    reach = Scope(
        offices=EMPTY,
        cases=EMPTY,
        shown={Perm.SITE_VIEW: [case.pk]},
        conflicts=[case.pk] if conflict else [],
    )
    site = factories.site(case)
    by = {view: reach.rows(2, case="case", office="office", view=view) for view in Perm}
    seen = {view for view, condition in by.items() if Site.objects.filter(condition).exists()}
    assert seen == (set() if conflict else {Perm.SITE_VIEW})
    assert reach.reads(case, Perm.SITE_VIEW) is not conflict
    assert not reach.reads(case, Perm.VICTIM_VIEW)
    assert not any(reach.reaches(site.case, level) for level in (1, 2, 3))


def test_the_standing_comes_from_casework():
    assert [source.__module__ for source in scopes.standings] == ["casework.access"]
