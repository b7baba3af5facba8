"""Who was found not to be a victim is in no figure of survivors; counted by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from reports.base import REPORTS
from reports.params import parse
from reports.readers import Reporter
from reports.run import compute
from tests import factories
from tests.factories import care, persons
from victims.models import Victim

pytestmark = pytest.mark.django_db
NOT = "NotAVictimOfTrafficking"
FOUND = {"status": NOT, "decided_by": "Police", "decided_on": date(2026, 6, 1)}
MET = date(2026, 3, 10)
PROGRAMMES = {"osec-profile": "osec", "bonded-labour-reconciliation": "bonded_labour"}


def cell(slug: str, as_of: str = "2026-11-24") -> dict[str, Any]:
    """The one row of a report by which survivors are counted here."""
    report = REPORTS[slug]
    rows = compute(report, Reporter(), parse({"as_of": as_of}, report)).rows
    if report.by_place:
        found = [r for r in rows if (r["jurisdiction"]["code"], r["programme"]) == ("IN", None)]
        return found[0] if found else {}
    names = {
        "operations-by-year": ("year", "2026"),
        "osec-profile": ("sex_unknown", "osec"),
        "bonded-labour-reconciliation": ("with_certificate", None),
        "aftercare-outcomes": ("closed", None),
    }
    measure, own = names[slug]
    return next(
        r
        for r in rows
        if r["measure"] == measure and own in (None, str(r.get("year")), r.get("group"))
    )


# What each report says of survivors, by its own column.
COUNTED = [
    ("operations", "rescued"),
    ("operations-by-year", "rescued"),
    ("rescues-and-victims", "rescued"),
    ("rescues-and-victims", "minors"),
    ("survivors-served", "n"),
    ("survivors-served", "k"),
    ("survivors-served", "served_in_period"),
    ("osec-profile", "n"),
    ("bonded-labour-reconciliation", "n"),
    ("aftercare-outcomes", "k"),
]


@pytest.fixture
def met(office: Any) -> Any:
    """`met(case=None, victim=None)`: a girl of 12, brought to safety, served, her plan closed."""

    def make(programme: str = "osec", case: Any = None, victim: Any = None) -> Any:
        case = case or factories.case(office, programme=programme)
        rescue = factories.rescue(case, occurred_on=MET)
        girl = victim or Victim.objects.create(
            sex="unknown", age_min_months=150, age_max_months=150
        )
        part = factories.involvement(case, girl, rescue=rescue, outcome="rescued")
        factories.service_record(case, involvement=part, provided_on=date(2026, 4, 1))
        care.closed_plan(
            case, involvement=part, opened_on=date(2026, 4, 1), closed_on=date(2026, 5, 1)
        )
        return part

    return make


@pytest.mark.parametrize(("slug", "column"), COUNTED)
def test_each_report_leaves_out_who_was_found_no_victim(met, slug, column):
    programme = PROGRAMMES.get(slug, "csec")
    part, other = met(programme), met(programme)
    persons.exploitation(involvement=other, status="ActualVictimOfTrafficking", decided_by="NGO")
    assert cell(slug)[column] == 2
    persons.exploitation(involvement=part, **FOUND)
    assert cell(slug)[column] == 1
    assert cell(slug, as_of="2026-05-31")[column] == 2, "not yet found so on that day"


def test_a_finding_without_a_day_has_always_held(met):
    persons.exploitation(involvement=met(), **FOUND | {"decided_on": None})
    met()
    assert cell("rescues-and-victims", as_of="2026-04-30")["rescued"] == 1


def test_found_so_in_one_of_two_records_of_the_case(met):
    part = met()
    twin = met(case=part.case)
    Victim.objects.filter(pk=twin.victim_id).update(merged_into=part.victim_id)
    persons.exploitation(involvement=twin, **FOUND)
    assert cell("rescues-and-victims") == {} or cell("rescues-and-victims")["rescued"] == 0


def test_in_another_case_the_person_counts_by_what_was_found_there(met):
    part = met()
    met(victim=part.victim)
    persons.exploitation(involvement=part, **FOUND)
    assert cell("rescues-and-victims")["rescued"] == 1


def test_a_conviction_in_a_case_in_which_she_was_no_victim_is_none_of_hers(met):
    elsewhere = met(victim=met().victim)
    decided = {"disposition": "convicted_trial", "decided_on": date(2026, 5, 4)}
    factories.decision(elsewhere.case, **decided)
    report = REPORTS["aftercare-outcomes"]

    def with_conviction() -> int:
        rows = compute(report, Reporter(), parse({"as_of": "2026-11-24"}, report)).rows
        row = next(r for r in rows if r["measure"] == "safe_conviction")
        return int(row["n"] + row["pending"])

    assert with_conviction() == 1
    persons.exploitation(involvement=elsewhere, **FOUND)
    assert with_conviction() == 0
