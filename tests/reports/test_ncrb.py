"""The NCRB tables: one docket is one case, and every column adds up as printed."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prosecutions.enums import Disposition, PoliceReportKind
from prosecutions.models import Complaint, Perpetrator
from reports.base import REPORTS
from reports.catalogue.ncrb import courts, police, share
from reports.dispositions import GRAVITY
from reports.params import parse
from reports.readers import Reporter
from reports.run import compute
from tests import factories
from tests.factories import justice

# "Crime in India" 2023, Indian Penal Code, as printed.
GOLDEN = json.loads(Path(__file__).parents[1].joinpath("golden_stats.json").read_text())[
    "ncrb_ipc_2023"
]
YEAR = {"from": "2026-01-01", "to": "2026-12-31", "as_of": "2026-11-24"}


def figures(reader: Any = None, **given: Any) -> dict[tuple[str, str | None], dict[str, Any]]:
    report = REPORTS["ncrb-conviction-rate"]
    result = compute(report, reader or Reporter(), parse(given, report))
    return {(row["jurisdiction"]["code"], row["programme"]): row for row in result.rows}


def bengal(**given: Any) -> dict[str, Any]:
    return figures(**(YEAR | given))["IN-WB", None]


# --- the formulas ---------------------------------------------------------------------------


def test_the_formulas_give_what_the_ncrb_printed():
    stock = GOLDEN["cases_for_trial"]
    left = GOLDEN["trials_completed"]
    counts = Counter(
        pending_start=stock,
        convicted_trial=GOLDEN["cases_convicted"],
        acquitted=GOLDEN["acquitted"],
        discharged=GOLDEN["discharged"],
        withdrawn=stock - left - GOLDEN["pending_trial_end"],
    )
    row = courts(counts, old=0)
    assert (row["k"], row["n"]) == (907_028, 1_678_367)
    assert row["rate"] == pytest.approx(0.54042, abs=5e-6)
    assert (row["pending_end"], row["for_trial"]) == (15_880_050, 17_990_929)
    assert row["pendency"] == pytest.approx(0.88267, abs=5e-6)


def test_the_police_formulas_give_what_the_ncrb_printed():
    counts = Counter(
        charge_sheeted=GOLDEN["chargesheeted"],
        police_disposed=GOLDEN["disposed_by_police"],
        police_pending_start=GOLDEN["cases_for_investigation"] - 20,
        registered=15,
        reopened=5,
        police_pending_end=GOLDEN["pending_investigation_end"],
    )
    row = police(counts)
    assert row["charge_sheeting"] == pytest.approx(0.72725, abs=5e-6)
    assert row["police_pendency"] == pytest.approx(0.29198, abs=5e-6)


@given(
    st.dictionaries(st.sampled_from(["pending_start", "incoming", *GRAVITY]), st.integers(0, 99))
)
def test_the_columns_add_up(counts):
    row = courts(Counter(counts), old=0)
    without = ("abated", "withdrawn", "plea", "quashed", "dismissed")
    assert row["for_trial"] == row["pending_start"] + row["sent_for_trial"]
    assert row["without_trial"] == sum(row[name] for name in without)
    assert row["k"] == row["convicted_old"] + row["convicted_new"]
    assert row["n"] == row["k"] + row["discharged"] + row["acquitted"]
    assert row["disposed"] == row["without_trial"] + row["n"]
    assert row["pending_end"] == row["for_trial"] - row["stayed"] - row["disposed"]
    assert row["disposed"] + row["stayed"] == sum(counts.get(name, 0) for name in GRAVITY)


def test_a_share_of_nothing_is_none():
    assert share(0, 0) is None
    assert police(Counter())["charge_sheeting"] is None


def test_every_disposition_has_its_gravity():
    assert set(GRAVITY) == {*Disposition.values} - {"remanded"}, "a new trial ends nothing"


# --- a docket -------------------------------------------------------------------------------

pytestmark = pytest.mark.django_db


def ended(case: Any, *dispositions: str, filed: date = date(2026, 4, 1), **fields: Any) -> Any:
    """A docket with a charge for each disposition, decided a month apart."""
    docket = factories.prosecution(case, filed_on=filed)
    for month, disposition in enumerate(dispositions, 6):
        charge = factories.charge(prosecution=docket, offence_on=filed)
        judgment = factories.judgment(prosecution=docket, decided_on=date(2026, month, 1), **fields)
        factories.decision(charge=charge, judgment=judgment, disposition=disposition)
    return docket


@pytest.mark.parametrize(("graver", "lesser"), list(pairwise(GRAVITY)))
def test_a_docket_has_the_gravest_outcome_of_its_charges(office, graver, lesser):
    case = factories.case(office)
    ended(case, lesser, graver)
    column = {
        "convicted_trial": "k",
        "convicted_plea": "plea",
        "transferred": "stayed",
        "archived": "stayed",
        "provisional": "stayed",
    }
    row = bengal()
    assert row[column.get(graver, graver)] == 1
    assert row["disposed"] + row["stayed"] == 1


def test_pleas_are_in_neither_and_discharged_in_the_denominator(office):
    case = factories.case(office)
    for ending in ("convicted_trial", "convicted_plea", "acquitted", "discharged", "dismissed"):
        ended(case, ending)
    row = bengal()
    assert (row["k"], row["n"], row["plea"], row["without_trial"]) == (1, 3, 1, 2)
    assert (row["disposed"], row["pending_end"], row["pendency"]) == (5, 0, 0)


def test_a_docket_is_decided_when_its_last_charge_is(office):
    case = factories.case(office)
    docket = ended(case, "convicted_trial")
    factories.charge(prosecution=docket)
    row = bengal()
    assert (row["n"], row["pending_end"]) == (0, 1)
    earlier = bengal(as_of="2026-05-31")
    assert (earlier["n"], earlier["pending_end"]) == (0, 1)


def test_a_docket_without_a_charge_is_pending(office):
    factories.prosecution(factories.case(office))
    row = bengal()
    assert (row["sent_for_trial"], row["pending_end"], row["pendency"]) == (1, 1, 1)


def test_convicted_from_old_cases_and_from_this_period(office):
    case = factories.case(office)
    ended(case, "convicted_trial", filed=date(2025, 12, 31))
    ended(case, "convicted_trial", filed=date(2026, 1, 1))
    row = bengal()
    assert (row["convicted_old"], row["convicted_new"], row["k"]) == (1, 1, 2)
    assert (row["pending_start"], row["sent_for_trial"]) == (1, 1)


def test_what_sleeps_or_is_transferred_leaves_the_stock_and_are_no_trial(office):
    case = factories.case(office)
    ended(case, "archived")
    ended(case, "transferred")
    ended(case, "provisional")
    ended(case, "stayed")
    row = bengal()
    assert (row["stayed"], row["n"], row["disposed"], row["pending_end"]) == (4, 0, 0, 0)


def test_the_last_day_of_the_period_counts_and_the_next_does_not(office):
    ended(factories.case(office), "acquitted")
    assert bengal(to="2026-06-01")["n"] == 1
    day_before = bengal(to="2026-05-31")
    assert (day_before["n"], day_before["pending_end"]) == (0, 1)
    assert ("IN-WB", None) not in figures(**(YEAR | {"from": "2026-06-02"}))


def test_an_appeal_changes_neither_the_outcome_nor_its_day(office):
    docket = ended(factories.case(office), "acquitted")
    appeal = factories.appeal(judgment=docket.judgments.get())
    second = factories.judgment(
        prosecution=docket, instance="appeal", appeal=appeal, decided_on=date(2026, 8, 1)
    )
    factories.decision(charge=docket.charges.get(), judgment=second)
    for row in (bengal(), bengal(to="2026-06-30")):
        assert (row["k"], row["n"], row["pending_end"]) == (0, 1, 0)


def test_organisations_count_in_cases(office):
    ended(factories.case(office), "convicted_trial")
    Perpetrator.objects.update(kind="organisation")
    assert bengal()["k"] == 1


def test_sealed_cases_are_in_no_figure(office):
    sealed = factories.case(office, level=4)
    ended(sealed, "convicted_trial")
    factories.complaint(sealed)
    assert figures(**YEAR) == {}


def test_of_another_office_a_reader_counts_nothing(office):
    ended(factories.case(office), "convicted_trial")
    manila = factories.user("case_manager", factories.office("manila", "PH-MNL"))
    assert figures(manila, **YEAR) == {}


def test_asked_whose_work_it_was_only_what_a_judgment_ended_is_there(office):
    case = factories.case(office)
    ended(case, "convicted_trial", attribution="own")
    ended(case, "acquitted", attribution="state_only")
    factories.prosecution(case)
    factories.complaint(case)
    row = bengal(attribution="own")
    assert (row["k"], row["n"]) == (1, 1)
    assert row["pending_end"] is row["pendency"] is row["registered"] is None
    assert bengal()["n"] == 2


# --- the police -----------------------------------------------------------------------------


def complaint(case: Any, filed: date) -> Any:
    made = factories.complaint(case)
    Complaint.objects.filter(pk=made.pk).update(filed_on=filed)
    return made


def reported(of: Any, kind: str, day: date) -> None:
    justice.police_report(complaint=of, kind=kind, reported_on=day)


def by_police(row: dict[str, Any]) -> tuple[int, ...]:
    names = ("police_pending_start", "registered", "reopened", "police_disposed")
    return tuple(row[name] for name in (*names, "police_pending_end"))


def test_every_disposal_counts_and_reopening_takes_it_back(office):
    case = factories.case(office)
    old = complaint(case, date(2025, 6, 1))
    reported(old, "no_evidence", date(2025, 9, 1))
    reported(old, "reopened", date(2026, 2, 1))
    reported(old, "charge_sheet", date(2026, 5, 1))
    waiting = complaint(case, date(2025, 7, 1))
    reported(waiting, "charge_sheet", date(2026, 3, 1))
    reported(waiting, "reopened", date(2026, 4, 1))
    complaint(case, date(2026, 3, 11))
    row = figures(**YEAR)["IN", None]
    assert by_police(row) == (1, 1, 1 + 1, 2, 2)
    assert row["charge_sheeting"] == 1
    assert row["police_pendency"] == 2 / 4


def test_police_reports_after_the_as_of_day_are_not_known(office):
    made = complaint(factories.case(office), date(2026, 3, 11))
    reported(made, "charge_sheet", date(2026, 6, 1))
    assert by_police(figures(**(YEAR | {"as_of": "2026-05-31"}))["IN", None]) == (0, 1, 0, 0, 1)
    assert by_police(figures(**(YEAR | {"as_of": "2026-06-01"}))["IN", None]) == (0, 1, 0, 1, 0)


@pytest.mark.parametrize("kind", sorted({*PoliceReportKind.values} - {"reopened"}))
def test_every_kind_of_disposal_ends_an_investigation(office, kind):
    reported(complaint(factories.case(office), date(2026, 3, 11)), kind, date(2026, 4, 1))
    row = figures(**YEAR)["IN", None]
    assert (row["police_disposed"], row["police_pending_end"]) == (1, 0)
    assert row["charge_sheeting"] == (1 if kind == "charge_sheet" else 0)


def sheeted(**given):
    row = figures(**(YEAR | given))["IN", None]
    return (*by_police(row), row["charge_sheeted"])


def test_brought_before_a_court_it_is_charge_sheeted_on_that_day(office):
    made = complaint(factories.case(office), date(2026, 3, 11))
    for filed in (date(2026, 6, 1), date(2026, 5, 2)):
        factories.prosecution(made.case, complaint=made, filed_on=filed)
    assert sheeted(as_of="2026-05-01") == (0, 1, 0, 0, 1, 0)
    assert sheeted() == sheeted(as_of="2026-05-02") == (0, 1, 0, 1, 0, 1)
    assert sheeted(**{"from": "2026-05-02"}) == (1, 0, 0, 1, 0, 1)


@pytest.mark.parametrize("reported_on", [date(2026, 5, 1), date(2026, 5, 9)])
def test_the_charge_sheet_that_was_reported_is_the_same_one(office, reported_on):
    made = complaint(factories.case(office), date(2026, 3, 11))
    factories.prosecution(made.case, complaint=made, filed_on=date(2026, 5, 2))
    reported(made, "charge_sheet", reported_on)
    assert sheeted() == (0, 1, 0, 1, 0, 1)


def test_reopened_and_brought_before_a_court_it_is_charge_sheeted_again(office):
    made = complaint(factories.case(office), date(2026, 3, 11))
    reported(made, "no_evidence", date(2026, 4, 1))
    reported(made, "reopened", date(2026, 4, 20))
    factories.prosecution(made.case, complaint=made, filed_on=date(2026, 5, 2))
    reported(made, "reopened", date(2026, 6, 1))
    assert sheeted(to="2026-05-31") == (0, 1, 1, 2, 0, 1)
    assert sheeted() == (0, 1, 2, 2, 1, 1)
