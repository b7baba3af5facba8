"""What a form offers: people with their roles, and no fact that nobody chose."""

from __future__ import annotations

import importlib
import pkgutil

import pytest
from django import forms
from django.conf import settings
from django.utils import timezone

from accounts.choosing import PersonField, PersonTicks
from accounts.models import User
from casework.enums import Programme, SiteKind
from casework.forms.cases import CaseForm, SiteForm
from tests import factories

# Selects that begin with a value, and why that is no fact nobody looked at.
BEGINS_SOMEWHERE = {
    "how something is given out, or for which span": {
        "AskForm.what",
        "AskForm.format",
        "FileForm.format",
        "GiveHtcdsForm.format",
    },
    "buttons and tiles that the page draws itself": {
        "DecideForm.answer",
        "JudgeForm.answer",
        "KeepForm.keep",
        "RescueForm.programme",
    },
    "read only where a next hearing is listed, and then as it was": {
        "RecordHearingForm.next_purpose"
    },
}


def of_ours(base=forms.BaseForm):
    """Every form of ours, whatever page loads it."""
    for cls in base.__subclasses__():
        if cls.__module__.partition(".")[0] in settings.OUR_APPS:
            yield cls
        yield from of_ours(cls)


@pytest.fixture(scope="module")
def fields():
    for app in settings.OUR_APPS:
        package = importlib.import_module(app)
        for found in pkgutil.walk_packages(package.__path__, f"{app}."):
            if "form" in found.name or ".views" in found.name:
                importlib.import_module(found.name)
    return {
        f"{form.__name__}.{name}": field
        for form in of_ours()
        for name, field in form.base_fields.items()
    }


def test_whoever_chooses_a_person_sees_what_each_is(fields):
    asked = {name: field for name, field in fields.items() if _of_people(field)}
    assert len(asked) > 12
    assert [
        n for n, field in asked.items() if not isinstance(field, PersonField | PersonTicks)
    ] == []


def _of_people(field):
    return isinstance(field, forms.ModelChoiceField) and field.queryset.model is User


def test_nothing_is_chosen_before_somebody_chooses(fields):
    begun = {name for name, field in fields.items() if _begins_with_a_value(field)}
    assert begun == set().union(*BEGINS_SOMEWHERE.values())


def _begins_with_a_value(field):
    """A select without an empty first line holds its first value, and says nothing of it."""
    if not isinstance(field, forms.ChoiceField) or isinstance(field, forms.ModelChoiceField):
        return False
    if type(field.widget) is not forms.Select or field.initial is not None:
        return False
    return next((value for value, _label in field.choices), "") != ""


@pytest.mark.parametrize("codes", [Programme, SiteKind])
def test_no_kind_of_exploitation_or_site_is_proposed(fields, codes):
    offered = {code for code, _label in codes.choices}
    fixed = [one for one in fields.values() if not isinstance(one, forms.ModelChoiceField)]
    asked = [one for one in fixed if offered <= set(dict(getattr(one, "choices", ()) or ()))]
    assert asked
    assert [f.initial for f in asked if f.initial] == []


@pytest.mark.django_db
@pytest.mark.parametrize(("form", "name"), [(CaseForm, "programme"), (SiteForm, "kind")])
def test_sent_without_it_a_form_says_so(form, name, case_manager):
    assert form({}, country="IN", user=case_manager).errors[name] == ["Choose one."]


@pytest.mark.django_db
def test_a_person_stands_with_every_role_in_force(browser_client, case_manager, office):
    case = factories.case(office)
    paroma = factories.user("case_manager", office)
    factories.membership(paroma, "aftercare_worker", office)
    over = factories.membership(paroma, "auditor", office)
    over.ended_at = timezone.now()
    over.save(update_fields=["ended_at"])
    page = browser_client(case_manager).get(f"/cases/{case.pk}/assign/").content.decode()
    assert f">{paroma.name} – aftercare worker, case manager<" in page


@pytest.mark.django_db
@pytest.mark.parametrize("more", [1, 12])
def test_roles_are_read_at_once(more, office, django_assert_num_queries):
    for _ in range(more):
        factories.user("legal_officer", office)
    field = PersonField()
    field.queryset = User.objects.order_by("name")
    with django_assert_num_queries(3):  # people, their roles, the offices
        list(field.choices)
