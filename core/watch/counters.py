"""What the processes of the web server count: requests, faults, sign-ins that failed.

Each process counts in a file of its own where the server gives a folder for them
(`casework/conf/gunicorn.py`), and whichever is asked adds them up. All else that is watched stands
in the database and is asked there (`core.watch.gauges`), so that it is true of all machines.

Durations are known of pages and of calls, not of each route: ten buckets for each of a thousand
routes would make every look dear. Of a route the sum of its seconds is known, and so its mean.
"""

from __future__ import annotations

import prometheus_client
from prometheus_client import CollectorRegistry, Counter, Histogram

from core.traces import FAULT

prometheus_client.disable_created_metrics()
OURS = CollectorRegistry()
BUCKETS = (0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

requests = Counter(
    "casework_requests",
    "Requests answered, by the name of their route.",
    ["route", "method", "status"],
    registry=OURS,
)
route_seconds = Counter(
    "casework_route_seconds", "Seconds they took together.", ["route"], registry=OURS
)
seconds = Histogram(
    "casework_request_seconds",
    "How long they took, by what was asked for.",
    ["side"],
    buckets=BUCKETS,
    registry=OURS,
)
faults = Counter("casework_faults", "Requests answered by 500 or more.", registry=OURS)
refused = Counter(
    "casework_requests_refused", "Refused unheard, for there was too much to do.", registry=OURS
)
failed_sign_ins = Counter(
    "casework_sign_ins_failed", "Sign-ins that failed, by what was wrong.", ["step"], registry=OURS
)
# What has not happened yet stands at 0, or its first time would be no increase.
for _side in ("page", "api", "watch"):
    seconds.labels(_side)
for _step in ("password", "second factor", "provider", "too often"):
    failed_sign_ins.labels(_step)


def answered(route: str, side: str, method: str, status: int, took: float) -> None:
    """A request was answered, after so many seconds. All of these are words of our own code."""
    requests.labels(route, method, str(status)).inc()
    route_seconds.labels(route).inc(took)
    seconds.labels(side).observe(took)
    if status >= FAULT:
        faults.inc()
