"""What is listed is reached by its link and page by page; every step of a case is told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils.translation import override

from casework.models import Case
from desk.case.timeline import AHEAD, timeline
from tests import factories
from tests.desk.test_timeline import walk
from tests.factories import field

pytestmark = pytest.mark.django_db


def test_a_link_to_what_is_listed_opens_the_page_there(case, browser_client, lawyer):
    of, today = factories.charge(case).prosecution, case.jurisdiction.today
    for ahead in range(1, AHEAD + 6):
        factories.hearing(prosecution=of, listed_on=today + timedelta(days=ahead))
    page = browser_client(lawyer)
    for item in timeline(case, lawyer)["ahead"]:
        told = page.get(item["item_url"]).context["timeline"]
        assert told["items"][0]["id"] == item["id"]
        assert told["items"][0]["is_ahead"]


def test_nothing_that_is_listed_is_lost(case, api, lawyer):
    """Twenty stand above the past; the others a page further up."""
    of, today = factories.charge(case).prosecution, case.jurisdiction.today
    rows = [
        factories.hearing(prosecution=of, listed_on=today + timedelta(days=n))
        for n in range(1, AHEAD + 6)
    ]
    client, path = api(lawyer), f"cases/{case.pk}/timeline/"
    first = client.get(path).json()
    assert len(first["ahead"]) == AHEAD
    further = client.get(first["previous"].partition("/api/v1/")[2]).json()
    seen = [item["record"] for item in further["results"] + first["ahead"]]
    assert seen == [str(row.pk) for row in rows][::-1]
    assert further["previous"] is None


def test_every_step_of_a_case_is_told_and_paged(case, api, lawyer):
    """Many steps within a moment: rows of the history, each with its own place in the order."""
    steps = ["assessment", "investigation", "rescue_planned", "rescued", "aftercare_only"]
    for status in steps:
        Case.objects.filter(pk=case.pk).update(status=status)
    Case.objects.filter(pk=case.pk).update(programme="osec")
    client = api(lawyer)
    whole = [item for item in walk(client, case, limit=200) if item["source"] == "moved"]
    assert [item["title"] for item in whole][::-1] == [
        "Case moved on: Lead to Assessment",
        "Case moved on: Assessment to Investigation",
        "Case moved on: Investigation to Rescue planned",
        "Case moved on: Rescue planned to Rescued",
        "Case moved on: Rescued to Aftercare only",
    ]
    paged = [item for item in walk(client, case, limit=1) if item["source"] == "moved"]
    assert paged == whole
    assert len({item["id"] for item in whole}) == len(steps)


def test_the_case_page_shows_its_beginning(case, browser_client, lawyer, said):
    for _ in range(25):
        factories.service_record(case, provided_on=date(2026, 3, 12), kind="shelter")
    for day in range(1, 26):
        factories.service_record(case, provided_on=date(2026, 4, day))
    answer = browser_client(lawyer).get(f"/cases/{case.pk}/")
    assert "Whole timeline" in said(answer)
    assert answer.content.decode().count('<li id="') == 5


def test_a_country_is_called_as_its_reader_calls_it(case, lawyer):
    field.lead(case, jurisdiction=factories.people.place("KH"))
    with override("es"):
        (item,) = [i for i in timeline(case, lawyer)["items"] if i["source"] == "lead"]
    assert "Camboya" in item["text"]
