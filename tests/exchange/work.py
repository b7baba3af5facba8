"""What beat and the workers do with what waits, without them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from core import jobs
from core.models import Job
from exchange import sending
from exchange.models import Delivery, Webhook


def work() -> None:
    sending.sweep()
    for row in Job.objects.filter(kind=sending.KIND, state="queued"):
        jobs.run(row.pk)


def states() -> list[str]:
    return sorted(Delivery.objects.values_list("state", flat=True))


def later(webhook: Any) -> None:
    """As if every wait were over."""
    Webhook.objects.filter(pk=webhook.pk).update(retry_at=None)
    Delivery.objects.filter(state="waiting").update(due_at=timezone.now() - timedelta(seconds=1))
