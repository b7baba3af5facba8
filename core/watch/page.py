"""The address of the figures, for whoever has the token; for anyone else there is none."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from core.watch.counters import OURS
from core.watch.gauges import Installation

if TYPE_CHECKING:
    from django.http import HttpRequest


@csrf_exempt  # without the token every method finds nothing, as at an address that is not there
def metrics(request: HttpRequest) -> HttpResponse:
    """All figures, as Prometheus reads them. Raises `Http404`."""
    if request.method != "GET" or not _has_token(request):
        raise Http404
    counted = generate_latest(_counted())
    return HttpResponse(counted + generate_latest(_asked()), content_type=CONTENT_TYPE_LATEST)


def _has_token(request: HttpRequest) -> bool:
    kind, _space, given = request.headers.get("Authorization", "").partition(" ")
    known = bool(settings.METRICS_TOKEN) and kind.lower() == "bearer"
    return known and constant_time_compare(given.strip(), settings.METRICS_TOKEN)


def _counted() -> CollectorRegistry:
    """What all processes of this server counted together, or this one alone."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return OURS
    together = CollectorRegistry()
    MultiProcessCollector(together)
    return together


def _asked() -> CollectorRegistry:
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Installation())
    return registry
