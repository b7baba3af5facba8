"""Fields of forms that several apps use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.moments import CannotBe, check_day

if TYPE_CHECKING:
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

    def clean(self, value: Any) -> Any:
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
