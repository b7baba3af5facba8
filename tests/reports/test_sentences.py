"""Sentences: who serves time and how long, what money was ordered and paid."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from prosecutions.models import Perpetrator, Sentence
from reports.base import REPORTS
from reports.catalogue.sentences import by_currency
from reports.params import parse
from reports.readers import Reporter
from reports.run import compute
from tests import factories
from tests.factories import justice

pytestmark = pytest.mark.django_db
NOW = {"as_of": "2026-11-24"}


def figures(reader: Any = None, **given: Any) -> dict[tuple[str, str | None], dict[str, Any]]:
    report = REPORTS["sentences"]
    result = compute(report, reader or Reporter(), parse(NOW | given, report))
    return {(row["jurisdiction"]["code"], row["programme"]): row for row in result.rows}


def bengal(**given: Any) -> dict[str, Any]:
    return figures(**given)["IN-WB", None]


@pytest.fixture
def case(office):
    return factories.case(office)


def convicted(case: Any, suspect: Any = None, **sentence: Any) -> Any:
    """A conviction, with the sentence where there is one."""
    given = factories.decision(charge=factories.charge(case, suspect=suspect))
    if not sentence:
        return given
    return Sentence.objects.create(
        case=case, judgment=given.judgment, suspect=given.charge.suspect, **sentence
    )


def test_the_denominator_is_all_convicted_and_the_recorded_stand_beside_it(case):
    convicted(case, months=24)
    convicted(case, fine=500, currency="INR")
    convicted(case)
    convicted(case)
    factories.decision(case, disposition="acquitted")
    row = bengal()
    assert (row["k"], row["n"], row["rate"]) == (1, 4, 0.25)
    assert (row["recorded"], row["recorded_share"]) == (2, 0.5)


def test_suspended_is_not_custodial(case):
    convicted(case, months=24, suspended=True)
    convicted(case, months=12)
    row = bengal()
    assert (row["k"], row["suspended"], row["suspended_share"]) == (1, 1, 0.5)
    assert row["median"] == 12


def test_one_term_to_serve_and_one_suspended_is_custodial(case):
    suspect = factories.suspect(case)
    convicted(case, suspect, months=6)
    convicted(case, suspect, months=36, suspended=True)
    row = bengal()
    assert (row["k"], row["n"], row["suspended"], row["median"]) == (1, 1, 0, 6)


def test_life_is_counted_and_left_out_of_the_median(case):
    convicted(case, life=True)
    for months in (12, 24, 36, 60):
        convicted(case, months=months)
    row = bengal()
    assert (row["k"], row["life"]) == (5, 1)
    assert (row["quartile_1"], row["median"], row["quartile_3"]) == (21, 30, 42)


def test_life_suspended_is_no_life_to_serve(case):
    convicted(case, life=True, suspended=True)
    row = bengal()
    assert (row["k"], row["life"], row["suspended"], row["median"]) == (0, 0, 1, None)


def test_only_life_has_no_median(case):
    convicted(case, life=True)
    row = bengal()
    assert (row["k"], row["life"]) == (1, 1)
    assert row["median"] is row["quartile_1"] is row["quartile_3"] is None


def test_of_a_person_the_longest_term(case):
    suspect = factories.suspect(case)
    convicted(case, suspect, months=120)
    convicted(case, suspect, months=12)
    row = bengal()
    assert (row["k"], row["n"], row["recorded"], row["median"]) == (1, 1, 1, 120)
    convicted(case, suspect, life=True)
    row = bengal()
    assert (row["life"], row["median"]) == (1, None)


def test_no_months_at_all_is_no_prison(case):
    convicted(case, months=0)
    row = bengal()
    assert (row["k"], row["recorded"], row["suspended"]) == (0, 1, 0)


def test_a_person_sentenced_in_two_countries_is_one_person_in_each(case):
    suspect = factories.suspect(case)
    convicted(case, suspect, months=12)
    abroad = factories.prosecution(case, jurisdiction=factories.place("PH"))
    given = factories.decision(charge=factories.charge(prosecution=abroad, suspect=suspect))
    Sentence.objects.create(case=case, judgment=given.judgment, suspect=suspect, months=48)
    rows = figures()
    assert (rows["IN", None]["median"], rows["PH", None]["median"]) == (12, 48)


def test_merged_over_two_cases_the_longest_term_holds(case, office):
    one = convicted(case, months=12)
    two = convicted(factories.case(office), months=60)
    assert bengal()["n"] == 2
    Perpetrator.objects.filter(suspicions=two.suspect).update(
        merged_into=one.suspect.perpetrator_id
    )
    row = bengal()
    assert (row["k"], row["n"], row["recorded"], row["median"]) == (1, 1, 1, 60)


def test_money_is_never_added_across_currencies(case):
    convicted(case, fine=1000, compensation=5000, currency="INR")
    convicted(case, fine="250.50", currency="INR")
    convicted(case, fine=300, currency="PHP")
    row = bengal()
    assert row["fines"] == {"INR": "1250.50", "PHP": "300.00"}
    assert row["ordered"] == {"INR": "5000.00"}
    assert row["paid"] is None
    assert row["fined"] == 3


def test_compensation_paid_by_the_as_of_day(case):
    sentence = convicted(case, compensation=5000, currency="INR")
    justice.compensation_payment(sentence=sentence, amount=2000, paid_on=date(2026, 10, 1))
    justice.compensation_payment(sentence=sentence, amount=500, paid_on=date(2026, 11, 1))
    assert bengal()["paid"] == {"INR": "2500.00"}
    assert bengal(as_of="2026-10-01")["paid"] == {"INR": "2000.00"}
    assert bengal(as_of="2026-09-30")["paid"] is None
    assert bengal(to="2026-09-30")["paid"] == {"INR": "2500.00"}  # of what was ordered in it


def test_a_sentence_on_appeal_is_ignored(case):
    first = convicted(case, months=12)
    appeal = factories.appeal(judgment=first.judgment)
    second = factories.judgment(
        prosecution=first.judgment.prosecution, instance="appeal", appeal=appeal
    )
    charge = first.judgment.decisions.get().charge
    factories.decision(charge=charge, judgment=second, disposition="acquitted")
    Sentence.objects.create(
        case=case, judgment=second, suspect=first.suspect, months=120, fine=9, currency="INR"
    )
    row = bengal()
    assert (row["k"], row["n"], row["median"], row["fines"]) == (1, 1, 12, None)


def test_organisations_are_no_persons(case):
    convicted(case, fine=1000, currency="INR")
    Perpetrator.objects.update(kind="organisation")
    assert figures() == {}


def test_whose_work_the_judgment_was(case):
    sentence = convicted(case, months=12)
    convicted(case, months=48)
    type(sentence.judgment).objects.filter(pk=sentence.judgment_id).update(attribution="own")
    row = bengal(attribution="own")
    assert (row["n"], row["median"]) == (1, 12)


def test_period_and_as_of_include_their_days(case):
    convicted(case, months=12)  # decided on 1 September
    assert bengal(**{"from": "2026-09-01", "to": "2026-09-01"})["k"] == 1
    assert figures(**{"from": "2026-09-02"}) == figures(as_of="2026-08-31") == {}


def test_sealed_and_foreign_sentences_are_left_out(case, office, case_manager):
    convicted(factories.case(office, level=4), months=12)
    convicted(factories.case(factories.office("manila", "PH-MNL")), months=24)
    assert figures(case_manager) == {}
    assert bengal()["n"] == 1


def test_nothing_named_is_nothing():
    assert by_currency([("INR", 0), ("", 0)]) is None


@pytest.mark.nightly
def test_the_number_of_queries_does_not_grow(case):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            figures()
        return len(queries)

    convicted(case, months=12)
    few = asked()
    for months in range(5):
        justice.compensation_payment(sentence=convicted(case, months=months))
    assert asked() == few
