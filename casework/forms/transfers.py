"""Shapes of the forms that hand cases over."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.choosing import PersonField
from accounts.models import Office, User
from casework.enums import SEAL_REASON_LENGTH
from casework.forms.cases import RecordForm
from casework.models import Assignment
from casework.services.offering import may_take_over


def _reason(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=_("At least ten characters. Codes, no names."),
        min_length=SEAL_REASON_LENGTH,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ToWhom(forms.Form):
    """One of two: a person of the same office, or another office; `both`: or each its part."""

    both = False

    to_person = PersonField(label=_("To a person of the office"), required=False)
    to_office = forms.ModelChoiceField(
        Office.objects.none(), label=_("Or to another office"), required=False
    )
    reason = _reason(_("Why"))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        named = [data.get(name) for name in ("to_person", "to_office") if data.get(name)]
        if not self.errors and (not named or (len(named) > 1 and not self.both)):
            self.add_error("to_person", gettext("Choose a person, or an office."))
        return data


def other_offices(*offices: Any) -> Any:
    return Office.objects.filter(is_global=False, closed_on__isnull=True).exclude(pk__in=offices)


class TransferForm(RecordForm, ToWhom):
    from_person = PersonField(
        label=_("In the place of"),
        empty_label=_("Nobody: beside the team"),
        help_text=_("Who leaves the team then, with open tasks. Another office takes over alone."),
        required=False,
    )
    field_order = ("to_person", "from_person", "to_office", "reason")

    def offer(self) -> None:
        team = Assignment.objects.in_force().filter(case=self.case).values("user")
        self.choose("to_person", may_take_over(self.case.office_id))
        self.choose("from_person", User.objects.filter(pk__in=team).order_by("name"))
        self.choose("to_office", other_offices(self.case.office_id))


class CaseloadForm(ToWhom):
    """Over several offices: the person takes those of their own, the office all others."""

    def __init__(self, *args: Any, people: Any, offices: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["to_person"].queryset = people.exclude(pk=person.pk)
        fields["to_office"].queryset = other_offices(*offices)
        if len(offices) > 1:
            self.both = True
            fields["to_office"].queryset = other_offices()
            fields["to_office"].help_text = _(
                "These are cases of several offices. With a person and an office, the person is"
                " offered those of their own offices, the office all others."
            )


class RefuseForm(forms.Form):
    reason = _reason(_("Why not"))
    whole = forms.BooleanField(label=_("All that was offered together"), required=False)

    def __init__(self, *args: Any, number: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if number < 2:
            del self.fields["whole"]


class AssignManyForm(forms.Form):
    user = PersonField(label=_("Person"))

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = people  # type: ignore[attr-defined]
