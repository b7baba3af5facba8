"""The form about what a rehabilitation scheme pays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from aftercare.codes import PARTS, Category
from aftercare.schemes import scheme_on
from casework.forms.money import CurrencyField
from core.days import clock
from core.verbs.forms import form_of
from desk.schemes.columns import RateColumns
from desk.schemes.services import propose_scheme
from places.models import Jurisdiction
from prosecutions.forms.laws import CountryBox

if TYPE_CHECKING:
    from aftercare.models import RehabilitationScheme

FRAME = ("country", "name", "begins_on", "approved_until", "currency")


class ByCategory(forms.Form):
    """The amounts of each category stand together; in the boxes stands what is paid today."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        known = kwargs.pop("initial", None) or {}
        place = Jurisdiction.objects.filter(code=known.get("country", "")).first()
        scheme = scheme_on(place, clock.today()) if place else None
        super().__init__(*args, **kwargs | {"initial": known | (_said(scheme) if scheme else {})})

    def head(self) -> list[forms.BoundField]:
        return [self[name] for name in FRAME]

    def rates(self) -> list[tuple[object, list[tuple[object, forms.BoundField]]]]:
        return [
            (label, [(words, self[f"{category}_{part}"]) for part, words in PARTS.items()])
            for category, label in Category.choices
        ]

    def foot(self) -> list[forms.BoundField]:
        return [self["source"], self["verified"]]


def _said(scheme: RehabilitationScheme) -> dict[str, object]:
    """What it pays, for the boxes."""
    boxes: dict[str, object] = {"name": scheme.name, "currency": scheme.currency}
    for rate in scheme.rates.all():
        amounts = {part: getattr(rate, part).normalize() for part in PARTS}
        boxes |= {f"{rate.category}_{part}": f"{amounts[part]:f}" for part in PARTS}
    return boxes


SchemeForm = form_of(
    propose_scheme,
    ByCategory,
    on={"country": CountryBox(), "currency": CurrencyField},
    order=(*FRAME, *RateColumns.__annotations__),
)
