"""Shapes of the forms about who a person is. Rules live in the services."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.days.moments import CannotBe, check_birth_date
from core.forms import TypedDay
from core.names import LONGEST, NotAName, check_name, check_question
from core.verbs.forms import form_of
from victims.enums import IdentityField, NameReason
from victims.services.identities import record_identity

MOST_TOLD = 2000  # signs of contacts and of documents


class NameField(forms.CharField):
    """A name somebody can have."""

    check: Any = staticmethod(check_name)

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
        super().__init__(max_length=LONGEST, widget=widget, **kwargs)

    def clean(self, value: object) -> object:
        name = super().clean(value)
        try:
            return self.check(name) if name else name
        except NotAName as exc:
            raise ValidationError(str(exc)) from None


class QuestionField(NameField):
    """Part of a name, to search by."""

    check = staticmethod(check_question)


class BirthDateField(TypedDay):
    """A day on which somebody alive was born."""

    default_error_messages = {
        "invalid": _("Enter a day with its year in four figures, such as 12 Mar 2009.")
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(ahead=False, year=True, **kwargs)

    def clean(self, value: object) -> object:
        day = super().clean(value)
        try:
            return check_birth_date(day) if day else day
        except CannotBe as exc:
            raise ValidationError(str(exc)) from None


class ReasonForm(forms.Form):
    """Asked once per person and session."""

    reason = forms.ChoiceField(
        label=_("Why do you need the name?"), choices=NameReason, widget=forms.RadioSelect
    )


def _told(**words: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3, "autocomplete": "off"})
    return forms.CharField(max_length=MOST_TOLD, widget=widget, **words)


IdentityForm = form_of(
    record_identity,
    on={
        "full_name": NameField,
        "latin_name": NameField,
        "born_on": BirthDateField,
        "contacts": _told,
        "documents": _told,
    },
)


class CorrectionForm(IdentityForm):  # type: ignore[misc, valid-type]
    """By hand: nothing recorded is shown here: what is left empty stays as it is."""

    clear = forms.MultipleChoiceField(
        label=_("Take away what is recorded as"),
        choices=[(f.value, f.label) for f in IdentityField if f != IdentityField.FULL_NAME],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["full_name"].required = False

    @property
    def changes(self) -> dict[str, object]:
        """Only what was typed, or is to be taken away."""
        typed = {name: self.cleaned_data[name] for name in IdentityField.values}
        cleared = dict.fromkeys(self.cleaned_data["clear"], "")
        return cleared | {name: value for name, value in typed.items() if value}

    def clean(self) -> object:
        cleaned = super().clean()
        if not self.errors and not self.changes:
            raise ValidationError(_("Enter what you want to correct."))
        return cleaned


class NameSearchForm(forms.Form):
    name = QuestionField(
        label=_("Name or part of it"),
        help_text=_("In any script. Former names are searched as well."),
    )
