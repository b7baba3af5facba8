"""Shapes of the forms about records that may be of one person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.alike.matching import ANSWERS, Apart
from victims.enums import ConfirmationStatus
from victims.models import Victim

if TYPE_CHECKING:
    from accounts.models import User


class DecideForm(forms.Form):
    answer = forms.ChoiceField(choices=ANSWERS)
    reason = forms.ChoiceField(choices=[("", ""), *Apart.choices], required=False)


class JudgeForm(DecideForm):
    """The record somebody is compared with, and what is said of the two."""

    other = forms.ModelChoiceField(Victim.objects.none())

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].queryset = Victim.objects.visible_to(user)  # type: ignore[attr-defined]


class KeepForm(forms.Form):
    """Which of the two records stands for the person from now on."""

    keep = forms.ChoiceField(choices=[("one", "one"), ("other", "other")])


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(
        label=_("Is this your person, as recorded?"),
        choices=[(s.value, s.label) for s in ConfirmationStatus if s != ConfirmationStatus.ASKED],
        widget=forms.RadioSelect,
    )
