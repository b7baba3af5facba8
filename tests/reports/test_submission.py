"""The submission: every figure from records; a record changed changes it; no record says so."""

from __future__ import annotations

import json
import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from core import jobs
from prosecutions.models import ChargeDecision
from reports.catalogue.submission import LINES, PUBLISHED
from reports.models import Snapshot
from reports.submission.comparing import agrees
from reports.submission.paper import sheet
from reports.submission.sources import slope

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.usefixtures("demonstration")]


def figures(**options):
    out = StringIO()
    call_command("report", "submission", stdout=out, **options)
    found = json.loads(out.getvalue())["figures"]
    return {(one["id"], one["what"]): one for one in found}


def test_what_the_small_demonstration_holds_agrees():
    found = figures()
    said = {id_: one for (id_, _what), one in found.items() if one["agrees"]}
    assert {"S03", "S18", "S19", "S20", "S21", "S22"} <= set(said)
    rate = found["S20", "conviction rate"]
    assert (rate["k"], rate["n"], round(rate["low"], 3)) == (12, 12, 0.758)
    assert found["S23", PUBLISHED_WHAT["S23"]]["value"] == 1
    girls = found["S02", PUBLISHED_WHAT["S02"]]
    assert girls["agrees"] is False
    assert girls["note"].endswith("The records do not bear the text out as of this day.")


PUBLISHED_WHAT = {one["id"]: one["published"][0]["what"] for one in PUBLISHED}


def reverse_one():
    decision = ChargeDecision.objects.filter(
        judgment__prosecution__jurisdiction__code__startswith="KH", disposition__startswith="conv"
    ).first()
    others = ChargeDecision.objects.filter(
        charge__suspect__perpetrator=decision.charge.suspect.perpetrator
    )
    others.update(disposition="acquitted")


def test_a_changed_record_changes_the_figure():
    before = figures()
    reverse_one()
    after = figures()
    assert (before["S20", "convicted"]["value"], after["S20", "convicted"]["value"]) == (12, 11)
    assert after["S20", "convicted"]["agrees"] is False
    assert after["S20", "conviction rate"]["value"] == 11 / 12
    unchanged = [key for key in before if key[0] != "S20"]
    assert [after[key] for key in unchanged] == [before[key] for key in unchanged]


def test_an_earlier_day_has_fewer_facts():
    """What others published long ago stands; before any of it nothing does."""
    found = figures(as_of="2000-01-01")
    assert found["S20", "convicted"]["value"] is None
    assert {one["k"] for one in found.values()} <= {None, 0}
    assert {one["value"] for one in figures(as_of="1970-01-01").values()} == {None}


def test_only_the_day_can_be_chosen():
    with pytest.raises(CommandError, match="does not have that option"):
        figures(jurisdiction="IN")


@pytest.mark.parametrize(
    ("published", "comparison", "value", "same"),
    [
        (1000, "gt", 1001, True),
        (1000, "gt", 1000, False),
        (0.008, "eq", 0.0084, True),
        (0.008, "eq", 0.0086, False),
        (0.47, "eq", 0.4651, True),
        (1.0, "eq", 0.999, False),
        (1.0, "eq", 1.0, True),
        (12, "eq", 11, False),
        (300000, "about", 313000, True),
        (300000, "about", 316000, False),
        ("more", "none", "more", None),
        (12, "eq", None, None),
    ],
)
def test_agreeing(published, comparison, value, same):
    assert agrees(published, comparison, value) is same


def test_a_trend_is_the_slope_from_the_first_year_on_record():
    assert slope({2010: 2, 2011: 4, 2012: 6}, 2012) == pytest.approx(2)
    assert slope({2010: 6, 2011: 4}, 2012) == pytest.approx(-3)
    assert slope({2010: 6}, 2011) is None


def test_page_pdf_and_api_say_the_same(api, browser_client, said, tmp_path):
    manager = User.objects.get(username="manager.global")
    asked = api(manager).post("report-runs/", {"report": "submission", "params": {}}).json()
    jobs.run(asked["id"])
    answer = api(manager).get(f"report-runs/{asked['id']}/").json()["result"]
    assert len(answer["figures"]) == len(LINES)
    page = browser_client(manager).get("/reports/submission/")
    words = said(page)
    assert "12 traffickers convicted, 100% conviction rate (Cambodia)" in words
    assert "95 % interval 75.8 to 100.0 %" in words
    paper = browser_client(manager).get(f"/reports/snapshots/{snapshot_of(page)}/paper.pdf")
    assert paper.content.startswith(b"%PDF")
    assert re.search(r'"submission-[\d-]+-inside\.pdf"', paper["Content-Disposition"])
    made = Snapshot.objects.get(pk=snapshot_of(page))
    assert sheet(made, made.rows)["foot"].endswith("; for our own work, everybody counted")
    by_key = api(manager).get(f"snapshots/{snapshot_of(page)}/paper/")
    assert by_key.content.startswith(b"%PDF")
    out = tmp_path / "submission.pdf"
    call_command("report", "submission", format="pdf", output=out)
    assert out.read_bytes().startswith(b"%PDF")


def snapshot_of(page):
    return page.content.decode().partition("/reports/snapshots/")[2].partition("/")[0]
