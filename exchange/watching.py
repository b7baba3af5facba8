"""How far messages to subscribers are behind, for whoever watches the server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Min

from core.watch.gauges import gauge, wait
from exchange.models import Delivery, DeliveryState, Pause, Webhook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prometheus_client.metrics_core import Metric


def of_webhooks() -> Iterator[Metric]:
    waiting = Delivery.objects.filter(state=DeliveryState.WAITING, webhook__paused_at=None)
    totals = waiting.aggregate(many=Count("pk"), oldest=Min("created_at"))
    yield gauge(
        "casework_webhooks_waiting", "Messages that were not delivered yet.", totals["many"]
    )
    yield gauge(
        "casework_webhook_oldest_seconds",
        "For how long the oldest of them has waited.",
        wait(totals["oldest"]),
    )
    paused = Webhook.objects.filter(paused_for__in=(Pause.FAILING, Pause.GONE)).count()
    yield gauge("casework_webhooks_paused", "Paused, for their address failed or is gone.", paused)
