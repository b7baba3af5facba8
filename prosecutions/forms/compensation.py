"""Shape of the form about compensation that was paid."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from casework.forms import PastDay, RecordForm


class PaymentForm(RecordForm):
    amount = forms.DecimalField(
        label=gettext_lazy("Amount"), min_value=0, max_digits=14, decimal_places=2
    )
    paid_on = PastDay(label=gettext_lazy("Paid on"))
