"""The form about compensation that was paid."""

from __future__ import annotations

from casework.forms import RecordForm
from core.verb_forms import form_of
from prosecutions.services.compensation import record_compensation_payment

# The currency is that of the order.
PaymentForm = form_of(record_compensation_payment, RecordForm, on={"currency": None})
