"""Shapes of the forms about a case."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from casework.enums import Programme, Setting, SiteKind
from core.forms import DayField
from places.models import Jurisdiction


def places_of(user: User) -> Any:
    """The places an officer chooses from: those of the office's country."""
    home = user.home_office.jurisdiction if user.home_office else None
    places = Jurisdiction.objects.order_by("name")
    return places.within(home.code.partition("-")[0]) if home else places


class CaseForm(forms.Form):
    programme = forms.ChoiceField(label=_("Kind of exploitation"), choices=Programme)
    jurisdiction = forms.ModelChoiceField(
        Jurisdiction.objects.none(),
        label=_("Place"),
        help_text=_("Where it happened, as closely as is known."),
        to_field_name="code",
    )
    opened_on = DayField(label=_("Opened on"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["jurisdiction"].queryset = places_of(user)  # type: ignore[attr-defined]
        self.fields["opened_on"].initial = timezone.localdate


class SiteForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind of site"), choices=SiteKind)
    setting = forms.ChoiceField(
        label=_("Open to the public?"), choices=Setting, initial=Setting.UNKNOWN
    )
    jurisdiction = forms.ModelChoiceField(
        Jurisdiction.objects.none(), label=_("Place"), to_field_name="code"
    )
    exact_place = forms.CharField(
        label=_("Exact place"),
        help_text=_("Kept encrypted, open to the team only."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["jurisdiction"].queryset = places_of(user)  # type: ignore[attr-defined]


class AssignForm(forms.Form):
    user = forms.ModelChoiceField(User.objects.none(), label=_("Person"))

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = people  # type: ignore[attr-defined]
