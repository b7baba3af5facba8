"""When the clock last wanted a job: by this two clocks know that they ask for the same."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product

from django.conf import settings
from django.utils import timezone

# A message comes after its time, but the reader's clock may be behind that of the sender.
SKEW = timedelta(minutes=1)


def due(kind: str) -> datetime | None:
    """The latest moment at which this kind of job was due; nothing if it has no times."""
    now = timezone.now() + SKEW
    moments = [
        moment
        for entry in settings.CELERY_BEAT_SCHEDULE.values()
        if entry["task"] == "core.request_job" and entry["args"] == [kind]
        for hour, minute in product(entry["schedule"].hour, entry["schedule"].minute)
        for day in (now.date(), now.date() - timedelta(days=1))
        if (moment := datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)) <= now
    ]
    return max(moments, default=None)
