"""The form about what a rehabilitation scheme pays."""

from __future__ import annotations

from casework.forms.money import CurrencyField
from core.verbs.forms import form_of
from desk.schemes.columns import RateColumns
from desk.schemes.services import propose_scheme
from prosecutions.forms.laws import CountryBox

SchemeForm = form_of(
    propose_scheme,
    on={"country": CountryBox(), "currency": CurrencyField},
    order=(
        *("country", "name", "begins_on", "approved_until", "currency"),
        *RateColumns.__annotations__,
    ),
)
