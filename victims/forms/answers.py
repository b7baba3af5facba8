"""The boxes for an answer. “Not known” is an answer: it is handed on as nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from victims.enums import NOT_KNOWN
from victims.sections import LABELS
from victims.services.persons import MOST_TOLD

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

UNKNOWN = (NOT_KNOWN, gettext_lazy("Not known"))


class OneAnswer(forms.ChoiceField):
    """One answer, not known, or none yet."""

    def __init__(self, name: str, choices: Any, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.RadioSelect)
        offered = getattr(choices, "choices", choices)
        several = (lambda: [*offered(), UNKNOWN]) if callable(offered) else [*offered, UNKNOWN]
        super().__init__(label=LABELS[name], choices=several, required=False, **kwargs)

    def clean(self, value: object) -> object:
        answer = super().clean(value)
        return None if answer == NOT_KNOWN else answer


class Several(forms.MultipleChoiceField):
    """Several answers, not known, or none yet."""

    def __init__(self, name: str, choices: Any, **kwargs: Any) -> None:
        kwargs["widget"] = forms.CheckboxSelectMultiple(attrs={"class": "many"})
        offered = getattr(choices, "choices", choices)
        several = (lambda: [*offered(), UNKNOWN]) if callable(offered) else [*offered, UNKNOWN]
        super().__init__(label=LABELS[name], choices=several, required=False, **kwargs)

    def clean(self, value: object) -> object:
        answers = super().clean(value)
        if NOT_KNOWN not in answers:
            return answers
        if len(answers) > 1:
            raise ValidationError(_("Choose answers, or “Not known”, not both."))
        return None


class Whole(forms.IntegerField):
    def __init__(self, label: StrOrPromise, most: int, help_text: StrOrPromise = "") -> None:
        super().__init__(
            label=label, help_text=help_text, min_value=0, max_value=most, required=False
        )


class Words(forms.CharField):
    """What is told in words, kept encrypted."""

    def __init__(self, label: StrOrPromise, help_text: StrOrPromise) -> None:
        widget = forms.Textarea(attrs={"rows": 3, "autocomplete": "off"})
        super().__init__(
            label=label, help_text=help_text, max_length=MOST_TOLD, required=False, widget=widget
        )
