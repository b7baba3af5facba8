"""Shapes of the forms about exports."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exchange.exports.offer import Format, Reason, What
from exchange.services.giving import OUTSIDE


class AskForm(forms.Form):
    what = forms.ChoiceField(
        label=_("What"), choices=[choice for choice in What.choices if choice[0] != What.CASE]
    )
    format = forms.ChoiceField(label=_("Form"), choices=Format)
    identifiers = forms.BooleanField(
        label=_("With ids, references and codes"),
        help_text=_("Without them, nothing in the file says who or which case it is about."),
        required=False,
    )
    whom = forms.ChoiceField(
        label=_("For whom is it?"),
        help_text=_(
            "For somebody outside, it contains only records about people who agreed to that, and"
            " records that the recipient was told."
        ),
        choices=[("", _("Nobody outside")), *OUTSIDE],
        required=False,
    )
    with_sealed = forms.BooleanField(
        label=_("With the sealed cases that name you"),
        help_text=_("A second person who is named in each of them decides."),
        required=False,
    )
    reason = forms.ChoiceField(
        label=_("What is the file for?"),
        help_text=_("The history keeps this with every row of the file, and who took it."),
        choices=[("", _("Choose")), *Reason.choices],
    )

    def __init__(self, *args: Any, asks: bool, lists: bool, names: bool, **kwargs: Any) -> None:
        """`asks`: what it is of; `lists`: it is of a list."""
        super().__init__(*args, **kwargs)
        if not asks:
            del self.fields["what"]
        if not lists:
            del self.fields["with_sealed"]
        if not names:
            del self.fields["identifiers"]
