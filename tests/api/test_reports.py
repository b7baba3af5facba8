"""Reports by the interface: what there is, asked for, computed, and looked behind."""

from __future__ import annotations

import uuid

import pytest

from core.models import Job
from reports.base import REPORTS
from reports.readers import scope_key
from tests import factories
from tests.api.test_hostile import refused

pytestmark = pytest.mark.django_db
CELLS = {"IN|": {"k": [], "n": [str(uuid.UUID(int=1))]}}


@pytest.fixture
def run(manager):
    """A run that is done, with its snapshot."""
    mine = scope_key(manager.user)
    kept = factories.snapshot(scope_key=mine, behind=CELLS)
    return Job.objects.create(
        kind="report",
        requested_by=manager.user,
        state="done",
        parameters={"report": "conviction-rate", "params": {}},
        result={"snapshot": str(kept.pk)},
    )


def test_every_report_is_listed_and_can_be_opened(manager):
    listed = manager.get("reports/").json()
    assert [row["slug"] for row in listed["results"]] == sorted(REPORTS)
    assert (listed["next"], listed["previous"]) == (None, None)
    for row in listed["results"]:
        assert manager.get(f"reports/{row['slug']}/").json() == row


@pytest.mark.parametrize("slug", ["none", "x" * 300, "%00", "Conviction-Rate", "1"])
def test_a_report_there_is_not(manager, slug):
    refused(manager.get(f"reports/{slug}/"), 404)


def test_parameters_nobody_reads_are_refused_by_name(manager, run):
    addresses = ["reports/", "reports/conviction-rate/", f"report-runs/{run.pk}/"]
    for address in [*addresses, f"report-runs/{run.pk}/behind/"]:
        assert {"limit", "x"} == set(refused(manager.get(f"{address}?limit=1&x=%00"))), address
    assert list(refused(manager.post("report-runs/?x=1", {"report": "conviction-rate"}))) == ["x"]
    assert list(refused(manager.post(f"report-runs/{run.pk}/cancel/?x=1"))) == ["x"]


@pytest.mark.parametrize(
    ("query", "errors"),
    [
        ("", {"cell", "of"}),
        ("cell=IN|", {"of"}),
        ("of=k", {"cell"}),
        ("cell=IN|&of=", {"of"}),
        ("cell=IN|&of=rate", {"of"}),
        ("cell=IN&of=k", {"cell"}),
        ("cell=%00&of=%00", {"cell"}),
        ("cell=" + "x" * 3000 + "&of=k", {"cell"}),
    ],
)
def test_behind_which_figure_must_be_said(manager, run, query, errors):
    answer = manager.get(f"report-runs/{run.pk}/behind/?{query}")
    assert set(refused(answer)) == errors


def test_the_records_behind_a_figure(manager, run):
    answer = manager.get(f"report-runs/{run.pk}/behind/?cell=IN|&of=n")
    assert answer.json() == {"total": 1, "results": []}


def test_a_run_of_somebody_else_does_not_exist(api, office, run):
    other = api(factories.user("case_manager", office))
    for address in (f"report-runs/{run.pk}/", f"report-runs/{run.pk}/behind/?cell=IN|&of=n"):
        refused(other.get(address), 404)
    refused(other.post(f"report-runs/{run.pk}/cancel/"), 404)


def test_a_run_that_is_over_cannot_be_cancelled(manager, run):
    refused(manager.post(f"report-runs/{run.pk}/cancel/"), 409)


@pytest.mark.parametrize(
    ("params", "errors"),
    [
        ({"from": []}, {"params.from"}),
        ({"as_of": {}}, {"params.as_of"}),
        ({"to": 20261101}, {"params.to"}),
        ({"jurisdiction": ["IN"], "x": 1}, {"params.jurisdiction", "params.x"}),
        ({"jurisdiction": "\0", "instance": 1}, {"params.jurisdiction", "params.instance"}),
        ({"jurisdiction": "XX", "programme": "gold"}, {"params.jurisdiction", "params.programme"}),
        ({"from": "2026-02-01", "to": "2026-01-01"}, {"params.to"}),
        ({"from": "2026-02-30"}, {"params.from"}),
        ([], {"params"}),
    ],
)
def test_odd_parameters_of_a_run_are_named(manager, params, errors):
    body = {"report": "conviction-rate", "params": params}
    assert set(refused(manager.post("report-runs/", body))) == errors
    assert not Job.objects.exists()
