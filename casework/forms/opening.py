"""Shapes of the forms that open a case to someone. Rules live in the services."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.choosing import PersonField
from casework.enums import DISCLOSED_AT_MOST, REASON_LENGTH, GlassFinding, LegalBasis, Part
from casework.forms.cases import RecordForm
from casework.services.opening import prosecutors


def _words(label: Any, help_text: Any = "", **kwargs: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(
        label=label, help_text=help_text, max_length=2000, widget=widget, **kwargs
    )


class DisclosureForm(RecordForm):
    user = PersonField(label=_("Prosecutor"))  # type: ignore[assignment]  # the form's own reads it
    parts = forms.MultipleChoiceField(
        label=_("What is opened"),
        help_text=_("No more than the legal basis covers."),
        choices=Part,
        widget=forms.CheckboxSelectMultiple,
    )
    basis = forms.ChoiceField(
        label=_("Legal basis"), choices=[("", "---------"), *LegalBasis.choices]
    )
    document = forms.CharField(
        label=_("Document"),
        help_text=_("The order or letter it rests on, as the court numbers it."),
        max_length=200,
    )
    until = forms.DateField(
        label=_("Open until the end of"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    reason = _words(_("Reason"), _("Whoever confirms it reads this."), min_length=REASON_LENGTH)

    def offer(self) -> None:
        self.choose("user", prosecutors().order_by("name"))
        today = self.case.jurisdiction.today
        attrs = self.fields["until"].widget.attrs
        attrs["min"] = today.isoformat()
        attrs["max"] = (today + DISCLOSED_AT_MOST).isoformat()


class NoWords(RecordForm):
    """The button is the whole form."""


class EmergencyForm(forms.Form):
    reason = _words(
        _("Why now, and why you"),
        _("Who is in danger, and what you must look up. Codes, no names."),
        min_length=REASON_LENGTH,
    )


class ReviewForm(forms.Form):
    finding = forms.ChoiceField(label=_("Finding"), choices=GlassFinding, widget=forms.RadioSelect)
    remark = _words(_("Remark"), _("What you asked, and what you were told."))
