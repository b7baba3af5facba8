"""The jobs of this app: tell subscribers what waits for them, and forget what was told long ago.

A job tells one subscriber and acts as its account, behind both walls. What the account may see is
asked anew for every delivery. A worker that is killed may send again what it sent, with its id.

A message cannot be called back, goes to an address somebody typed, and is made by a worker who
could see more than its reader: so it tells ids only. That something is gone is no message, for it
would say so to who never knew; `updated_since` says it. The log shows administrators no row, since
they see no case. An address that fails rests, and is paused after ten failures; while paused
nothing is kept.
"""

from __future__ import annotations

import time
from datetime import timedelta
from typing import TYPE_CHECKING

import orjson
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import User
from core import context, jobs
from core.jobs import job
from core.models import Job, JobState
from exchange import reaching, signing
from exchange.models import (
    MOST_FAILURES,
    WAITS,
    Attempt,
    Delivery,
    DeliveryState,
    Failure,
    Pause,
    Webhook,
)
from exchange.services.telling import message_of, pause_for

if TYPE_CHECKING:
    from core.jobs import Run

KIND = "send-deliveries"
AT_ONCE = 100  # deliveries of one job; the next sweep asks for more
MOST_SECONDS = 30  # of one job: a slow subscriber keeps no worker from the others
RESTS = timedelta(minutes=10)  # a subscriber whose job broke
KEPT = timedelta(days=30)
GONE = 410


def sweep() -> None:
    """Ask for a job for every subscriber with something due and none under way or just broken."""
    _forget_former_secrets()
    under_way = Q(state__in=(JobState.QUEUED, JobState.RUNNING))
    broke = Q(state=JobState.FAILED, finished_at__gte=Now() - RESTS)
    asked = Job.objects.filter(under_way | broke, kind=KIND)
    busy = {parameters["webhook"] for parameters in asked.values_list("parameters", flat=True)}
    for webhook in Webhook.objects.due().select_related("account__user"):
        if str(webhook.pk) not in busy:
            jobs.request(KIND, actor=webhook.account.user, webhook=str(webhook.pk))


@transaction.atomic
def _forget_former_secrets() -> None:
    """Those that sign no more."""
    for webhook in Webhook.objects.select_for_update().filter(former_until__lte=Now()):
        webhook.former_secret, webhook.former_until = None, None
        webhook.version += 1
        webhook.save(update_fields=["former_secret", "former_until", "version", "updated_at"])


@job(KIND)
def send_deliveries(run: Run) -> dict[str, int]:
    """Parameters: the subscription. Stops at the first failure: the address rests."""
    webhook: Webhook = Webhook.objects.select_related("account").get(
        pk=run.job.parameters["webhook"]
    )
    sent, begun = 0, time.monotonic()
    for number in range(AT_ONCE):
        run.progress(number, AT_ONCE)
        delivery = _next(webhook)
        if delivery is None:
            break
        if not _send(webhook, delivery):
            break
        sent += 1
        if time.monotonic() - begun > MOST_SECONDS:
            break
    return {"sent": sent}


def _next(webhook: Webhook) -> Delivery | None:
    """What waits longest of what was tried least; nothing while the subscription is paused."""
    rows = Delivery.objects.due().filter(webhook=webhook, webhook__paused_at=None)
    rows = rows.select_for_update(of=("self",), skip_locked=True)
    row: Delivery | None = rows.order_by("attempts", "created_at", "id").first()
    return row


def _send(webhook: Webhook, delivery: Delivery) -> bool:
    """Send one delivery, or find that it is not for this program. False: the address failed."""
    actor = User.objects.get(pk=webhook.account.user_id)
    context.refresh(actor)  # a right that ended a moment ago has ended
    message = message_of(delivery, actor=actor)
    if message is None:
        _note(delivery, DeliveryState.WITHHELD)
        return True
    begun = time.monotonic()
    status, failure = _try(webhook, delivery, orjson.dumps(message))
    Attempt.objects.create(
        delivery=delivery,
        took_ms=int((time.monotonic() - begun) * 1000),
        status=status,
        failure=failure,
    )
    if not failure:
        _note(delivery, DeliveryState.DELIVERED, attempts=delivery.attempts + 1)
        failing = Webhook.objects.filter(pk=webhook.pk).exclude(failures=0)
        failing.update(failures=0, retry_at=None, updated_at=Now())
        return True
    _failed(webhook, delivery, status)
    return False


def _try(webhook: Webhook, delivery: Delivery, body: bytes) -> tuple[int | None, str]:
    webhook.refresh_from_db(fields=["secret", "former_secret", "former_until"])  # of this moment
    signed = signing.headers(webhook.secrets, str(delivery.event), int(time.time()), body)
    headers = {"Content-Type": "application/json", "User-Agent": "Casework"}
    try:
        status = reaching.post(webhook.url, body, signed | headers)
    except reaching.NotThere as away:
        return None, away.kind
    return status, "" if 200 <= status < 300 else Failure.STATUS


def _failed(webhook: Webhook, delivery: Delivery, status: int | None) -> None:
    tries = delivery.attempts + 1
    if tries > len(WAITS):
        _note(delivery, DeliveryState.FAILED, attempts=tries)
    else:
        due = timezone.now() + WAITS[tries - 1]
        _note(delivery, DeliveryState.WAITING, attempts=tries, due_at=due)
    Webhook.objects.filter(pk=webhook.pk).update(
        failures=F("failures") + 1,
        retry_at=timezone.now() + WAITS[min(webhook.failures, len(WAITS) - 1)],
        updated_at=Now(),
    )
    webhook.refresh_from_db(fields=["failures"])
    if status == GONE:
        pause_for(webhook, Pause.GONE)
    elif webhook.failures >= MOST_FAILURES:
        pause_for(webhook, Pause.FAILING)


def _note(delivery: Delivery, state: str, **changes: object) -> None:
    Delivery.objects.filter(pk=delivery.pk).update(
        state=state, updated_at=Now(), version=F("version") + 1, **changes
    )


@job("forget-deliveries")
def forget_deliveries(run: Run) -> dict[str, int]:
    """The log is kept 30 days; what still waits stays."""
    over = Delivery.objects.exclude(state=DeliveryState.WAITING)
    forgotten, _by_table = over.filter(updated_at__lt=Now() - KEPT).delete()
    return {"forgotten": forgotten}
