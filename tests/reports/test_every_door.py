"""The reports of proceedings through every door: command, API, page, CSV, rows behind a figure."""

from __future__ import annotations

import csv
import json
from io import StringIO
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.management import call_command

from core import jobs
from reports.base import REPORTS
from reports.models import Snapshot
from tests import factories
from tests.factories import justice

pytestmark = pytest.mark.django_db
SLUGS = ("ncrb-conviction-rate", "clearance", "hearings", "sentences", "networks")


@pytest.fixture(autouse=True)
def world(office: Any) -> Any:
    """One matter with something of everything, decided on 1 September 2026."""
    case = factories.case(office)
    sentence = factories.sentence(case)
    type(sentence).objects.update(fine=1500, compensation=9000, currency="INR")
    justice.compensation_payment(sentence=sentence)
    docket = sentence.judgment.prosecution
    factories.hearing(prosecution=docket, result="adjourned", adjourned_for="judge_absent")
    justice.police_report(case)
    member = justice.network_member(suspect=sentence.suspect)
    justice.corridor_leg(corridor=justice.corridor(case, network=member.network))
    return case


def by_command(slug: str) -> list[dict[str, Any]]:
    out = StringIO()
    call_command("report", slug, stdout=out)
    found: list[dict[str, Any]] = json.loads(out.getvalue())["rows"]
    return found


def by_api(client: Any, slug: str) -> tuple[str, list[dict[str, Any]]]:
    run = client.post("report-runs/", {"report": slug, "params": {}}).json()["id"]
    jobs.run(run)
    return run, client.get(f"report-runs/{run}/").json()["result"]["rows"]


def behind(client: Any, run: str, cell: str, of: str) -> Any:
    query = urlencode({"cell": cell, "of": of})
    return client.get(f"report-runs/{run}/behind/?{query}").json()


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.by_turns(4)
def test_every_door_says_the_same(slug, api, browser_client, case_manager):
    _run, rows = by_api(api(case_manager), slug)
    assert rows
    assert rows == by_command(slug)
    snapshot = Snapshot.objects.get()
    page = browser_client(case_manager).get(f"/reports/snapshots/{snapshot.pk}/")
    assert page.status_code == 200
    text = page.content.decode()
    shown = [column for column in REPORTS[slug].columns if column.name not in {"low", "high"}]
    assert all(str(column.label) in text for column in shown)
    table = browser_client(case_manager).get(f"/reports/snapshots/{snapshot.pk}/table.csv")
    lines = list(csv.DictReader(StringIO(table.content.decode())))
    assert len(lines) == len(rows)
    assert {column.name for column in REPORTS[slug].columns} <= set(lines[0])


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.by_turns(5)
def test_every_count_opens_into_as_many_records(slug, api, case_manager):
    """Where ids are kept they are the records of the count, and open to who may see them."""
    client = api(case_manager)
    run, _rows = by_api(client, slug)
    opened = 0
    for cell, counts in Snapshot.objects.get().behind.items():
        for of, ids in counts.items():
            found = behind(client, run, cell, of)
            assert found["total"] == len(found["results"]) == len(ids), (cell, of)
            opened += len(ids)
    assert opened


def test_the_page_of_sentences_shows_money_by_its_currency(api, browser_client, case_manager):
    by_api(api(case_manager), "sentences")
    address = f"/reports/snapshots/{Snapshot.objects.get().pk}/"
    text = browser_client(case_manager).get(address).content.decode().replace("&nbsp;", " ")
    assert "INR 1,500" in text
    assert "INR 5,000" in text


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.by_turns(5)
def test_who_counts_without_row_rights_sees_figures_and_no_records(slug, api):
    counter = api(factories.user("programme_manager", factories.office("global")))
    run, rows = by_api(counter, slug)
    assert rows
    for cell, counts in Snapshot.objects.get().behind.items():
        for of in counts:
            found = behind(counter, run, cell, of)
            assert found["results"] == []
