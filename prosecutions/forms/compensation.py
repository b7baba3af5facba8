"""Forms about compensation that was paid."""

from __future__ import annotations

from typing import Any

from core.verbs.forms import form_of
from prosecutions.forms.fields import CourtForm, SurvivorChoice
from prosecutions.services.compensation import (
    correct_compensation_payment,
    record_compensation_payment,
)

WHOM: dict[str, Any] = {"involvement": SurvivorChoice}

# The currency is that of the order.
PaymentForm = form_of(record_compensation_payment, CourtForm, on=WHOM | {"currency": None})


class CorrectPaymentForm(form_of(correct_compensation_payment, CourtForm, on=WHOM)):  # type: ignore[misc]
    """By hand: a survivor who is not open to this reader stays."""

    def clean(self) -> dict[str, object]:
        data: dict[str, object] = super().clean()
        kept = self.target.involvement
        if not data.get("involvement") and kept and kept not in self.fields["involvement"].queryset:
            data.pop("involvement", None)
        return data
