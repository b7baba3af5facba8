"""Shapes of the forms about who a person is. Rules live in the services."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.moments import CannotBe, check_birth_date
from core.names import LONGEST, NotAName, check_name, check_question
from victims.enums import IdentityField, NameReason

MOST_TOLD = 2000  # signs of contacts and of documents


class NameField(forms.CharField):
    """A name somebody can have."""

    check: Any = staticmethod(check_name)

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
        super().__init__(max_length=LONGEST, widget=widget, **kwargs)

    def clean(self, value: Any) -> Any:
        name = super().clean(value)
        try:
            return self.check(name) if name else name
        except NotAName as exc:
            raise ValidationError(str(exc)) from None


class QuestionField(NameField):
    """Part of a name, to search by."""

    check = staticmethod(check_question)


class BirthDateField(forms.DateField):
    """A day on which somebody alive was born."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, **kwargs)

    def clean(self, value: Any) -> Any:
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


class IdentityForm(forms.Form):
    full_name = NameField(
        label=IdentityField.FULL_NAME.label,
        help_text=_("As the person says it, in any script."),
    )
    latin_name = NameField(
        label=IdentityField.LATIN_NAME.label,
        help_text=_("Only if it is written otherwise there, as in a passport."),
        required=False,
    )
    born_on = BirthDateField(label=IdentityField.BORN_ON.label, required=False)
    contacts = forms.CharField(
        label=IdentityField.CONTACTS.label,
        help_text=_("Whom the person trusts, and how it is safe to call."),
        max_length=MOST_TOLD,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )
    documents = forms.CharField(
        label=IdentityField.DOCUMENTS.label,
        help_text=_("Kind and number of passport, identity card or birth certificate."),
        max_length=MOST_TOLD,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )


class CorrectionForm(IdentityForm):
    """Nothing recorded is shown here: what is left empty stays as it is."""

    clear = forms.MultipleChoiceField(
        label=_("Take away what is recorded as"),
        choices=[(f.value, f.label) for f in IdentityField if f != IdentityField.FULL_NAME],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["full_name"].required = False

    @property
    def changes(self) -> dict[str, Any]:
        """Only what was typed, or is to be taken away."""
        typed = {name: self.cleaned_data[name] for name in IdentityField.values}
        cleared = dict.fromkeys(self.cleaned_data["clear"], "")
        return cleared | {name: value for name, value in typed.items() if value}

    def clean(self) -> Any:
        cleaned = super().clean()
        if not self.errors and not self.changes:
            raise ValidationError(_("Type what is to be corrected."))
        return cleaned


class NameSearchForm(forms.Form):
    name = QuestionField(
        label=_("Name or part of it"),
        help_text=_("In any script. Former names are searched as well."),
    )
