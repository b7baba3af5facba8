"""The reports of studies: only what is published, with its marks; no sums of figures of others."""

from __future__ import annotations

from datetime import UTC, date
from decimal import Decimal

import pytest
from django.utils import translation

from core import jobs
from core.days import clock
from reports.base import REPORTS
from reports.models import Snapshot
from reports.params import parse
from reports.readers import Reporter
from reports.run import compute
from reports.tables import own_words
from tests import factories
from tests.factories import studies
from tests.factories.people import place

pytestmark = pytest.mark.django_db
SLUGS = (
    "prevalence",
    "baseline-endline",
    "external-divergence",
    "programme-timeline",
    "evaluations",
)
PUBLISHED = {"published_on": date(2026, 1, 1)}


def rows(slug, reader=None, **params):
    report = REPORTS[slug]
    return compute(report, reader or Reporter(), parse(params, report)).rows


def test_prevalence_has_published_shares_with_their_marks():
    studies.estimate()
    studies.estimate(k=33, n=4143, design_effect=Decimal(2), **PUBLISHED)
    loose = studies.stratum(studies.study(is_representative=False), kind="private")
    studies.estimate(loose, k=24, n=131, **PUBLISHED)
    public, private = rows("prevalence")
    assert (public["k"], public["n"], public["representative"]) == (33, 4143, "yes")
    assert (public["low"], public["high"]) == pytest.approx((0.00494, 0.01281), abs=1e-5)
    assert public["effect"] == 2
    assert (private["value"], private["representative"]) == (24 / 131, "no")
    assert (private["low"], private["high"]) == pytest.approx((0.126318, 0.258144), abs=1e-5)


def test_figures_of_others_are_said_in_their_unit(api, case_manager, browser_client):
    studies.estimate(k=55, n=1000, **PUBLISHED)
    like = {"measure": "share_minors", "unit": "share", "programme": "csec"}
    studies.external_statistic(value=Decimal("0.4"), **like)
    studies.external_statistic()
    studies.external_statistic(publisher="The other bureau", value=2_274_000)  # by name
    run = api(case_manager).post("report-runs/", {"report": "external-divergence", "params": {}})
    jobs.run(run.json()["id"])
    page = browser_client(case_manager).get(f"/reports/snapshots/{Snapshot.objects.get().pk}/")
    text = page.content.decode().replace("&nbsp;", " ")
    for said in ("5.5 %", "40.0 %", "300,000", "2,274,000", "7.58"):
        assert said in text


def test_of_several_estimates_worked_out_alike_the_newest_counts():
    stratum = studies.stratum()
    studies.estimate(stratum, k=1, **PUBLISHED)
    studies.estimate(stratum, k=2, **PUBLISHED)
    studies.estimate(stratum, k=3, figuring="calibrated", **PUBLISHED)
    assert [row["k"] for row in rows("prevalence")] == [2, 3]


def test_prevalence_narrows_by_place_form_and_day():
    studies.estimate(**PUBLISHED)
    assert rows("prevalence", jurisdiction="IN")
    assert rows("prevalence", programme="csec", **{"from": "2024-03-31", "to": "2024-03-31"})
    for asked in (
        {"jurisdiction": "KH"},
        {"programme": "osec"},
        {"as_of": "2024-03-30"},
        {"from": "2024-04-01"},
    ):
        assert rows("prevalence", **asked) == []


def test_a_reduction_has_its_interval_or_the_reason():
    pair = studies.pair()
    for estimate in (pair.baseline, pair.endline):
        type(estimate).objects.filter(pk=estimate.pk).update(**PUBLISHED)
    (row,) = rows("baseline-endline")
    assert row["value"] == pytest.approx(0.8)
    assert (row["low"], row["high"]) == pytest.approx((0.679354, 0.875252), abs=1e-5)
    assert (row["before"], row["after"], row["note"]) == (0.1, 0.02, "")
    study = pair.endline.stratum.study
    type(study).objects.filter(pk=study.pk).update(is_representative=False)
    (row,) = rows("baseline-endline")
    assert (row["value"], row["k"], row["note"]) == (
        None,
        None,
        "endline_not_representative",
    )
    assert _marked("es", row["note"]) == _marked("es", "The endline is not representative.")
    assert _marked("en", "places+frames").startswith("They are about different places. They were")
    assert _marked("es", "Words of an earlier version.") == "Words of an earlier version."


def _marked(language, note):
    """A mark, or words, as somebody reads it."""
    (column,) = (column for column in REPORTS["baseline-endline"].keys if column.name == "note")
    with translation.override(language):
        return translation.gettext(str(column.in_words(note)))


def test_a_pair_counts_once_both_sides_are_published():
    pair = studies.pair()
    type(pair.endline).objects.filter(pk=pair.endline.pk).update(**PUBLISHED)
    assert rows("baseline-endline") == []


def test_design_effects_have_a_line_of_their_own():
    pair = studies.pair()
    for estimate in (pair.baseline, pair.endline):
        type(estimate).objects.filter(pk=estimate.pk).update(design_effect=3, **PUBLISHED)
    plain, wide = rows("baseline-endline")
    assert (plain["measure"], wide["measure"]) == ("reduction", "with_effect")
    assert wide["low"] < plain["low"]
    assert wide["high"] > plain["high"]


def test_figures_of_others_stand_two_by_two_and_beside_ours():
    studies.external_statistic(year=1978, value=343000, parts_number=16, publisher="A")
    studies.external_statistic(year=1978, value=2600000, parts_number=10, publisher="B")
    studies.external_statistic(year=2016, measure="victims")
    share = {"measure": "share_minors", "unit": "share", "programme": "csec"}
    studies.external_statistic(value=Decimal("0.4"), **share)
    studies.estimate(**PUBLISHED)
    others, ours = rows("external-divergence")
    assert others["value"] == pytest.approx(7.58, abs=0.01)
    assert (others["first"], others["second"], others["ground"]) == (343000, 2600000, "unknown")
    assert (ours["measure"], ours["value"]) == ("ours", pytest.approx(4))
    assert ours["basis"] == "public+entered"
    type(studies.study()).objects.update(is_representative=False)
    ours = rows("external-divergence")[1]
    assert ours["basis"] == "public+entered+not_representative"
    words = own_words(REPORTS["external-divergence"], ours)
    assert "Public establishments; As published; not representative" in words
    del ours["basis"], ours["ground"]  # as an earlier version kept it
    assert own_words(REPORTS["external-divergence"], ours)[2] == ""
    assert rows("external-divergence", as_of="1977-01-01") == []
    assert len(rows("external-divergence", to="2010-01-01")) == 1


def test_a_figure_of_fewer_than_five_has_a_range_of_ratios():
    studies.external_statistic(year=2015, value=None, text="<5")
    studies.external_statistic(year=2016, value=8)
    (row,) = rows("external-divergence")
    assert (row["value"], row["low"], row["high"]) == (None, 2, 8)
    assert (row["first"], row["second"]) == (None, 8)


def test_the_timeline_says_since_when_and_whom_we_trained():
    studies.programme_place(starts_on=date(2006, 1, 1), ends_on=date(2015, 12, 31))
    studies.programme_place(jurisdiction=place("KH"), starts_on=date(2024, 1, 1))
    agency = factories.agency()
    studies.training(agency=agency, held_on=date(2010, 5, 6), people=24)
    studies.training(agency=agency, held_on=date(2016, 5, 6), people=24)
    first, second = rows("programme-timeline", as_of="2025-12-31")
    assert first["value"] == pytest.approx(10, abs=0.01)
    assert (first["until"], first["trainings"], first["trained"]) == ("2015-12-31", 1, 24)
    assert (second["until"], second["trainings"]) == ("", 0)
    assert second["value"] == pytest.approx(2, abs=0.01)
    (running,) = rows("programme-timeline", as_of="2015-06-30")
    assert running["until"] == ""
    (later,) = rows("programme-timeline", as_of="2025-12-31", **{"from": "2020-01-01"})
    assert later["place"] == "Cambodia", "as it was kept"
    with translation.override("es"):
        assert own_words(REPORTS["programme-timeline"], later)[1] == "Camboya"


def test_findings_have_both_numbers_or_words():
    of = studies.evaluation()
    studies.finding(of, k=12, n=12)
    studies.finding(of, k=None, n=None, quote="All of them")
    counted, said = rows("evaluations")
    assert (counted["k"], counted["n"], counted["value"]) == (12, 12, 1)
    assert counted["low"] == pytest.approx(0.757506, abs=1e-5)
    assert (said["value"], said["n"], said["quote"]) == (None, None, "All of them")
    assert rows("evaluations", as_of="2014-12-31") == []


@pytest.mark.parametrize("slug", SLUGS)
def test_every_door_answers_and_leads_to_no_row(slug, api, browser_client, field_officer):
    studies.pair()
    studies.estimate(**PUBLISHED)
    studies.external_statistic()
    studies.external_statistic()
    studies.programme_place()
    studies.finding()
    client = api(field_officer)
    run = client.post("report-runs/", {"report": slug, "params": {}}).json()["id"]
    jobs.run(run)
    with clock.by(UTC):  # the day of a key
        wanted = rows(slug, field_officer)
    assert client.get(f"report-runs/{run}/").json()["result"]["rows"] == wanted
    page = browser_client(field_officer).get(f"/reports/{slug}/")
    assert page.status_code == 200
    found = client.get(f"report-runs/{run}/behind/?cell=share&of=k")
    assert found.status_code in {200, 400, 404}
