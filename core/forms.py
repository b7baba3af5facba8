"""Fields of forms that several apps use."""

from __future__ import annotations

from typing import Any

from django import forms

from core.moments import CannotBe, check_day


class DayField(forms.DateField):
    """The day of something that has happened."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, **kwargs)

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        try:
            return check_day(day) if day else day
        except CannotBe as exc:
            raise forms.ValidationError(str(exc)) from None
