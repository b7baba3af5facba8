"""Shapes of the forms about webhooks."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import ServiceAccount
from exchange.nouns import Noun


class SubscribeForm(forms.Form):
    account = forms.ModelChoiceField(
        ServiceAccount.objects.select_related("user").order_by("user__name"),
        label=_("Program"),
        empty_label=_("Choose"),
    )
    url = forms.CharField(
        label=_("Address"),
        help_text=_("Begins with https://. Its host must be allowed."),
        max_length=500,
    )
    nouns = forms.MultipleChoiceField(
        label=_("What it is told of"),
        help_text=_("Ids only, and only of rows that the program may read at that moment."),
        choices=Noun,
        widget=forms.CheckboxSelectMultiple,
    )
