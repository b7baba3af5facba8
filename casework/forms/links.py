"""Shape of the form that links two cases."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.enums import LinkKind
from casework.forms.cases import RecordForm
from casework.models import Case
from core.access import CONTENT


class LinkForm(RecordForm):
    kind = forms.ChoiceField(
        label=_("How the other case stands to this one"),
        choices=[("", "---------"), *LinkKind.choices],
    )
    other = forms.CharField(
        label=_("The other case"),
        help_text=_("Its reference, such as MNL-2026-0004. You must be able to read both."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_other(self) -> Case:
        """A case whose content is open to this person; every other answers alike."""
        reach = self.user.scope.rows(CONTENT, case="pk", office="office")
        cases = Case.objects.visible_to(self.user).filter(reach).select_related("jurisdiction")
        other = cases.filter(reference=self.cleaned_data["other"].upper()).first()
        if other is None:
            raise forms.ValidationError(gettext("Not found, or not open to you."))
        return other
