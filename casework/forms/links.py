"""The form that links two cases."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext

from casework.forms.cases import RecordForm
from casework.models import Case
from casework.services.links import link_cases
from core.access import CONTENT
from core.verbs.forms import form_of


def reference(**words: Any) -> forms.Field:
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(max_length=40, widget=widget, **words)


class LinkForm(form_of(link_cases, RecordForm, on={"other": reference}, order=("kind",))):  # type: ignore[misc]
    """By hand: the other case is named by its reference."""

    def clean_other(self) -> Case:
        """A case whose content is open to this person; every other answers alike."""
        reach = self.user.scope.rows(CONTENT, case="pk", office="office")
        cases = Case.objects.visible_to(self.user).filter(reach).select_related("jurisdiction")
        other = cases.filter(reference=self.cleaned_data["other"].upper()).first()
        if other is None:
            raise forms.ValidationError(gettext("Not found, or not open to you."))
        return other
