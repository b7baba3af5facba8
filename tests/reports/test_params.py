"""What one may ask a report for: on the page, by the interface, on the command line."""

from __future__ import annotations

import csv
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from core import jobs
from core.models import Job
from reports.api.serializers import ParamsInput
from reports.base import REPORTS
from reports.models import Snapshot
from reports.params import OPTIONS, BadParams, Params, as_query, parse
from reports.readers import scope_key
from tests import factories
from tests.reports.courtroom import arrested, charged, decided

pytestmark = pytest.mark.django_db


@pytest.fixture
def convicted(office):
    case = factories.case(office)
    people = [factories.suspect(case), factories.suspect(case)]
    for person, whose in zip(people, ("own", "external"), strict=True):
        arrested(person, "03-10", whose)
        decided(charged(person), "convicted_trial", attribution=whose)
    return people


@pytest.mark.parametrize(
    ("given", "means"),
    [
        ("own", ("own",)),
        ("supported,own", ("own", "supported")),
        ("own, state_only", ("own", "state_only")),
        (["external", "own"], ("own", "external")),
        ("all", ()),
        ("own,all", ()),
        ("own,supported,state_only,external", ()),
        ("", ()),
        (None, ()),
        ([], ()),
    ],
)
def test_attribution_is_one_code_several_or_all(given, means):
    assert parse({"attribution": given}).attribution == means


ODD = ["ours", "own;supported", "own\0", [1], ["own", None], 7, [["own"]]]


@pytest.mark.parametrize("given", ODD)
def test_other_attributions_are_refused(given):
    with pytest.raises(BadParams) as bad:
        parse({"attribution": given})
    assert set(bad.value.errors) == {"attribution"}


def test_what_was_asked_is_read_again_as_it_was():
    report = REPORTS["conviction-rate"]
    asked = parse({"attribution": "own", "measure": "cr4", "from": "2026-01-01"}, report)
    assert parse(asked.as_json(), report) == asked
    assert parse(as_query(asked.as_json()), report) == asked
    assert "basis" not in asked.as_json()


@pytest.mark.parametrize("slug", sorted(REPORTS))
def test_a_report_refuses_options_it_does_not_take_and_needs_none(slug):
    report = REPORTS[slug]
    unusual = {"measure": "cr5", "basis": "period", "instance": "final", "attribution": "own"}
    unusual |= {"audience": "outside"}
    assert set(report.takes) <= set(OPTIONS)
    for name, value in unusual.items():
        if name in report.takes:
            assert parse({name: value}, report).as_json()[name]
        else:
            with pytest.raises(BadParams):
                parse({name: value}, report)
    usual = {name: value for name, value in Params().as_json().items() if name in OPTIONS}
    assert set(parse(usual, report).as_json()) & set(OPTIONS) == set(report.takes)


def test_by_the_interface(api, case_manager, convicted):
    client = api(case_manager)

    def asked(report="conviction-rate", **params):
        return client.post("report-runs/", {"report": report, "params": params})

    for own in (["own"], "own"):
        run = asked(measure="cr5", attribution=own).json()
        jobs.run(run["id"])
        result = client.get(f"report-runs/{run['id']}/").json()["result"]
        assert result["params"]["attribution"] == ["own"]
        assert "Charges against organisations count" in result["definition"]
        assert {(row["k"], row["n"]) for row in result["rows"]} == {(1, 1)}
    for wrong in ({"measure": "cr1"}, {"attribution": ["own", 1]}, {"basis": "period"}):
        answer = asked(**wrong)
        assert answer.status_code == 400
        (field,) = answer.json()["errors"]
        assert field.startswith(f"params.{next(iter(wrong))}")
    assert asked("survivors-served", attribution="own").status_code == 400
    described = client.get("reports/attrition-funnel/").json()
    assert (described["by_place"], described["takes"]) == (False, ["basis", "attribution"])


def test_the_interface_takes_every_option():
    assert set(OPTIONS) <= set(ParamsInput().get_fields())


def test_on_the_command_line(convicted):
    def said(slug, **options):
        out = StringIO()
        call_command("report", slug, stdout=out, **options)
        return out.getvalue()

    rows = json.loads(said("conviction-rate", measure="cr4", attribution="own"))["rows"]
    assert {(row["k"], row["n"]) for row in rows} == {(1, 1)}
    table = list(csv.DictReader(StringIO(said("attrition-funnel", format="csv", basis="period"))))
    assert [row["k"] for row in table if row["stage"] == "arrested"] == ["2"]
    with pytest.raises(CommandError, match="basis"):
        said("conviction-rate", basis="period")


def test_on_the_page_boxes_side_by_side_are_one_parameter(browser_client, case_manager, convicted):
    page = browser_client(case_manager)
    asked = page.post(
        "/reports/conviction-rate/", {"measure": "cr4", "attribution": ["own", "external"]}
    )
    job = Job.objects.get()
    assert job.parameters["params"]["attribution"] == ["own", "external"]
    jobs.run(job.pk)
    shown = page.get(asked.url, follow=True).content.decode()
    assert "Convictions of persons arrested" in shown
    assert "Own casework, External" in shown
    assert 'name="attribution" value="own,external"' in shown  # the button that computes again
    form = page.get("/reports/conviction-rate/?measure=cr4&attribution=own&attribution=external")
    assert form.content.decode().count(" checked") == 2
    refused = page.get("/reports/survivors-served/?measure=cr4")
    assert refused.status_code == 400
    assert "does not have that option" in refused.content.decode()


def test_an_older_snapshot_is_read_as_it_was(browser_client, case_manager):
    """Kept before attribution and measures were asked for."""
    place = {"code": "IN", "name": "India", "level": "country"}
    counts = {"k": 12, "n": 12, "rate": 1.0, "low": 0.75, "high": 1.0, "pending": 0}
    endings = dict.fromkeys(("discharged", "dismissed", "withdrawn", "abated"), 0)
    old = factories.snapshot(
        scope_key=scope_key(case_manager),
        params={
            "from": None,
            "to": None,
            "as_of": "2026-10-01",
            "jurisdiction": None,
            "programme": None,
            "instance": "first",
        },
        rows=[{"jurisdiction": place, "programme": None} | counts | endings],
        behind={"IN|": {"k": [], "n": []}},
    )
    page = browser_client(case_manager)
    address = f"/reports/snapshots/{old.pk}/"
    assert "12 of 12" in " ".join(
        page.get(address).content.decode().replace("<bdi>", "").replace("</bdi>", "").split()
    )
    assert page.get(f"{address}table.csv").content.decode().startswith("jurisdiction,name")
    assert page.get(f"{address}behind/?cell=IN|&of=k").status_code == 200
    assert Snapshot.objects.count() == 1
