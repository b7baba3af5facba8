"""Shapes of the forms about releases."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from places.enums import JurisdictionLevel


class ProposeForm(forms.Form):
    recipient = forms.CharField(
        label=_("To whom"), help_text=_("An organisation, or the public."), max_length=200
    )
    reason = forms.CharField(
        label=_("Reason"), help_text=_("One line. Do not write about a case."), max_length=300
    )
    level = forms.ChoiceField(
        label=_("Places down to"),
        choices=JurisdictionLevel,
        help_text=_("Wider places merge the groups of narrower ones."),
    )
    by_programme = forms.BooleanField(label=_("Divided by programme"), required=False)
