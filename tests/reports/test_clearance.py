"""Clearance in the terms of the CEPEJ: what comes in, what is resolved, what is left."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from reports.base import REPORTS
from reports.catalogue.clearance import cepej, days_of, disposition_time
from reports.dispositions import GRAVITY, Docket, moves
from reports.params import Params, parse
from reports.readers import Reporter
from reports.run import compute
from tests import factories

pytestmark = pytest.mark.django_db
YEAR = {"from": "2026-01-01", "to": "2026-12-31", "as_of": "2027-01-31"}
DAY_ONE = date(2025, 1, 1)
days = st.integers(0, 700).map(lambda n: DAY_ONE + timedelta(days=n))


def figures(reader: Any = None, **given: Any) -> dict[tuple[str, str | None], dict[str, Any]]:
    report = REPORTS["clearance"]
    result = compute(report, reader or Reporter(), parse(given, report))
    return {(row["jurisdiction"]["code"], row["programme"]): row for row in result.rows}


def stock(row: dict[str, Any]) -> tuple[int, ...]:
    return tuple(row[name] for name in ("pending_start", "incoming", "resolved", "pending_end"))


def docket(case: Any, filed: date, ended: date | None = None, how: str = "acquitted") -> Any:
    of = factories.prosecution(case, filed_on=filed)
    charge = factories.charge(prosecution=of, offence_on=filed)
    if ended:
        factories.decision(charge=charge, disposition=how, decided_on=ended)
    return of


def test_the_formulas_on_the_numbers_of_the_handbook():
    row = cepej(pending_start=250, incoming=500, resolved=450, pending_end=300)
    assert row["clearance_rate"] == 0.9
    assert round(disposition_time(300, 450, 365)) == 243
    assert row["turnover"] == 1.5
    assert row["difference"] == 0


def test_nothing_is_divided_by_nothing():
    row = cepej(0, 0, 0, 0)
    assert row["clearance_rate"] is row["turnover"] is None
    assert disposition_time(3, 0, 365) is disposition_time(3, 1, None) is None


@pytest.mark.parametrize(
    ("start", "end", "number"),
    [
        ("2026-01-01", "2026-12-31", 365),
        ("2024-01-01", "2024-12-31", 365),
        ("2023-01-01", "2024-12-31", 731),
        ("2025-04-01", "2026-03-31", 365),
        ("2024-01-01", "2024-02-29", 60),
        ("2026-05-01", "2026-05-01", 1),
        (None, "2026-12-31", None),
        ("2028-01-01", "2028-12-31", None),  # it has not begun on the as-of day
    ],
)
def test_the_days_of_a_period(start, end, number):
    asked = parse({"from": start, "to": end, "as_of": "2027-06-30"})
    assert days_of(asked) == number


def test_a_year_that_is_not_over_has_the_days_that_have_passed():
    asked = parse({"from": "2026-01-01", "to": "2026-12-31", "as_of": "2026-03-01"})
    assert days_of(asked) == 31 + 28 + 1


@given(
    st.lists(st.tuples(days, st.none() | st.integers(0, 500), st.sampled_from(GRAVITY))),
    st.none() | days,
    st.none() | days,
    days,
)
def test_start_and_incoming_less_resolved_is_the_end(rows, start, end, as_of):
    if start and end and end < start:
        start, end = end, start
    asked = Params(start=start, end=end, as_of=as_of)
    counts = dict.fromkeys(("pending_start", "incoming", "pending_end", *GRAVITY), 0)
    for filed, lasted, how in rows:
        ended = filed + timedelta(days=lasted) if lasted is not None else None
        if filed <= asked.until:  # what is later is not known
            known = ended if ended and ended <= asked.until else None
            before = bool(start and filed < start and not (known and known < start))
            for name in moves(Docket("1", filed, known, how), start, before):
                counts[name] += 1
    resolved = sum(counts[name] for name in GRAVITY)
    row = cepej(counts["pending_start"], counts["incoming"], resolved, counts["pending_end"])
    assert row["difference"] == 0


def test_the_stock_of_a_random_world_is_what_counting_by_hand_gives(office):
    chance, world = Random(6), []
    for _ in range(25):
        of = factories.prosecution(
            factories.case(office), filed_on=DAY_ONE + timedelta(chance.randrange(500))
        )
        ends: list[date | None] = []
        for _ in range(chance.randrange(3)):
            charge = factories.charge(prosecution=of, offence_on=of.filed_on)
            end = of.filed_on + timedelta(chance.randrange(400)) if chance.random() < 0.7 else None
            if end:
                factories.decision(
                    charge=charge, disposition=chance.choice(GRAVITY), decided_on=end
                )
            ends.append(end)
        last = max(e for e in ends if e) if ends and all(ends) else None
        world.append((of.filed_on, last))
    for start, end in (("2025-01-01", "2025-06-30"), ("2025-07-01", "2026-03-31")):
        first, until = date.fromisoformat(start), date.fromisoformat(end)
        row = figures(**{"from": start, "to": end, "as_of": "2028-01-01"})["IN-WB", None]
        assert stock(row) == (
            sum(filed < first and (not ended or ended >= first) for filed, ended in world),
            sum(first <= filed <= until for filed, _ended in world),
            sum(bool(ended) and first <= ended <= until for _filed, ended in world),
            sum(filed <= until and (not ended or ended > until) for filed, ended in world),
        )
        assert row["difference"] == 0


def test_the_stock_of_a_year(office):
    case = factories.case(office)
    docket(case, date(2025, 3, 1), date(2025, 11, 1))  # over before
    docket(case, date(2025, 3, 1), date(2026, 1, 1))
    docket(case, date(2025, 3, 1))
    docket(case, date(2026, 1, 1), date(2026, 12, 31))
    docket(case, date(2026, 12, 31), date(2027, 1, 15))
    docket(case, date(2027, 1, 5))  # after the period
    row = figures(**YEAR)["IN-WB", None]
    assert stock(row) == (2, 2, 2, 2)
    assert (row["clearance_rate"], row["turnover"], row["difference"]) == (1, 1, 0)
    assert row["disposition_time"] == 365


@pytest.mark.parametrize("how", GRAVITY)
def test_whatever_the_outcome_it_is_resolved(office, how):
    docket(factories.case(office), date(2026, 2, 1), date(2026, 6, 1), how)
    assert stock(figures(**YEAR)["IN-WB", None]) == (0, 1, 1, 0)


def test_without_a_start_there_is_no_disposition_time_and_nothing_was_pending(office):
    case = factories.case(office)
    docket(case, date(2025, 2, 1), date(2026, 6, 1))
    docket(case, date(2025, 2, 1))
    row = figures(to="2026-12-31")["IN-WB", None]
    assert stock(row) == (0, 2, 1, 1)
    assert row["disposition_time"] is None


def test_what_the_as_of_day_does_not_know(office):
    docket(factories.case(office), date(2025, 3, 1), date(2026, 5, 2))
    assert stock(figures(**(YEAR | {"as_of": "2026-05-01"}))["IN-WB", None]) == (1, 0, 0, 1)
    assert stock(figures(**(YEAR | {"as_of": "2026-05-02"}))["IN-WB", None]) == (1, 0, 1, 0)


def test_from_the_first_day_that_can_be_asked_for_to_the_last(office):
    docket(factories.case(office), date(2026, 2, 1), date(2026, 5, 1))
    row = figures(**{"from": "1900-01-01", "to": "2100-12-31", "as_of": "2100-12-31"})["IN", None]
    assert stock(row) == (0, 1, 1, 0)


def year(number: int, as_of: str) -> tuple[int, ...]:
    asked = {"from": f"{number}-01-01", "to": f"{number}-12-31", "as_of": as_of}
    row = figures(**asked).get(("IN-WB", None))
    assert row is None or row["difference"] == 0
    return stock(row) if row else (0, 0, 0, 0)


@pytest.mark.parametrize("later", ["2025-12-31", "2026-11-24"])
def test_archived_and_taken_up_again_it_stood_on_each_day_as_it_did(office, later):
    of = docket(factories.case(office), date(2022, 5, 1), date(2023, 6, 1), "archived")
    of.charges.get().decisions.update(lifted_on=date(2025, 3, 1), lifted_for="revived")
    stood = {2022: (0, 1, 0, 1), 2023: (1, 0, 1, 0), 2024: (0, 0, 0, 0), 2025: (0, 1, 0, 1)}
    for number, expected in stood.items():
        assert year(number, later) == year(number, f"{number}-12-31") == expected
    factories.decision(charge=of.charges.get(), decided_on=date(2026, 2, 1))
    assert year(2025, "2026-11-24") == (0, 1, 0, 1)
    assert year(2026, "2026-11-24") == (1, 0, 1, 0)


def test_taken_up_again_and_decided_in_one_year(office):
    of = docket(factories.case(office), date(2022, 5, 1), date(2023, 6, 1), "archived")
    of.charges.get().decisions.update(lifted_on=date(2025, 3, 1), lifted_for="revived")
    factories.decision(charge=of.charges.get(), decided_on=date(2025, 9, 1))
    assert year(2025, "2026-11-24") == (0, 1, 1, 0)
    assert year(2024, "2026-11-24") == year(2026, "2026-11-24") == (0, 0, 0, 0)


def test_a_charge_of_the_next_year_changes_nothing_of_this_one(office):
    of = docket(factories.case(office), date(2024, 2, 1), date(2024, 5, 1))
    factories.charge(prosecution=of, offence_on=of.filed_on, filed_on=date(2025, 8, 1))
    for as_of in ("2024-12-31", "2025-12-31"):
        assert year(2024, as_of) == (0, 1, 1, 0)
    assert year(2025, "2025-12-31") == (0, 1, 0, 1)


def test_a_charge_filed_later_takes_it_back_among_the_pending(office):
    of = docket(factories.case(office), date(2026, 2, 1), date(2026, 5, 1))
    factories.charge(prosecution=of, filed_on=date(2026, 8, 1))
    assert stock(figures(**(YEAR | {"as_of": "2026-07-31"}))["IN-WB", None]) == (0, 1, 1, 0)
    assert stock(figures(**YEAR)["IN-WB", None]) == (0, 1, 0, 1)


def test_proceedings_of_one_case_in_two_countries_count_in_each(office):
    case = factories.case(office)
    docket(case, date(2026, 2, 1), date(2026, 5, 1))
    abroad = factories.prosecution(case, jurisdiction=factories.place("PH"))
    assert stock(figures(**YEAR)["IN", None]) == (0, 1, 1, 0)
    assert stock(figures(**YEAR)["PH", None]) == (0, 1, 0, 1)
    assert abroad.case == case


def test_sealed_and_foreign_proceedings_are_left_out(office, case_manager):
    docket(factories.case(office, level=4), date(2026, 2, 1))
    docket(factories.case(factories.office("manila", "PH-MNL")), date(2026, 2, 1))
    assert figures(case_manager, **YEAR) == {}
    assert stock(figures(**YEAR)["IN-WB", None]) == (0, 1, 0, 1)


def test_attribution_is_refused_since_what_is_pending_has_none():
    with pytest.raises(ValueError, match="attribution"):
        parse({"attribution": "own"}, REPORTS["clearance"])


@pytest.mark.nightly
def test_the_number_of_queries_does_not_grow(office):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            figures(**YEAR)
        return len(queries)

    docket(factories.case(office), date(2026, 2, 1), date(2026, 5, 1))
    few = asked()
    for _ in range(5):
        docket(factories.case(office), date(2026, 2, 1), date(2026, 5, 1))
    assert asked() == few
