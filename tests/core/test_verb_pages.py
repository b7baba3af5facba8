"""The page of a verb says what the verb says: where it is, what it is about, what fills it."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from django import forms

from accounts.permissions import Perm
from aftercare.models import Placement
from core import services
from core.services import service
from core.verbs.forms import filled
from core.verbs.pages import page
from core.web import FormPage
from prosecutions.models import Hearing

if TYPE_CHECKING:
    from studies.models import Study

DAY = date(2026, 5, 4)


@pytest.fixture(autouse=True)
def own_list(monkeypatch):
    """Verbs of these tests stay out of the list of the product."""
    monkeypatch.setattr(services, "SERVICES", [])


def verb(run):
    return service(Perm.STUDY_KEEP, label=run.__name__)(run)


def view_of(entry, **keys):
    view = entry.callback.view_class(**entry.callback.view_initkwargs)
    view.kwargs, view.target = keys, SimpleNamespace(version=7)
    return view


def record_study(*, title: str, actor: object) -> Study: ...
def change_study(study: Study, *, version: int, title: str, actor: object) -> Study: ...
def record_hearing(hearing: Hearing, *, listed_on: date, actor: object) -> Hearing: ...


@pytest.mark.parametrize(
    ("run", "route", "name"),
    [
        (record_study, "studies/new/", "new-study"),
        (change_study, "studies/<uuid:pk>/change/", "change-study"),
    ],
)
def test_an_address_is_made_of_the_tables(run, route, name):
    entry = page(FormPage, verb(run), template_name="casework/case_form.html")
    assert (str(entry.pattern), entry.name) == (route, name)


def test_where_the_tables_do_not_say_it_the_address_is_given_and_any_value_of_the_class():
    entry = page(FormPage, verb(record_hearing), "days/<uuid:pk>/", name="held", title="Held")
    assert (str(entry.pattern), entry.name) == ("days/<uuid:pk>/", "held")
    view = view_of(entry, pk=1)
    assert (view.model, view.title, view.is_about_a_row) == (Hearing, "Held", True)


def test_the_row_of_a_verb_on_several_tables_is_given():
    def strike(row: object, *, version: int, actor: object) -> None: ...

    entry = page(FormPage, verb(strike), "days/<uuid:pk>/strike/", model=Hearing)
    assert entry.callback.view_class.model is Hearing


def test_a_version_changes_what_was_read_and_anything_else_is_done_once():
    made, changed = (view_of(page(FormPage, verb(run))) for run in (record_study, change_study))
    assert (made.takes_version, made.is_once) == (False, True)
    assert (changed.takes_version, changed.is_once, changed.current()) == (True, False, 7)


def test_columns_fill_the_form_but_for_what_is_empty_or_kept_encrypted():
    class Asked(forms.Form):
        kind, since, until = forms.CharField(), forms.DateField(), forms.DateField()
        ended_for, override, elsewhere = forms.CharField(), forms.CharField(), forms.CharField()

    row = Placement(kind="shelter", since=DAY, override="Nobody else had a bed.")
    assert filled(Asked, row) == {"kind": "shelter", "since": DAY, "ended_for": ""}


def test_a_lead_is_whole_where_a_docstring_has_several_lines():
    def end(study: Study, *, actor: object):
        """Record that it ended,
        and why. Raises
        `Stale`.

        What was told before stays.
        """

    assert verb(end).lead == "Record that it ended, and why."
