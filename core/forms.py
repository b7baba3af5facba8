"""Fields of forms that several apps use."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.moments import CannotBe, check_day

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date


class KindField(forms.ChoiceField):
    """One of several facts, none of which stands there before somebody chooses it: what the form
    holds by itself is saved without being looked at. So a default of the column is not shown."""

    default_error_messages = {"required": _("Choose one.")}

    def __init__(self, *, choices: Any, initial: Any = None, **kwargs: Any) -> None:
        offered = getattr(choices, "choices", choices)
        super().__init__(choices=[("", _("Choose")), *offered], **kwargs)


class DayField(forms.DateField):
    """The day of something that has happened; with `ahead`, or will happen.

    `today`: the day it is at the place the form is about, set by the form.
    """

    today: date | None = None

    def __init__(self, *, ahead: bool = False, **kwargs: Any) -> None:
        self.ahead = ahead
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, **kwargs)

    def clean(self, value: object) -> Any:
        day = super().clean(value)
        try:
            return check_day(day, ahead=self.ahead, today=self.today) if day else day
        except CannotBe as exc:
            raise forms.ValidationError(str(exc)) from None


class HourField(forms.TimeField):
    """The hour of something by the clock of its place."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        super().__init__(widget=widget, **kwargs)


def words_of(table: Any, column: str) -> dict[str, Any]:
    """Label and help of a column, for a field by hand."""
    told = table._meta.get_field(column)
    return {"label": told.verbose_name, "help_text": told.help_text}


# What a form of a verb has `on` its fields where the plain one will not do (`core/verb_forms.py`).
radios = partial(forms.ChoiceField, widget=forms.RadioSelect)  # few codes, all in sight
ticks = partial(forms.MultipleChoiceField, widget=forms.CheckboxSelectMultiple)


def unchosen(field: Callable[..., forms.Field]) -> Callable[..., forms.Field]:
    """Without the default, which a program may leave out and a person must see."""
    return lambda initial=None, **words: field(**words)


def some(codes: object, field: Callable[..., forms.Field] = radios) -> Callable[..., forms.Field]:
    """These codes alone of those of the column."""
    return lambda choices=None, **words: field(choices=codes, **words)


def needed(field: Callable[..., forms.Field]) -> Callable[..., forms.Field]:
    """What a person must say, although the verb has a use for nothing there."""
    return lambda required=False, **words: field(required=True, **words)


def optional(field: Callable[..., forms.Field]) -> Callable[..., forms.Field]:
    """What a person may leave empty, although a program must send it, be it as nothing."""
    return lambda required=True, **words: field(required=False, **words)


def begins(first: object, field: Callable[..., forms.Field]) -> Callable[..., forms.Field]:
    """What mostly is so stands there first."""
    return lambda initial=None, **words: field(initial=first, **words)


def line(max_length: int, **words: Any) -> forms.Field:
    """A long text in one line."""
    return forms.CharField(max_length=max_length, **words)


def code_or(nothing: object) -> Callable[..., forms.Field]:
    """Codes below a first line that says what it means to choose none."""
    return lambda choices, **words: forms.ChoiceField(choices=[("", nothing), *choices], **words)


def lines(rows: int) -> Callable[..., forms.Field]:
    """A text of so many lines."""
    return lambda max_length, **words: forms.CharField(
        max_length=max_length, widget=forms.Textarea(attrs={"rows": rows}), **words
    )
