"""How complete the records are: each share moves with the record it is about, and with no other."""

from __future__ import annotations

import pytest
from django.db import connection

from core.context import counting_as
from reports.base import REPORTS
from reports.models import RowNumber
from reports.params import parse
from reports.readers import Reporter
from reports.run import compute
from tests import factories
from victims.models import Involvement, Victim
from victims.persons import of_person

pytestmark = pytest.mark.django_db


def shares(**asked):
    rows = compute(REPORTS["data-quality"], Reporter(), parse(asked, REPORTS["data-quality"])).rows
    return {row["measure"]: (row["k"], row["n"]) for row in rows}


@pytest.fixture
def case(office):
    return factories.case(office)


@pytest.fixture
def people(case):
    rescue = factories.rescue(case)
    return [factories.involvement(case, rescue=rescue, outcome="rescued") for _one in range(3)]


def test_nothing_on_record_is_nothing_of_nothing(db):
    assert set(shares().values()) == {(0, 0)}


def test_an_age_is_known_to_the_month_or_not_at_all(people):
    Victim.objects.update(age_min_months=150, age_max_months=150, sex="female")
    Victim.objects.filter(pk=people[0].victim_id).update(age_max_months=215)
    Victim.objects.filter(pk=people[1].victim_id).update(sex="unknown")
    found = shares()
    assert found["age_known"] == (2, 3)
    assert found["sex_known"] == (2, 3)


def test_somebody_helped_is_served_by_the_day_asked_about(case, people):
    factories.service_record(case, involvement=people[0])
    assert shares()["served"] == (1, 3)
    assert shares(as_of="2026-03-11")["served"][0] == 0


def test_people_who_declined_are_not_asked_about(people):
    Involvement.objects.filter(pk=people[0].pk).update(outcome="declined")
    assert shares()["age_known"][1] == 2


def test_a_rescue_without_an_agency(case, people):
    assert shares()["agency_recorded"] == (0, 1)
    people[0].rescue.rescue_agencies.create(case=case, agency=factories.agency())
    assert shares()["agency_recorded"] == (1, 1)


def test_a_conviction_without_its_sentence(case):
    factories.decision(case)
    assert shares()["sentence_recorded"] == (0, 1)
    factories.sentence(factories.case(case.office))
    assert shares()["sentence_recorded"] == (1, 2)
    assert shares(jurisdiction="PH")["sentence_recorded"] == (0, 0)


def test_the_sentence_is_of_the_conviction_and_stands(case):
    convicted = factories.decision(case, decided_on="2026-09-01")
    accused = convicted.charge.suspect
    before = factories.charge(case, suspect=accused)
    factories.sentence(of=factories.decision(charge=before, decided_on="2025-12-31"))
    year = {"from": "2026-01-01"}
    assert shares(**year)["sentence_recorded"] == (0, 1), "of another proceeding, years before"
    factories.sentence(of=convicted)
    assert shares(**year)["sentence_recorded"] == (1, 1)
    type(convicted).objects.filter(pk=convicted.pk).update(
        lifted_on="2026-10-01", lifted_for="retrial"
    )
    factories.decision(charge=convicted.charge, decided_on="2026-11-01")
    assert shares(**year)["sentence_recorded"] == (0, 1), "set aside, and convicted anew"
    assert shares(**year, as_of="2026-09-30")["sentence_recorded"] == (1, 1)


def test_hearings_without_result_and_adjourned_without_a_reason(case):
    docket = factories.prosecution(case)
    for day, fields in enumerate(
        (
            {"result": "adjourned", "adjourned_for": "judge_absent"},
            {"result": "adjourned", "adjourned_for": "other"},
            {},
        ),
        start=1,
    ):
        factories.hearing(prosecution=docket, listed_on=f"2026-05-0{day}", **fields)
    found = shares()
    assert found["result_recorded"] == (2, 3)
    assert found["reason_recorded"] == (1, 2)
    assert shares(to="2026-05-01")["result_recorded"] == (1, 1)


def test_a_hearing_taken_off_the_list_is_not_asked_about(case):
    docket = factories.prosecution(case)
    factories.hearing(prosecution=docket, listed_on="2026-05-01", result="vacated")
    factories.hearing(prosecution=docket, listed_on="2026-05-02")
    assert shares()["result_recorded"] == (0, 1)


def test_an_arrest_of_which_nobody_said_what_became(case):
    """It came in a file, or was told too late: no clock ran, so here is where it is found."""
    arrest = factories.arrest(case)
    factories.courts.custody_clock(case)
    assert shares()["custody_unsaid"] == (1, 2)
    found = compute(REPORTS["data-quality"], Reporter(), parse({}, REPORTS["data-quality"])).behind[
        "custody_unsaid"
    ]
    assert set(RowNumber.objects.filter(number__in=list(found["k"])).values_list("row_id")) == {
        (arrest.suspect_id,)
    }
    factories.custody(suspect=arrest.suspect)
    assert shares()["custody_unsaid"] == (0, 2)
    assert shares(as_of="2026-03-09")["custody_unsaid"] == (0, 0)


def test_the_records_of_a_merged_person_are_found_by_an_index(office, case_manager):
    """For whoever counts; else each of them costs a reading of all persons there are."""
    factories.involvement(factories.case(office))
    rows = Involvement.objects.countable_by(case_manager).annotate(sex=of_person("sex"))
    statement, params = rows.values_list("sex").query.sql_with_params()
    with counting_as(case_manager.pk), connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off")
        cursor.execute(f"explain {statement}", params)
        plan = "\\n".join(line for (line,) in cursor.fetchall())
    assert "Index Cond: (id = CASE" in plan
    assert "Index Cond: (merged_into_id = CASE" in plan
