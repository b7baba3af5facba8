"""Rows shown without the machinery of serializers say what serializers say."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import orjson
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from casework.api.serializers import CaseSerializer
from casework.models import Case
from core.context import acting_as
from core.shortcuts import rows
from core.shortcuts.rows import lean, represented
from prosecutions.api.hearing_serializers import HearingSerializer
from prosecutions.models import Hearing
from tests import factories
from tests.api.test_pagination import viewsets
from tests.api.world import LISTS
from victims.api.serializers import InvolvementSerializer
from victims.models import Involvement

pytestmark = pytest.mark.django_db


def said(value):
    return orjson.loads(orjson.dumps(value, default=str))


def test_every_list_says_what_its_serializer_says(everyone, case_manager, office):
    for factory in filter(None, LISTS.values()):
        factory()
    reader = User.objects.get(pk=case_manager.pk)
    for path, view in viewsets().items():
        with acting_as(reader.pk), timezone.override(ZoneInfo("Asia/Kolkata")):
            asked = view.serializer_class(context={"reader": reader})
            found, _errors = view.listed.whole(reader, {})
            here = list(found.order_by("pk")[:5])
            usual = said(type(asked)(here, many=True, context=asked.context).data)
            assert said(represented(asked, here)) == usual, path
            here = list(lean(asked, found).order_by("pk")[:5])
            assert said(represented(asked, here)) == usual, path


def test_the_hot_lists_are_shown_without_it(office):
    for kind in (CaseSerializer, HearingSerializer, InvolvementSerializer):
        assert rows._plan_of(kind()), kind


def test_a_case_by_hand(office):
    moment = datetime(2026, 3, 1, 20, 15, 0, 5, tzinfo=UTC)
    case = factories.case(opened_on=date(2026, 3, 1))
    Case.objects.filter(pk=case.pk).update(created_at=moment, updated_at=moment)
    with timezone.override(ZoneInfo("Asia/Kolkata")):
        (row,) = said(represented(CaseSerializer(), Case.objects.all()))
    assert row["id"] == str(case.pk)
    assert (row["office"], row["jurisdiction"]) == (case.office.code, case.jurisdiction.code)
    assert (row["sealed"], row["opened_on"], row["closed_on"]) == (False, "2026-03-01", None)
    assert row["created_at"] == "2026-03-02T01:45:00.000005+05:30"
    with timezone.override(UTC):
        (row,) = said(represented(CaseSerializer(), Case.objects.all()))
    assert row["created_at"] == "2026-03-01T20:15:00.000005Z"


def test_moments_by_the_clock_of_whoever_asks(api, case_manager, browser_client, office):
    """By UTC for a key, by that of the office for its person, in turns."""
    moment = datetime(2026, 3, 1, 20, 15, 0, 5, tzinfo=UTC)
    case = factories.case(office)
    Case.objects.filter(pk=case.pk).update(created_at=moment, updated_at=moment)
    key, person = api(case_manager), browser_client(case_manager)
    for _ in range(2):
        (row,) = key.get("cases/").json()["results"]
        assert row["created_at"] == "2026-03-01T20:15:00.000005Z"
        (row,) = person.get("/api/v1/cases/").json()["results"]
        assert row["created_at"] == "2026-03-02T01:45:00.000005+05:30"


def test_only_related_rows_that_are_shown_are_fetched(office):
    factories.hearing()
    factories.involvement()
    for kind, model, path in (
        (HearingSerializer, Hearing, "case__office"),
        (InvolvementSerializer, Involvement, "case__jurisdiction"),
    ):
        with CaptureQueriesContext(connection) as queries:
            represented(kind(), lean(kind(), model.objects.select_related(path)))
        assert len(queries) == 1
        assert 'join "casework_case"' not in queries[0]["sql"].lower()


def test_of_a_related_row_shown_by_its_code_the_code_alone_is_fetched(office):
    case = factories.case()
    with CaptureQueriesContext(connection) as queries:
        found = lean(CaseSerializer(), Case.objects.select_related("office", "jurisdiction"))
        (row,) = represented(CaseSerializer(), found)
    assert (row["office"], row["jurisdiction"]) == ("kolkata", case.jurisdiction.code)
    assert len(queries) == 1
    assert '"accounts_office"."name"' not in queries[0]["sql"]
