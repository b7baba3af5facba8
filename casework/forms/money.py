"""In which currency an amount is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from casework.forms.cases import Offering, RecordForm
from places.currencies import currency_of


class CurrencyField(forms.RegexField):
    """Three letters, in either case."""

    def __init__(self, **kwargs: Any) -> None:
        words = {"invalid": gettext_lazy("A currency has three letters.")}
        super().__init__(r"^[A-Za-z]{3}$", error_messages=words, **kwargs)

    def clean(self, value: object) -> str:
        return str(super().clean(value)).upper()


class CaseCurrency(Offering, CurrencyField):
    """That of the office of the case is offered, else that of the country of the case."""

    def offer_in(self, form: RecordForm) -> None:
        case = form.case
        self.initial = case.office.currency or currency_of(case.jurisdiction.country)
