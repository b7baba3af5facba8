"""Shape of the form that adds a set of questions. Rules live in the services."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from instruments.checking import NotAnInstrument
from instruments.services import parsed

LONGEST = 200_000  # characters of a file


class ImportForm(forms.Form):
    instrument = forms.CharField(
        label=_("The file, as text"),
        help_text=_("JSON, as docs/guide/instruments.md says."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
    )
    digest = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def clean_instrument(self) -> dict[str, object]:
        try:
            return parsed(self.cleaned_data["instrument"])
        except NotAnInstrument as exc:
            raise forms.ValidationError(str(exc)) from None
