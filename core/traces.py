"""Traces, where an operator asks for them: what a request or a job did, and how long each statement
took, for a collector that speaks OTLP.

The instrumentation that OpenTelemetry ships for Django, Celery and PostgreSQL says addresses with
ids and the text of statements. Here a span says words of our own code alone: the name of a route,
the kind of a job, the verb and the table of a statement, the type of an error, and the number that
the log gives the same request.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from celery.signals import before_task_publish, task_postrun, task_prerun
from django.apps import apps
from django.conf import settings
from django.db.backends.signals import connection_created
from opentelemetry import context, trace
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from core.context import request_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.trace import Span

TABLE = re.compile(r'\b(?:from|into|update|join)\s+"?(\w+)"?', re.IGNORECASE)
VERBS = {"SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "EXECUTE", "PREPARE", "SET", "SAVEPOINT"}
OTHER = "OTHER"
FAULT = 500  # and above: a request that failed


def begin() -> None:
    """See to it that statements and jobs leave spans, if anybody is to have them."""
    if settings.TRACES:
        connection_created.connect(_listen, dispatch_uid="core.traces")
        before_task_publish.connect(_send_along, dispatch_uid="core.traces")
        task_prerun.connect(_enter, dispatch_uid="core.traces")
        task_postrun.connect(_leave, dispatch_uid="core.traces")


@contextmanager
def of_request() -> Iterator[Callable[[str, str, int], None]]:
    """The span of a request; called with its route, method and status once they are known."""
    with _span("request", trace.SpanKind.SERVER) as span:

        def say(route: str, method: str, status: int) -> None:
            span.update_name(f"{method} {route}")
            facts = {"http.route": route, "http.request.method": method}
            span.set_attributes({**facts, "http.response.status_code": status})
            span.set_attribute("casework.request", request_id.get() or "")
            if status >= FAULT:
                span.set_status(trace.StatusCode.ERROR)

        yield say


@contextmanager
def of_job(kind: str) -> Iterator[None]:
    """The span of one attempt at a job, which follows whatever asked for it."""
    with _span(f"job {kind}", trace.SpanKind.CONSUMER):
        yield


@cache
def _provider() -> TracerProvider:
    """Begun with the first span, so after a server has made its processes."""
    # What sends them is large, and most have no traces.
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import (  # noqa: PLC0415
        OTLPSpanExporter,
    )
    from opentelemetry.sdk.resources import Resource  # noqa: PLC0415
    from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
    from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415

    provider = TracerProvider(resource=Resource.create({"service.name": "casework"}))
    exporter = OTLPSpanExporter(endpoint=f"{settings.TRACES}/v1/traces")
    provider.add_span_processor(BatchSpanProcessor(exporter))
    return provider


@contextmanager
def _span(name: str, kind: trace.SpanKind) -> Iterator[Span]:
    """Where nobody wants traces, one that is not recorded. Of what goes wrong it says the type:
    the text of an error may hold a name, so it is not left to the library to say it.
    """
    if not settings.TRACES:
        yield trace.INVALID_SPAN
        return
    tracer = _provider().get_tracer("casework")
    with tracer.start_as_current_span(
        name, kind=kind, record_exception=False, set_status_on_exception=False
    ) as span:
        try:
            yield span
        except Exception as fault:
            span.set_attribute("error.type", type(fault).__name__)
            span.set_status(trace.StatusCode.ERROR)
            raise


def _listen(connection: Any, **_: object) -> None:
    connection.execute_wrappers.append(_statement)


def _statement(
    execute: Callable[..., object], sql: object, params: object, many: bool, about: object
) -> object:
    """A statement of a request or a job; others are of no interest."""
    if not trace.get_current_span().is_recording():
        return execute(sql, params, many, about)
    verb, table = _words(str(sql))
    with _span(f"{verb} {table}".strip(), trace.SpanKind.CLIENT) as span:
        facts = {"db.system.name": "postgresql", "db.operation.name": verb}
        span.set_attributes(facts | ({"db.collection.name": table} if table else {}))
        return execute(sql, params, many, about)


def _words(sql: str) -> tuple[str, str]:
    """Its verb and its first table that is ours: what somebody typed is neither."""
    first = sql.lstrip(" (\n").partition(" ")[0].upper()
    named = (name for name in TABLE.findall(sql) if name in _tables())
    return first if first in VERBS else OTHER, next(named, "")


@cache
def _tables() -> frozenset[str]:
    return frozenset(model._meta.db_table for model in apps.get_models())


def _send_along(headers: dict[str, str], **_: object) -> None:
    TraceContextTextMapPropagator().inject(headers)


def _enter(task: Any, **_: object) -> None:
    behind = {"traceparent": task.request.get("traceparent") or ""}
    task.request.entered = context.attach(TraceContextTextMapPropagator().extract(behind))


def _leave(task: Any, **_: object) -> None:
    context.detach(task.request.entered)
