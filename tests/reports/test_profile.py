"""Age and sex of survivors of online exploitation, beside those of other sex trafficking."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

import pytest

from core import jobs
from reports.base import REPORTS
from reports.models import Snapshot
from reports.params import parse
from reports.readers import Reporter
from reports.run import compute
from tests import factories
from victims.models import Sibling, Victim

pytestmark = pytest.mark.django_db


def figures(**given: Any) -> dict[tuple[str, str], dict[str, Any]]:
    report = REPORTS["osec-profile"]
    result = compute(report, Reporter(), parse({"as_of": "2026-11-24"} | given, report))
    return {(row["measure"], row["group"]): row for row in result.rows}


def share(measure: str, group: str = "osec", **given: Any) -> tuple[int, int]:
    row = figures(**given)[measure, group]
    return row["k"], row["n"]


@pytest.fixture
def met(office):
    """`met(sex, low, high)`: somebody in a case of the programme, met on a day."""
    cases: dict[str, Any] = {}

    def make(sex="female", low=None, high=None, programme="osec", on="2026-03-10", **fields):
        if programme not in cases:
            cases[programme] = factories.case(office, programme=programme)
        case, day = cases[programme], date.fromisoformat(on)
        rescue = factories.rescue(case, occurred_on=day)
        victim = Victim.objects.create(
            sex=sex, age_min_months=low, age_max_months=low if high is None else high, **fields
        )
        return factories.involvement(case, victim, rescue=rescue, outcome="rescued")

    return make


def test_a_small_world_by_hand(met):
    for months in (2, 155, 156, 215, 216):
        met("female", months)
    met("male", 144, 180)  # crosses the thirteenth birthday
    met("unknown")
    assert figures()["youngest", "osec"]["value"] == 2
    assert share("twelve_or_younger") == (2, 5)
    assert share("minors") == (5, 6)
    assert share("age_unknown") == (2, 7)
    assert share("male") == (1, 6)
    assert share("sex_unknown") == (1, 7)
    assert figures()["mean_age", "osec"]["value"] == pytest.approx(744 / 5)
    assert figures()["median_age", "osec"]["value"] == 156


def test_others_of_sex_trafficking_stand_beside_them(met):
    met("female", 100)
    met("female", 200, programme="csec")
    met("male", 300, programme="sex_trafficking")
    met("male", 300, programme="bonded_labour")
    assert share("twelve_or_younger") == (1, 1)
    assert share("twelve_or_younger", "other") == (0, 2)
    assert share("male", "other") == (1, 2)


def test_everybody_identified_counts_not_only_who_was_brought_out(met):
    met("female", 100)
    declined = met("female", 100)
    declined.outcome = "declined"
    declined.save()
    assert share("twelve_or_younger") == (2, 2)


def test_a_merged_person_counts_once_with_what_is_known_of_either(met):
    kept = met("unknown")
    other = met("male", 100)
    Victim.objects.filter(pk=other.victim_id).update(merged_into=kept.victim_id)
    assert share("male") == (1, 1)
    assert share("twelve_or_younger") == (1, 1)


def test_a_person_belongs_to_the_period_of_the_first_day(met):
    first = met("female", 100, on="2025-05-01")
    again = factories.rescue(first.case, occurred_on=date(2026, 5, 1))
    case = factories.case(first.case.office, programme="osec")
    factories.involvement(case, first.victim, rescue=again, outcome="rescued")
    met("female", 100, on="2026-06-01")
    assert share("twelve_or_younger", **{"from": "2026-01-01"}) == (1, 1)
    assert share("twelve_or_younger", to="2025-12-31") == (1, 1)


def test_siblings_are_of_a_group_of_at_least_two_persons(met):
    first, second, alone, left, merged = (met("female", 100) for _one in range(5))
    pair, single, parted = (uuid.uuid4() for _one in range(3))
    Sibling.objects.create(group=pair, victim=first.victim)
    Sibling.objects.create(group=pair, victim=second.victim)
    Sibling.objects.create(group=single, victim=alone.victim)
    Sibling.objects.create(group=parted, victim=left.victim, left_on=date(2026, 5, 1))
    Sibling.objects.create(group=parted, victim=merged.victim)
    assert share("siblings") == (2, 5)
    assert share("siblings", as_of="2026-04-30") == (4, 5)
    Victim.objects.filter(pk=second.victim_id).update(merged_into=first.victim_id)
    assert share("siblings") == (0, 4)


def test_nobody_gives_no_share():
    row = figures()["twelve_or_younger", "osec"]
    assert (row["k"], row["n"], row["value"], row["low"]) == (0, 0, None, None)
    assert figures()["youngest", "other"]["value"] is None


def test_ages_are_said_in_years_and_months(met, case_manager, api, browser_client):
    for months in (137, 139) * 5:
        met("female", months)
    run = api(case_manager).post("report-runs/", {"report": "osec-profile", "params": {}}).json()
    jobs.run(run["id"])
    page = browser_client(case_manager).get(f"/reports/snapshots/{Snapshot.objects.get().pk}/")
    text = page.content.decode()
    assert "11 years, 6 months" in text
    assert "138" not in text
