"""Lines that PostgreSQL writes are those that Python writes, sign by sign."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from aftercare.models import ReleaseCertificate
from casework.models import Case
from core.context import acting_as
from core.models import AuditEvent
from core.shortcuts.bare import keys_of
from exchange.exports import copying, reach, writing
from exchange.exports.locked_zip import LockedZip
from exchange.exports.offer import lists_of
from exchange.exports.shape import as_shown
from exchange.exports.tables import tables
from tests import factories
from tests.exchange.taking import opened
from tests.exchange.unlocking import unlocked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]

# Every kind of cell is in one of these.
COPIED = {
    *("cases", "involvements", "arrests", "hearings", "appeals", "service-records"),
    *("compensation-payments", "consents", "protective-measures", "participations"),
}
NASTY = ["=1+1", "  -2", "＋3", "\n4", 'a "quoted", one', "two\r\nlines", "tab\t\x01\x02\x7f\\", ""]


def part(name, reader, kind, write):
    view, rows, _errors = reach.list_for(name, reader, {})
    made = bytearray()
    whole = LockedZip(made.extend, "invented")
    out = tables(kind, whole, 'mark, "of" this')
    columns, values = as_shown(view)
    out.begin(name, columns)
    batches = write(view, rows, out, values)
    about = None if batches is None else [told(r) for some in batches for b in some for r in b]
    out.end()
    out.close()
    whole.close()
    return about, unlocked(bytes(made), "invented")[f"01.{kind}"]


def told(row):
    return [str(getattr(row, name)) for name in keys_of(type(row)) or ["pk"]]


def by_python(view, rows, out, values):
    return writing._shown(view, rows, out, values)


def by_postgresql(view, rows, out, _values):
    return copying.copied(view, rows, out)


def both(reader, *names):
    """The lists that are written alike by both; which PostgreSQL wrote at all."""
    found = set()
    with acting_as(reader.pk):
        for name in names:
            for kind in ("csv", "jsonl"):
                about, text = part(name, reader, kind, by_postgresql)
                if about is not None:
                    assert (about, text) == part(name, reader, kind, by_python), name
                    assert about, name
                    found.add(name)
    return found


def test_every_list_is_the_same_by_both(case_manager, office):
    names = lists_of("case", identifiers=True, outside=False)
    for name in names:
        model = reach.list_for(name, case_manager, {})[1].model
        make = factories.FACTORIES[model]
        for _ in range(2):
            make()
    assert both(User.objects.get(pk=case_manager.pk), *names) >= COPIED


def test_moments_by_the_clock_of_the_house(case_manager, office):
    moments = [
        datetime(2026, 3, 1, 20, 15, 0, 5, tzinfo=UTC),
        datetime(2026, 7, 31, 23, 59, 59, 100000, tzinfo=UTC),
        datetime(2026, 1, 1, tzinfo=UTC),
    ]
    for moment in moments:
        case = factories.case(office)
        Case.objects.filter(pk=case.pk).update(created_at=moment, updated_at=moment)
    for zone in ("UTC", "Asia/Kolkata", "America/St_Johns", "Europe/London"):
        with timezone.override(ZoneInfo(zone)):
            assert both(case_manager, "cases")


def test_texts_with_signs_of_every_kind(case_manager, office):
    for number, text in enumerate(NASTY):
        made = factories.FACTORIES[ReleaseCertificate](case=factories.case(office))
        ReleaseCertificate.objects.filter(pk=made.pk).update(office_title=text, number=number)
    assert both(case_manager, "release-certificates")


def test_a_list_of_several_statements(case_manager, office, monkeypatch):
    """Statement by statement by key: none twice, none left out, each on record once."""
    monkeypatch.setattr(copying, "AT_ONCE", 2)
    monkeypatch.setattr(copying, "MOST", 2)
    cases = {str(factories.case(office).pk) for _ in range(8)}
    found = opened(case_manager, identifiers=True)
    assert {row["id"] for row in found.list("cases")} == cases
    events = AuditEvent.objects.filter(action="export.given")
    told = [pk for event in events for pk in event.detail["ids"]]
    assert sorted(told) == sorted(cases)
    assert events.count() == 4


def test_what_it_tells_on_record_wants_no_other_column(case_manager, office):
    """A row that holds its keys alone is asked for nothing else: that would be a statement each."""
    for _ in range(3):
        factories.involvement(factories.case(office))
    reader = User.objects.get(pk=case_manager.pk)
    assert reader.scope
    with acting_as(reader.pk), CaptureQueriesContext(connection) as queries:
        about, _text = part("involvements", reader, "csv", by_postgresql)
    assert len(about) == 3
    assert [one["sql"].split()[0] for one in queries] == ["copy"]
