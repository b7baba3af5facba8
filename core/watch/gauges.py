"""What is true of the whole installation, asked of the database each time somebody looks.

Each app adds what it knows to `asked`. These are numbers over all offices: no row leaves, and of a
number nobody learns whose it is.
"""

from __future__ import annotations

import logging
import math
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import Error, transaction
from django.db.models import Count, Min, Q
from django.utils import timezone
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from core import jobs
from core.chain import standing
from core.database import replica
from core.files import disk
from core.files.bucket_files import away_now
from core.models import ChainAnchor, Heartbeat, Job, JobState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

log = logging.getLogger("core.watch")
LATELY = timedelta(hours=1)
OVER = (JobState.DONE, JobState.FAILED, JobState.CANCELLED)

# What an app knows of itself: each is asked in the transaction of a look.
asked: list[Callable[[], Iterable[Metric]]] = []


class Installation(Collector):
    """All of it; where the database does not answer, that alone."""

    def collect(self) -> Iterator[Metric]:
        metrics: list[Metric] = []
        answers = True
        try:
            with transaction.atomic():
                for ask in asked:
                    metrics += ask()
        except Error:
            log.warning("figures are not to be had")
            metrics, answers = [], False
        yield gauge("casework_database_up", "Whether the database answers.", answers)
        yield gauge("casework_disk_full", "Whether something found no room.", disk.full_now())
        yield gauge("casework_files_away", "Whether the file storage did not answer.", away_now())
        yield gauge("casework_replica_away", "Whether the replica is not read.", replica.away_now())
        yield from metrics


def gauge(name: str, says: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, says, value=float(value))


def age(moment: datetime | None) -> float:
    """Seconds since then; what never was is older than any bound."""
    return math.inf if moment is None else max(0.0, (timezone.now() - moment).total_seconds())


def wait(since: datetime | None) -> float:
    """Seconds for which something waits; none where nothing does."""
    return 0.0 if since is None else age(since)


def of_jobs() -> Iterator[Metric]:
    """What waits, whether anybody works, and what came of all there were."""
    free = Job.objects.filter(jobs.free()).aggregate(many=Count("pk"), oldest=Min("created_at"))
    yield gauge("casework_jobs_waiting", "Jobs on which nobody works.", free["many"])
    yield gauge(
        "casework_job_oldest_seconds", "For how long the oldest has waited.", wait(free["oldest"])
    )
    seen = Heartbeat.objects.filter(pk=1).values_list("at", flat=True).first()
    yield gauge(
        "casework_worker_silent_seconds",
        "Since when no worker has said that it is there.",
        age(seen),
    )
    yield from _outcomes()


def _outcomes() -> Iterator[Metric]:
    """Rows of jobs stay, so their number only grows, whatever ends and begins meanwhile."""
    over = CounterMetricFamily(
        "casework_jobs", "Jobs that are over, by kind and outcome.", labels=["kind", "outcome"]
    )
    failed = 0
    recent = Count("pk", filter=Q(finished_at__gte=timezone.now() - LATELY))
    rows = Job.objects.filter(state__in=OVER).values_list("kind", "state").order_by()
    for kind, state, many, lately in rows.annotate(many=Count("pk"), lately=recent):
        over.add_metric([kind, state], many)
        failed += lately if state == JobState.FAILED else 0
    yield over
    yield gauge("casework_jobs_failed_lately", "Jobs that failed within the hour.", failed)


def of_history() -> Iterator[Metric]:
    """How far the seal of the history is behind, and since when its head has not left."""
    yield gauge(
        "casework_history_unsealed_seconds",
        "For how long the oldest event has waited to be chained.",
        wait(standing.waits_since()),
    )
    if settings.HISTORY_OFFICERS or settings.HISTORY_PLACE:
        left = ChainAnchor.objects.order_by("-id").values_list("left_at", flat=True).first()
        yield gauge(
            "casework_history_head_seconds",
            "How old the last head of the history is that left this machine.",
            age(left),
        )


asked += [of_jobs, of_history]
