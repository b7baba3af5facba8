"""Pages that PostgreSQL writes are those that Python writes, sign by sign, and as much is on record
of them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest

from aftercare.models import ReleaseCertificate
from casework.api.serializers import CaseSerializer
from casework.models import Case
from core.api import first_page, rows, viewsets
from core.api.written import written
from core.models import AuditEvent
from tests import factories
from tests.api.test_pagination import viewsets as lists
from tests.api.world import LISTS
from tests.exchange.test_export_copied import NASTY

pytestmark = pytest.mark.django_db

HOT = {"cases/", "hearings/", "involvements/"}
SINCE = "updated_since=2020-01-01T00:00:00Z"


@pytest.fixture
def both(monkeypatch):
    """`both(client, path)`: asks both ways, compares, and gives the text and the next page."""

    def ask(client, path):
        first_page._pages.clear()
        given, seen = client.get(path), AuditEvent.objects.filter(kind="read").last()
        assert given.status_code == 200, (path, given.content)
        read = (seen.action, seen.target_type, seen.detail, seen.subjects) if seen else None
        return re.sub(rb'"until":"[^"]+"', b"", given.content), read, given.json()["next"]

    def compare(client, path):
        ours = ask(client, path)
        with monkeypatch.context() as patch:
            patch.setattr(viewsets, "written", lambda *_: None)
            assert ours == ask(client, path), path
        return ours[0].decode(), ours[2]

    return compare


@pytest.fixture
def by_postgresql(monkeypatch):
    """The lists whose pages PostgreSQL wrote in this test."""
    found = set()

    def noted(shape, asked, sorted_by):
        made = written(shape, asked, sorted_by)
        if made is not None:
            found.add(type(shape))
        return made

    monkeypatch.setattr(viewsets, "written", noted)
    return found


def test_every_list_every_page_and_what_changed(everyone, both, by_postgresql):
    shapes = {path: view.serializer_class for path, view in lists().items() if path in LISTS}
    for path, shape in shapes.items():
        if LISTS[path] and rows.said(shape()):
            for _ in range(2):
                LISTS[path]()
            both(everyone, path)
            text, following = both(everyone, f"{path}?limit=1")
            if following:
                to = urlsplit(following)
                both(everyone, f"{to.path.removeprefix('/api/v1/')}?{to.query}")
            both(everyone, f"{path}?{SINCE}")
            assert '"id":' in text or path in {"jurisdictions/"}, path
    assert {shapes[path] for path in HOT} <= by_postgresql
    assert len(by_postgresql) > 40


def test_moments_by_the_clock_of_whoever_asks(manager, both, office, by_postgresql):
    """By UTC for a key, by that of the office for its person. What is put into words once is so
    for each clock."""
    for moment in (
        datetime(2026, 3, 1, 20, 15, 0, 5, tzinfo=UTC),
        datetime(2026, 7, 1, tzinfo=UTC),
    ):
        made = factories.case(office)
        Case.objects.filter(pk=made.pk).update(created_at=moment, updated_at=moment)
    person = SimpleNamespace(get=lambda path: manager.person.get(f"/api/v1/{path}"))
    hours = [(manager, "20:15:00.000005Z"), (person, "01:45:00.000005+05:30")]
    for client, hour in hours:
        assert hour in both(client, "cases/")[0]
        assert hour in client.get("cases/").content.decode()
    first_page._pages.clear()
    for client, hour in [*hours, *hours]:
        assert hour in client.get("cases/").content.decode()
    assert CaseSerializer in by_postgresql


def test_texts_with_signs_of_every_kind(manager, both, office):
    for number, text in enumerate(NASTY):
        made = factories.FACTORIES[ReleaseCertificate](case=factories.case(office))
        ReleaseCertificate.objects.filter(pk=made.pk).update(office_title=text, number=number)
    both(manager, "release-certificates/")


def test_a_field_that_is_said_otherwise_is_found(manager, both, office, monkeypatch):
    factories.case(office)
    both(manager, "cases/")
    plan = dict(rows._plan_of(CaseSerializer()))
    plan["closed_on"] = replace(plan["closed_on"], said=plan["opened_on"].said)
    monkeypatch.setitem(rows._plans, CaseSerializer, plan)
    with pytest.raises(AssertionError):
        both(manager, "cases/")


def test_a_key_left_out_of_the_record_is_found(manager, both, office, monkeypatch):
    factories.involvement(factories.case(office))
    both(manager, "involvements/")
    monkeypatch.setattr("core.api.written.keys_of", lambda _model: ["id", "case_id"])
    with pytest.raises(AssertionError):
        both(manager, "involvements/")


def test_a_bare_row_tells_its_keys_and_nothing_else(office):
    case = factories.case(office)
    (row,) = written(CaseSerializer(), Case.objects.all(), ["opened_on", "id"])
    assert (row.pk, row.opened_on) == (str(case.pk), case.opened_on)
    with pytest.raises(AttributeError):
        _ = row.reference
