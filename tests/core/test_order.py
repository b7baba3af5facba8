"""That tests get rows in an order nobody promised (`tests/order.py`)."""

import pytest

from core.models import AuditEvent
from tests import factories


@pytest.mark.django_db
def test_rows_come_as_written_only_if_they_are_asked_for_in_that_order():
    events = [factories.audit_event(action=action) for action in ("first", "second", "third")]
    assert list(AuditEvent.objects.order_by("id")) == events
    assert list(AuditEvent.objects.all()) == events[::-1]
    assert list(AuditEvent.objects.values_list("action", flat=True)) == ["third", "second", "first"]
