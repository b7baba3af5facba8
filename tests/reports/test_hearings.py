"""Hearings: what became of those listed, why they were adjourned, and what nobody listed again."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.context import acting_as, at_work
from prosecutions.enums import Adjournment
from prosecutions.models import Prosecution
from reports.base import REPORTS
from reports.charts.reasons import NO_REASON, reasons
from reports.dispositions import open_on
from reports.params import parse
from reports.readers import Reporter
from reports.run import compute
from tests import factories

pytestmark = pytest.mark.django_db
NOW = {"as_of": "2026-11-24"}


def figures(reader: Any = None, **given: Any) -> dict[tuple[str, str | None], dict[str, Any]]:
    report = REPORTS["hearings"]
    result = compute(report, reader or Reporter(), parse(NOW | given, report))
    return {(row["jurisdiction"]["code"], row["programme"]): row for row in result.rows}


def bengal(**given: Any) -> dict[str, Any]:
    return figures(**given)["IN-WB", None]


@pytest.fixture
def docket(office):
    """A proceeding with a charge that is not decided."""
    return factories.charge(factories.case(office)).prosecution


def listed(
    docket: Any, day: str, result: str = "", *, entered: str = "2026-01-02T04:00Z", **fields: Any
) -> Any:
    made = factories.hearing(
        prosecution=docket, listed_on=date.fromisoformat(day), result=result, **fields
    )
    type(made).objects.filter(pk=made.pk).update(created_at=datetime.fromisoformat(entered))
    return made


def test_each_hearing_stands_in_one_column(docket):
    listed(docket, "2026-05-04", "held")
    listed(docket, "2026-06-04", "adjourned", adjourned_for="judge_absent")
    listed(docket, "2026-07-04")
    listed(docket, "2026-11-24")  # today: it may still be recorded
    listed(docket, "2026-12-24")  # to come
    row = bengal()
    names = ("listed", "held", "adjourned", "result_missing", "proceedings", "per_proceeding")
    assert tuple(row[name] for name in names) == (4, 1, 1, 1, 1, 4)


def test_a_hearing_on_the_as_of_day_counts_with_its_result(docket):
    listed(docket, "2026-11-24", "held")
    row = bengal()
    assert (row["listed"], row["held"], row["result_missing"]) == (1, 1, 0)


def test_a_day_later_its_result_is_missing(docket):
    listed(docket, "2026-11-24")
    assert bengal()["result_missing"] == 0
    assert bengal(as_of="2026-11-25")["result_missing"] == 1


def test_a_past_figure_does_not_know_what_was_listed_later(docket):
    listed(docket, "2026-05-04", "held")
    listed(docket, "2026-06-04", "held")
    row = bengal(as_of="2026-05-31")
    assert (row["listed"], row["no_next_date"]) == (1, 0)


def test_a_past_day_has_the_next_dates_that_were_listed_on_it(docket):
    """Held on 4 May and left hanging, as the list of 31 May said; listed again on 9 June."""
    first = listed(docket, "2026-05-04", "held")
    assert bengal(as_of="2026-05-31")["no_next_date"] == 1
    later = listed(docket, "2026-07-01", entered="2026-06-08T18:30Z")  # half an hour into the 9th
    assert bengal(as_of="2026-06-08")["no_next_date"] == 1, "not listed yet"
    assert bengal(as_of="2026-06-09")["no_next_date"] == 0
    type(later).objects.filter(pk=later.pk).update(follows=first)
    assert bengal(as_of="2026-05-31")["no_next_date"] == 0, "given on 4 May, entered later"


def test_entered_after_its_day_a_hearing_was_listed_on_it(docket):
    listed(docket, "2026-05-04", "held")
    listed(docket, "2026-07-01", "held", no_next_date="reserved", entered="2026-11-01T04:00Z")
    assert bengal(as_of="2026-06-30")["no_next_date"] == 1
    assert bengal(as_of="2026-07-01")["no_next_date"] == 0


def test_the_reasons_of_adjournments_with_a_row_for_none(docket):
    for day, reason in enumerate([*Adjournment.values, "judge_absent", "", ""], 1):
        listed(docket, f"2026-05-{day:02}", "adjourned", adjourned_for=reason)
    listed(docket, "2026-06-04", "held")
    row = bengal()
    assert row["adjourned"] == 10
    assert {code: row[code] for code in (*Adjournment.values, NO_REASON)} == (
        dict.fromkeys(Adjournment.values, 1) | {"judge_absent": 2, NO_REASON: 2}
    )


def test_a_reason_of_ones_own_counts_as_the_one_it_names_else_as_another(docket):
    factories.choice("own_flood", listed="adjournment", counts_as="judge_absent")
    factories.choice("own_strike", listed="adjournment")
    for day, reason in enumerate(["own_flood", "own_flood", "judge_absent", "own_strike", ""], 1):
        listed(docket, f"2026-05-{day:02}", "adjourned", adjourned_for=reason)
    with at_work(), acting_as(None):
        row = bengal()
    reasons = {code: row[code] for code in (*Adjournment.shipped, NO_REASON) if row[code]}
    assert reasons == {"judge_absent": 3, "other": 1, NO_REASON: 1}


def test_the_picture_has_a_bar_for_each_reason_of_enough_hearings(docket):
    for day in range(1, 11):
        reason = "judge_absent" if day > 3 else ""
        listed(docket, f"2026-05-{day:02}", "adjourned", adjourned_for=reason)
    report, rows = REPORTS["hearings"], list(figures().values())
    first, second = reasons(report, rows, {})["marks"]
    assert (first["place"], first["label"], first["share"]) == ("India", "Judge absent", 70)
    assert (second["label"], second["count"], second["of"]) == ("No reason given", 3, 10)
    few = list(figures(to="2026-05-09").values())
    picture = reasons(report, few, {"jurisdiction": "IN-WB", "programme": "csec"})
    assert (picture["marks"], picture["left_out"]) == ([], ["West Bengal"])
    assert reasons(report, rows, {"jurisdiction": "PH"}) == {}


def test_the_period_is_that_of_the_listing(docket):
    listed(docket, "2026-05-04", "adjourned")
    row = bengal(**{"from": "2026-05-04", "to": "2026-05-04"})
    assert (row["listed"], row[NO_REASON]) == (1, 1)
    after = bengal(**{"from": "2026-05-05"})  # still here: it has no next date
    assert (after["listed"], after["no_next_date"]) == (0, 1)


def test_no_next_date_has_a_result_and_neither_date_nor_reason(docket):
    first = listed(docket, "2026-05-04", "adjourned", adjourned_for="other")
    assert bengal()["no_next_date"] == 1
    first.no_next_date = "reserved"
    first.save()
    assert bengal()["no_next_date"] == 0


def test_a_reason_holds_until_the_matter_moves_on(docket):
    listed(docket, "2026-05-04", "held", no_next_date="reserved")
    factories.charge(prosecution=docket, filed_on=date(2026, 6, 1))
    assert bengal(as_of="2026-05-31")["no_next_date"] == 0
    assert bengal(as_of="2026-06-01")["no_next_date"] == 1


def test_a_reason_given_before_a_judgment_is_none_after_it(docket):
    factories.charge(prosecution=docket)  # stays open
    listed(docket, "2026-05-04", "held", no_next_date="reserved")
    given = factories.decision(charge=docket.charges.earliest("created_at"))  # on 1 September
    assert bengal(as_of="2026-08-31")["no_next_date"] == 0
    assert bengal(as_of="2026-09-01")["no_next_date"] == 1
    type(given).objects.update(lifted_on=date(2026, 9, 1), lifted_for="error")
    assert bengal()["no_next_date"] == 0, "there was no judgment"
    type(given).objects.update(lifted_on=None, lifted_for="")
    listed(docket, "2026-09-01", "held", no_next_date="to_be_told")
    assert bengal()["no_next_date"] == 0, "said by the court that had judged"


def test_a_date_is_a_later_listing_whatever_became_of_it(docket):
    listed(docket, "2026-05-04", "held")
    listed(docket, "2026-12-04")
    assert bengal()["no_next_date"] == 0


def test_a_latest_hearing_without_result_is_missing_not_without_a_date(docket):
    listed(docket, "2026-05-04", "held")
    listed(docket, "2026-06-04")
    row = bengal()
    assert (row["no_next_date"], row["result_missing"]) == (0, 1)


def test_an_earlier_one_without_result_does_not_hide_that_there_is_no_date(docket):
    listed(docket, "2026-05-04")
    listed(docket, "2026-06-04", "held")
    row = bengal()
    assert (row["no_next_date"], row["result_missing"]) == (1, 1)


def test_of_two_on_one_day_the_one_counts_that_leads_on(docket):
    listed(docket, "2026-05-04", "held", purpose="bail")
    second = listed(docket, "2026-05-04", "held", purpose="charge", no_next_date="stayed")
    assert bengal()["no_next_date"] == 0
    type(second).objects.filter(pk=second.pk).update(no_next_date="", result="")
    assert bengal()["no_next_date"] == 0


def test_what_is_decided_needs_no_next_date_unless_there_is_an_appeal(docket):
    listed(docket, "2026-05-04", "held")
    given = factories.decision(charge=docket.charges.get(), decided_on=date(2026, 6, 1))
    assert bengal()["no_next_date"] == 0
    assert bengal(as_of="2026-05-31")["no_next_date"] == 1
    appeal = factories.appeal(judgment=given.judgment, filed_on=date(2026, 7, 1))
    assert bengal()["no_next_date"] == 1
    assert bengal(as_of="2026-06-30")["no_next_date"] == 0
    appeal.withdrawn_on = date(2026, 8, 1)
    appeal.save()
    assert bengal()["no_next_date"] == 0
    assert bengal(as_of="2026-07-31")["no_next_date"] == 1


def test_a_decided_appeal_is_not_open(docket):
    listed(docket, "2026-05-04", "held")
    given = factories.decision(charge=docket.charges.get(), decided_on=date(2026, 6, 1))
    appeal = factories.appeal(judgment=given.judgment, filed_on=date(2026, 7, 1))
    factories.judgment(
        prosecution=docket, instance="appeal", appeal=appeal, decided_on=date(2026, 9, 1)
    )
    assert bengal()["no_next_date"] == 0
    assert bengal(as_of="2026-08-31")["no_next_date"] == 1


def test_without_a_charge_it_is_open(office):
    docket = factories.prosecution(factories.case(office))
    listed(docket, "2026-05-04", "held")
    assert bengal()["no_next_date"] == 1


def test_hearings_per_proceeding(docket, office):
    other = factories.prosecution(factories.case(office))
    for day in ("2026-05-01", "2026-05-02", "2026-05-03"):
        listed(docket, day, "held")
    listed(other, "2026-05-01", "held")
    factories.prosecution(factories.case(office))  # never listed
    row = bengal()
    assert (row["proceedings"], row["per_proceeding"]) == (2, 2)


def test_the_place_is_the_court_s(docket):
    abroad = factories.prosecution(docket.case, jurisdiction=factories.place("PH"))
    listed(docket, "2026-05-01", "held")
    listed(abroad, "2026-05-01", "held")
    rows = figures()
    assert rows["IN", None]["listed"] == rows["PH", None]["listed"] == 1


def test_sealed_and_foreign_hearings_are_left_out(office, case_manager):
    listed(factories.prosecution(factories.case(office, level=4)), "2026-05-01", "held")
    manila = factories.office("manila", "PH-MNL")
    listed(factories.prosecution(factories.case(manila)), "2026-05-01", "held")
    assert figures(case_manager) == {}
    assert bengal()["listed"] == bengal()["no_next_date"] == 1


@pytest.mark.nightly
def test_the_number_of_queries_does_not_grow(docket, office):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            figures()
        return len(queries)

    listed(docket, "2026-05-01", "held")
    few = asked()
    for _ in range(4):
        listed(factories.prosecution(factories.case(office)), "2026-05-01", "adjourned")
    assert asked() == few


def test_what_is_left_is_not_looked_for_in_every_proceeding(docket):
    """Of a million cases the statement was stopped after five minutes."""
    assert "SubPlan" not in open_on(Prosecution.objects.all(), date(2026, 11, 24)).explain()
