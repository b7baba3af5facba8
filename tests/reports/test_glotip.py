"""The tables of the GLOTIP questionnaire, against a small world counted by hand."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from prosecutions.models import Perpetrator, Suspect
from reports.base import REPORTS
from reports.params import parse
from reports.present import rows_for
from reports.readers import Reporter
from reports.run import compute, snapshot_of, store
from tests import factories
from tests.factories import ledger, persons
from victims.models import Victim

pytestmark = pytest.mark.django_db
GOLDEN = Path(__file__).parent / "golden"
YEAR = {"from": "2026-01-01", "to": "2026-12-31", "as_of": "2026-11-24"}


def figures(slug: str, code: str = "IN", **given: Any) -> dict[str, Any]:
    report = REPORTS[slug]
    result = compute(report, Reporter(), parse(YEAR | given, report))
    rows = {(row["jurisdiction"]["code"], row["programme"]): row for row in result.rows}
    row = rows.get((code, None), {})
    return {column.name: row[column.name] for column in report.columns} if row else {}


def said(slug: str, **given: Any) -> dict[str, int]:
    """The figures that are not zero."""
    return {name: n for name, n in figures(slug, **given).items() if n}


@pytest.fixture
def case(office):
    return factories.case(office)


@pytest.fixture
def met(case):
    """`met(forms, sex, low, high, nationality)`: somebody in the case."""

    def make(*forms, sex="female", low=None, high=None, kinds=(), **fields):
        victim = Victim.objects.create(
            sex=sex, age_min_months=low, age_max_months=low if high is None else high, **fields
        )
        person = factories.involvement(case, victim)
        if forms:
            values = {"forms": list(forms), "sexual_kinds": list(kinds), "controls": []}
            persons.exploitation(involvement=person, **values)
        return person

    return make


@pytest.fixture
def world(case, met):
    """Eight survivors and three offenders, one of whom is convicted."""
    met("SexualExploitation", low=150, nationality="IN", kinds=["Prostitution"])
    met("SexualExploitation", low=215, nationality="BD", kinds=["Pornography"])
    met("ForcedLabour", "SexualExploitation", low=216, nationality="IN")
    met("ForcedBegging", sex="male", low=100, nationality="NP")
    met("Servitude", sex="male", low=300, nationality="IN")
    met(sex="male", low=200, high=230)  # may be of age or not
    met("Surrogacy", sex="other", low=100)
    gone = met("ForcedLabour", low=400)
    gone.exploitation.status = "NotAVictimOfTrafficking"
    gone.exploitation.save()
    factories.complaint(case)
    before = factories.complaint(case)
    type(before).objects.filter(pk=before.pk).update(filed_on=date(2025, 3, 2), number="1/2025")
    for sex, nationality in (("male", "IN"), ("female", "NP"), ("unknown", "")):
        offender = Perpetrator.objects.create(name="Invented", sex=sex, nationality=nationality)
        arrest = factories.arrest(case)
        Suspect.objects.filter(pk=arrest.suspect_id).update(perpetrator=offender)
    return case


def test_a_small_world_by_hand(world):
    assert said("glotip-victims") == {
        "victims": 7,
        "women": 1,
        "men": 1,
        "girls": 2,
        "boys": 1,
        "others": 2,
        "citizens": 3,
        "noncitizens": 2,
        "unrecorded": 2,
    }
    assert said("glotip-forms") == {
        "victims": 7,
        "sexual": 1,
        "images": 1,
        "mixed": 1,
        "begging": 1,
        "labour": 1,
        "other": 1,
        "unsaid": 1,
    }
    assert said("glotip-offenders") == {
        "offences": 1,
        "contacted": 3,
        "contacted_men": 1,
        "contacted_women": 1,
    }


@pytest.mark.parametrize("slug", ["glotip-victims", "glotip-forms", "glotip-offenders"])
def test_the_table_is_the_golden_file(world, slug):
    out = StringIO()
    asked = ["--from", "2026-01-01", "--to", "2026-12-31", "--as-of", "2026-11-24"]
    asked += ["--audience", "outside"] if "audience" in REPORTS[slug].takes else []
    call_command("report", slug, *asked, "--jurisdiction", "IN", "--format", "csv", stdout=out)
    rows = list(csv.reader(StringIO(out.getvalue())))
    assert rows == list(csv.reader(StringIO((GOLDEN / f"{slug}.csv").read_text())))


def test_every_person_stands_in_one_column_of_each_division(world):
    """What the questionnaire adds up must add up; a person who suffered much counts once."""
    for slug in ("glotip-victims", "glotip-forms"):
        found = figures(slug)
        for whole, parts in REPORTS[slug].sums:
            assert found[whole] == sum(found[part] for part in parts)


def test_a_year_has_its_own_tables(world):
    assert not said("glotip-victims", **{"from": "2025-01-01", "to": "2025-12-31"})
    assert said("glotip-offenders", **{"from": "2025-01-01", "to": "2025-12-31"}) == {"offences": 1}


def test_the_day_of_the_rescue_counts_before_that_of_the_case(case):
    rescue = factories.rescue(case, occurred_on=date(2025, 6, 1))
    factories.involvement(case, rescue=rescue, outcome="rescued")
    assert not said("glotip-victims")
    assert figures("glotip-victims", **{"from": "2025-01-01", "to": "2025-12-31"})["victims"] == 1


def test_who_was_not_found_was_not_detected(case):
    rescue = factories.rescue(case, occurred_on=date(2026, 6, 1))
    factories.involvement(case, rescue=rescue, outcome="not_found")
    assert not said("glotip-victims")
    factories.involvement(case, rescue=rescue, outcome="declined")
    assert figures("glotip-victims")["victims"] == 1


def test_a_merged_person_counts_once_with_the_nationality_one_record_knows(case):
    one, other = factories.involvement(case), factories.involvement(factories.case(case.office))
    Victim.objects.filter(pk=one.victim_id).update(nationality="")
    Victim.objects.filter(pk=other.victim_id).update(nationality="BD", merged_into=one.victim_id)
    found = figures("glotip-victims")
    assert (found["victims"], found["noncitizens"], found["unrecorded"]) == (1, 1, 0)


def test_who_comes_home_counts_where_home_is(case):
    person = factories.involvement(case)
    Victim.objects.filter(pk=person.victim_id).update(nationality="BD")
    journey = ledger.repatriation(case, involvement=person)
    type(journey).objects.filter(pk=journey.pk).update(
        origin=case.jurisdiction,
        destination=factories.place("BD"),
        status="arrived",
        travelled_on=date(2026, 4, 1),
        arrived_on=date(2026, 4, 2),
    )
    assert figures("glotip-victims", "BD")["returned"] == 1
    assert figures("glotip-victims")["returned"] == 0
    Victim.objects.filter(pk=person.victim_id).update(nationality="NP")
    assert not said("glotip-victims", code="BD")


def test_convicted_persons_by_citizenship(world, office):
    decision = factories.decision(disposition="convicted_trial")
    offender = decision.charge.suspect.perpetrator
    Perpetrator.objects.filter(pk=offender.pk).update(sex="male", nationality="NP")
    found = figures("glotip-offenders")
    assert (found["convicted"], found["convicted_men"], found["convicted_foreign"]) == (1, 1, 1)
    assert found["convicted_own"] == 0
    assert found["prosecuted"] == 1


def test_a_sealed_case_is_in_no_table(world):
    type(world).objects.filter(pk=world.pk).update(level=4)
    assert not said("glotip-victims")
    assert not said("glotip-offenders")


def test_small_counts_are_hidden_together(world):
    """One column that is hidden could be worked out from the others; a state from its country."""
    manager = factories.user("programme_manager", factories.office("global"))
    report = REPORTS["glotip-victims"]
    params = parse({"from": "2026-01-01", "to": "2026-12-31", "as_of": "2027-01-05"}, report)
    snapshot = snapshot_of(report, manager, params, compute(report, manager, params))
    store(snapshot)
    rows = {row["jurisdiction"]["code"]: row for row in rows_for(snapshot, manager)}
    for place in ("IN", "IN-WB"):
        assert {rows[place][column.name] for column in report.columns} == {None}
