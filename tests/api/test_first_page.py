"""The first page of a list, in words found once, is what the ordinary way finds for each reader."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from accounts.models import User
from casework.api.viewsets import CaseViewSet
from casework.models import Case
from core.api import first_page
from core.api.first_page import first_rows
from core.context import acting_as
from core.pagination import DEFAULT
from core.prepared import PreparedRows
from core.scopes import AnyScope, Scope
from prosecutions.api.hearing_viewsets import HearingViewSet
from tests import factories
from tests.api.test_pagination import viewsets
from tests.api.world import LISTS
from tests.factories import knowing
from victims.api.viewsets import InvolvementViewSet

pytestmark = pytest.mark.django_db


def asked(view, reader):
    """The view as the framework makes it for this request."""
    request = SimpleNamespace(user=reader, query_params={})
    basename = view.__name__
    return view(request=request, action="list", format_kwarg=None, kwargs={}, basename=basename)


def sort_of(view):
    return next(iter(view.sorts.values()))


def ordinary(view, reader):
    made, rows, _errors = view.whole(reader, {})
    sort = sort_of(view)
    lean = made.lean(rows, sort.columns).order_by(*sort.order(backwards=False))
    return [told(row) for row in lean[: DEFAULT + 1]]


def told(row):
    """All that is known of a row, whoever wrote it."""
    return {name: value for name, value in vars(row).items() if name != "_state"}


def readers(office):
    """One of each shape of scope, and of those who reach much and little."""
    elsewhere = factories.office("manila", "PH-MNL")
    for role, where in (
        ("case_manager", office),
        ("case_manager", elsewhere),
        ("field_officer", office),
        ("auditor", office),
        ("prosecutor", office),
    ):
        yield factories.user(role, where)
    torn = factories.user("case_manager", office)
    knowing.conflict(factories.case(office), user=torn)
    yield torn
    shown = factories.user("prosecutor", office)
    knowing.disclosure(factories.case(elsewhere), user=shown)
    yield shown
    hurried = factories.user("case_manager", office)
    knowing.break_glass(factories.case(elsewhere), user=hurried)
    yield hurried


def test_every_list_for_readers_of_every_shape(everyone, office):
    for factory in filter(None, LISTS.values()):
        factory()
    factories.involvement(factories.case(office))
    shapes = set()
    for user in readers(office):
        reader = User.objects.get(pk=user.pk)
        for path, view in viewsets().items():
            with acting_as(reader.pk):
                found = first_rows(asked(view, reader), sort_of(view))
                if found is not None:
                    assert list(map(told, found)) == ordinary(view, reader), (path, user)
                    shapes.add(reader.scope.shape(view.queryset.model.access.view))
    assert shapes == {(False, False), (True, False), (False, True)}
    prepared = {key[0] for key, page in first_page._pages.items() if page}
    assert {CaseViewSet, HearingViewSet, InvolvementViewSet} <= prepared


def test_nothing_of_a_reader_is_kept(case_manager, office):
    mine = factories.case(office)
    other = factories.user("case_manager", factories.office("manila", "PH-MNL"))
    theirs = factories.case(other.home_office)
    for user, case in ((case_manager, mine), (other, theirs), (case_manager, mine)):
        with acting_as(user.pk):
            (row,) = first_rows(asked(CaseViewSet, user), sort_of(CaseViewSet))
            assert row.pk == str(case.pk)
    assert len(first_page._pages) == 1
    (page,) = first_page._pages.values()
    kept = repr((page._text, page._given))
    for one in (case_manager, other):
        assert str(one.pk) not in kept
        assert str(one.home_office.pk) not in kept


def test_who_may_not_view_the_table_gets_nothing_of_what_is_kept(case_manager, office):
    factories.involvement(factories.case(office))
    with acting_as(case_manager.pk):
        assert first_rows(asked(InvolvementViewSet, case_manager), sort_of(InvolvementViewSet))
    nobody = factories.user("system_admin", office)
    with acting_as(nobody.pk):
        sort = sort_of(InvolvementViewSet)
        assert first_rows(asked(InvolvementViewSet, nobody), sort) is None


PLANTED = {
    "an office": lambda user: Case.objects.filter(office__in=user.scope.offices[1]),
    "no conflict": lambda user: Case.objects.exclude(pk__in=user.scope.conflicts),
    "the person": lambda user: Case.objects.filter(assignments__user=user.pk),
    "another right": lambda user: Case.objects.filter(level=1 if user.has_perm("x") else 4),
    "a word": lambda user: Case.objects.filter(reference="KOL-1"),
    "what is shown by another right": lambda user: Case.objects.filter(
        user.scope.is_shown("x", case="pk")
    ),
}


@pytest.mark.parametrize("more", PLANTED.values(), ids=PLANTED)
def test_a_list_that_asks_more_of_its_reader_is_asked_as_ever(case_manager, more):
    class Planted(CaseViewSet):
        def get_queryset(self):
            return super().get_queryset() & more(self.request.user)

    with acting_as(case_manager.pk):
        assert first_rows(asked(Planted, case_manager), sort_of(Planted)) is None


def test_words_with_a_value_of_their_own_are_refused():
    with pytest.raises(TypeError):
        PreparedRows(Case.objects.filter(reference="KOL-1"), set())
    with pytest.raises(TypeError):
        PreparedRows(Case.objects.values("pk"), set())


def test_a_scope_that_stands_for_all_says_nothing_else():
    scope = AnyScope((False, False), "casework.view")
    for name in Scope.__dataclass_fields__:
        with pytest.raises(AttributeError):
            getattr(scope, name)
