"""Shapes of the forms about programs and their keys."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.choosing import PersonField
from accounts.forms.people import USERNAME
from accounts.key_scopes import KeyScope
from accounts.models import User
from accounts.services.keys import MOST_DAYS, open_program
from core.forms import radios
from core.verbs.forms import form_of


class ProgramForm(
    form_of(  # type: ignore[misc]
        open_program,
        on={
            "username": forms.RegexField(
                USERNAME,
                label=_("User name"),
                max_length=60,
                error_messages={
                    "invalid": _("Small letters, digits, dots and hyphens, a letter first.")
                },
            ),
            "owner": PersonField,
            "run_by": radios,
        },
    )
):
    """By hand: who may answer for a program."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.filter(is_active=True, service_account=None).order_by("name")
        self.fields["owner"].queryset = people


class KeyForm(forms.Form):
    """By hand: what may be said is what the program holds; networks are typed in lines."""

    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        help_text=_("Not more than the roles of the program allow."),
        choices=KeyScope,
        widget=forms.CheckboxSelectMultiple,
    )
    networks = forms.CharField(
        label=_("Addresses it may call from"),
        help_text=_(
            "One in each line, such as 192.0.2.7 or 192.0.2.0/24. If empty: from anywhere."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        required=False,
    )
    days = forms.IntegerField(
        label=_("Days until it ends"), min_value=1, max_value=MOST_DAYS, initial=MOST_DAYS
    )

    def __init__(self, *args: Any, words: list[KeyScope], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        may_say = [(word.value, word.label) for word in words]
        self.fields["scopes"].choices = may_say  # type: ignore[attr-defined]

    def clean_networks(self) -> list[str]:
        return str(self.cleaned_data["networks"]).split()
