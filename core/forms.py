"""Fields of forms that several apps use."""

from __future__ import annotations

from typing import Any

from django import forms

from core.moments import CannotBe, check_day


class DayField(forms.DateField):
    """The day of something that has happened; with `ahead`, or will happen."""

    def __init__(self, *, ahead: bool = False, **kwargs: Any) -> None:
        self.ahead = ahead
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, **kwargs)

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        try:
            return check_day(day, ahead=self.ahead) if day else day
        except CannotBe as exc:
            raise forms.ValidationError(str(exc)) from None
