"""Faults in what whoever watches the server is told."""

from __future__ import annotations

import sys
import uuid
from contextlib import contextmanager, nullcontext
from datetime import timedelta

from backups import alarms
from backups.models import Backup
from core import jobs, middleware, servers, traces
from core.watch import faults, gauges, page
from core.watch import middleware as watching
from tests.mutants.catalogue import fault
from tests.mutants.planting import replace

FIGURES, TOLD = "tests/core/test_watch.py", "tests/core/test_watch_faults.py"
TRACED = "tests/core/test_traces.py"


@fault(FIGURES)
def figures_for_anybody():
    """The figures of operation are read without the token."""
    replace(page, "_has_token", lambda _request: True)


@fault(FIGURES)
def what_somebody_made_up_is_a_label():
    """A method that nobody knows stands in the figures and in the log."""

    class Everything(frozenset):
        def __contains__(self, _one):
            return True

    replace(watching, "METHODS", Everything())


@fault(FIGURES)
def a_backup_that_was_not_made_is_the_newest():
    """One that failed makes the last one young."""
    replace(alarms, "last", lambda: Backup.objects.order_by("-made_at").first())


@fault(FIGURES)
def jobs_that_failed_long_ago_ring_for_ever():
    """A job that failed once counts as one of this hour."""
    replace(gauges, "LATELY", timedelta(days=365))


@fault(FIGURES)
def nothing_waits():
    """Jobs that wait are not seen."""
    none = jobs.Job.objects.none
    replace(jobs, "free", lambda: jobs.Q(pk__in=none().values("pk")))


@fault(TOLD)
def whoever_calls_numbers_the_history():
    """The number of a request is what its caller says, though no proxy is named."""

    def number(request):
        sent = request.headers.get("X-Request-ID", "")
        return uuid.UUID(sent) if len(sent) >= 32 else uuid.uuid4()

    replace(middleware, "_number", number)


@fault(TOLD)
def the_text_of_a_fault_leaves():
    """What an exception says is told with it."""
    replace(faults, "place", lambda _trace: str(sys.exception()))


@fault(TOLD)
def who_is_told_keeps_the_request():
    """A fault is told before the answer goes out, however long that takes."""

    class Now:
        def __init__(self, target, args, daemon):
            self.start = lambda: target(*args)

    replace(faults, "Thread", Now)


@fault("tests/core/test_servers.py")
def an_address_is_read_aloud():
    """An address with a mistake prints a part of its password."""
    replace(servers, "read", lambda _name: nullcontext())


@fault(TRACED)
def the_text_of_a_statement_is_traced():
    """A span is called by the statement, with what somebody typed."""
    replace(traces, "_words", lambda sql: (sql, ""))


@fault(TRACED)
def the_text_of_an_error_is_traced():
    """The library says of an error what it would by itself."""

    @contextmanager
    def as_it_comes(name, kind):
        with traces._provider().get_tracer("x").start_as_current_span(name, kind=kind) as span:
            yield span

    replace(traces, "_span", as_it_comes)
