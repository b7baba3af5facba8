"""Traces say what was done and how long it took, in words of our own code, and nothing else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from core import traces
from tests import factories

if TYPE_CHECKING:
    from collections.abc import Iterator

    from opentelemetry.sdk.trace import ReadableSpan

pytestmark = pytest.mark.django_db
MARK = "Zqcanary"
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}")
SAID = {
    *("http.route", "http.request.method", "http.response.status_code", "casework.request"),
    *("db.system.name", "db.operation.name", "db.collection.name", "error.type"),
}


@pytest.fixture
def spans(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[InMemorySpanExporter]:
    settings.TRACES = "http://collector.invalid"
    kept, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(kept))
    monkeypatch.setattr(traces, "_provider", lambda: provider)
    with connection.execute_wrapper(traces._statement):
        yield kept


def words(span: ReadableSpan) -> list[str]:
    """All that a span says, but for the number of its request."""
    facts = dict(span.attributes or {})
    facts.pop("casework.request", None)
    events = [str(event.attributes) for event in span.events]
    return [span.name, str(span.status.description or ""), *events, *map(str, facts.values())]


def test_of_a_page_the_route_and_the_tables_are_said_and_no_word_of_anybody(
    spans, browser_client, case_manager
):
    case = factories.case()
    factories.assignment(case, case_manager)
    client = browser_client(case_manager)
    client.get(f"/cases/{case.pk}/", {"q": MARK})
    client.post("/search/", {"q": MARK})
    client.get(f"/{MARK}/")
    done = spans.get_finished_spans()
    asked = [span for span in done if span.parent is None]
    assert [span.name for span in asked] == ["GET desk:case", "POST desk:search", "GET none"]
    assert len({span.attributes["casework.request"] for span in asked}) == 3
    page = {span.name for span in done if span.parent and span.parent == asked[0].context}
    assert "SELECT casework_case" in page
    assert {name for span in done for name in span.attributes} <= SAID
    assert not [word for span in done for word in words(span) if MARK in word or ID.search(word)]


@pytest.mark.parametrize("fault", [IntegrityError(f"Key (name)=({MARK})"), PermissionDenied(MARK)])
def test_of_a_fault_the_type_is_said(spans, fault):
    with pytest.raises(type(fault)), traces.of_job("test-effect"):
        raise fault
    (span,) = spans.get_finished_spans()
    assert (span.name, span.attributes) == ("job test-effect", {"error.type": type(fault).__name__})
    assert not [word for word in words(span) if MARK in word]


def test_of_a_statement_no_word_is_said_that_somebody_typed(spans):
    with traces.of_job("test-effect"), connection.cursor() as cursor:
        cursor.execute(f"select '{MARK}' from casework_case -- from {MARK}")
        cursor.execute(f"explain select '{MARK}'")
    assert [span.name for span in spans.get_finished_spans()] == [
        "SELECT casework_case",
        "OTHER",
        "job test-effect",
    ]


def test_where_nobody_wants_them_there_are_none(spans, settings, client):
    settings.TRACES = ""
    client.get("/healthz")
    assert spans.get_finished_spans() == ()
