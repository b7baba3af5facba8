"""Networks: members known and arrested, the countries they span, matters of several countries."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from prosecutions.models import Perpetrator
from reports.base import REPORTS
from reports.catalogue.networks import in_a_third, joined
from reports.params import parse
from reports.readers import Reporter
from reports.run import compute
from tests import factories
from tests.factories import justice

pytestmark = pytest.mark.django_db
NOW = {"as_of": "2026-11-24"}


def rows(reader: Any = None, **given: Any) -> list[dict[str, Any]]:
    report = REPORTS["networks"]
    return compute(report, reader or Reporter(), parse(NOW | given, report)).rows


def figure(measure: str, reader: Any = None, network: str | None = None, **given: Any) -> Any:
    found = [
        row
        for row in rows(reader, **given)
        if (row["measure"], row["network"]) == (measure, network)
    ]
    return found[0] if found else None


def kn(row: dict[str, Any]) -> tuple[int, int]:
    return row["k"], row["n"]


@pytest.fixture
def case(office):
    return factories.case(office)


def member(case: Any, network: Any = None, *, arrested: date | None = None, **fields: Any) -> Any:
    made = justice.network_member(case, **({"network": network} if network else {}), **fields)
    if arrested:
        arrest = factories.arrest(case)
        type(arrest).objects.filter(pk=arrest.pk).update(suspect=made.suspect, arrested_on=arrested)
    return made


MARCH, MAY = date(2026, 3, 30), date(2026, 5, 1)


# --- networks and members -------------------------------------------------------------------


def test_networks_identified_in_the_period(case):
    member(case)
    assert figure("networks_identified")["value"] == 1
    assert figure("networks_identified", **{"from": "2026-03-30", "to": "2026-03-30"})["value"] == 1
    assert figure("networks_identified", **{"from": "2026-03-31"})["value"] == 0
    assert figure("networks_identified", as_of="2026-03-29")["value"] == 0


def test_the_arrested_share_of_each_network_and_pooled(case):
    one = member(case, arrested=MAY).network
    member(case, one, arrested=MAY)
    member(case, one)
    two = member(case).network
    assert kn(figure("network_arrested_share", network=one.code)) == (2, 3)
    assert kn(figure("network_arrested_share", network=two.code)) == (0, 1)
    pooled = figure("arrested_share")
    assert kn(pooled) == (2, 4)
    assert pooled["value"] == 0.5
    assert 0 < pooled["low"] < 0.5 < pooled["high"] < 1


def test_a_person_in_two_networks_counts_once_in_the_pool(case):
    first = member(case, arrested=MAY)
    member(case, suspect=first.suspect)
    assert kn(figure("arrested_share")) == (1, 1)
    assert figure("networks_identified")["value"] == 2


def test_merged_over_two_countries_it_is_one_person_arrested_for_whatever_case(case):
    abroad = factories.case(
        factories.office("manila", "PH-MNL"), jurisdiction=factories.place("PH")
    )
    network = member(case).network
    member(abroad, network)
    other = factories.arrest(factories.case())  # for another case, and no member
    one, two = (m.suspect.perpetrator_id for m in network.members.order_by("created_at"))
    assert kn(figure("network_arrested_share", network=network.code)) == (0, 2)
    Perpetrator.objects.filter(pk=two).update(merged_into=one)
    assert kn(figure("network_arrested_share", network=network.code)) == (0, 1)
    Perpetrator.objects.filter(suspicions=other.suspect).update(merged_into=one)
    assert kn(figure("network_arrested_share", network=network.code)) == (1, 1)


def test_members_known_and_arrested_by_the_as_of_day(case):
    network = member(case, arrested=MAY).network
    member(case, network, known_on=date(2026, 6, 1))
    code = network.code
    assert kn(figure("network_arrested_share", network=code, as_of="2026-04-30")) == (0, 1)
    assert kn(figure("network_arrested_share", network=code, as_of="2026-05-01")) == (1, 1)
    assert kn(figure("network_arrested_share", network=code, as_of="2026-06-01")) == (1, 2)


def test_who_was_found_to_be_no_member_counts_until_then(case):
    network = member(case, left_on=date(2026, 6, 1)).network
    assert kn(figure("network_arrested_share", network=network.code, as_of="2026-05-31")) == (0, 1)
    assert kn(figure("network_arrested_share", network=network.code, as_of="2026-06-01")) == (0, 0)
    assert figure("network_arrested_share", network=network.code)["value"] is None


def test_organisations_are_no_members_to_arrest(case):
    network = member(case).network
    Perpetrator.objects.update(kind="organisation")
    assert kn(figure("network_arrested_share", network=network.code)) == (0, 0)


def test_whose_work_the_arrest_was(case):
    member(case, arrested=MAY)  # supported
    assert kn(figure("arrested_share", attribution="supported")) == (1, 1)
    assert kn(figure("arrested_share", attribution="own")) == (0, 1)


def test_asked_for_a_place_or_programme_only_members_of_its_cases(case):
    network = member(case).network
    elsewhere = factories.case(
        case.office, jurisdiction=factories.place("IN-MH"), programme="domestic_servitude"
    )
    member(elsewhere, network)
    member(elsewhere)
    assert kn(figure("arrested_share", jurisdiction="IN-MH")) == (0, 2)
    assert kn(figure("arrested_share", jurisdiction="IN-WB")) == (0, 1)
    assert figure("networks_identified", programme="csec")["value"] == 1
    assert figure("networks_identified")["value"] == 2


def test_members_of_sealed_and_foreign_cases_are_not_known(case, office, case_manager):
    network = member(case).network
    member(factories.case(office, level=4), network, arrested=MAY)
    manila = factories.case(factories.office("manila", "PH-MNL"))
    member(manila, network)
    assert kn(figure("network_arrested_share", case_manager, network.code)) == (0, 1)
    assert kn(figure("network_arrested_share", network=network.code)) == (0, 2)
    hidden = member(factories.case(office, level=4)).network
    assert figure("network_arrested_share", network=hidden.code) is None
    assert figure("networks_identified")["value"] == 1


# --- countries ------------------------------------------------------------------------------


def leg(case: Any, kind: str, place: str, position: int, corridor: Any) -> None:
    justice.corridor_leg(
        corridor=corridor, kind=kind, jurisdiction=factories.place(place), position=position
    )


def test_the_countries_of_the_corridors_in_their_order(case):
    network = member(case).network
    one = justice.corridor(case, network=network)
    leg(case, "recruitment", "KH-12", 1, one)
    leg(case, "exploitation", "TH-SKA", 2, one)
    leg(case, "identified", "MY", 3, one)
    leg(case, "repatriated", "KH", 4, one)
    row = figure("countries", network=network.code)
    assert (row["value"], row["countries"]) == (3, "KH TH MY")
    assert row["low"] is row["high"] is row["k"] is None


def test_a_network_without_a_corridor_has_no_row_of_countries(case):
    assert figure("countries", network=member(case).network.code) is None


# --- matters --------------------------------------------------------------------------------


def identified(case: Any, place: str) -> None:
    leg(case, "identified", place, 1, justice.corridor(case))


def court(case: Any, place: str, filed: date = date(2026, 4, 1)) -> None:
    factories.prosecution(case, jurisdiction=factories.place(place), filed_on=filed)


def twins(one: Any, other: Any, **fields: Any) -> None:
    factories.case_link(one, other=other, kind="twin", **fields)
    factories.case_link(other, other=one, kind="twin", **fields)


def counts(**given: Any) -> tuple[int, int]:
    return tuple(figure(m, **given)["value"] for m in ("third_country_cases", "joint_cases"))


def test_a_case_before_courts_of_two_countries_found_in_a_third(case):
    identified(case, "MY")
    court(case, "KH")
    assert counts() == (0, 0)
    court(case, "TH")
    assert counts() == (1, 0)
    assert counts(as_of="2026-03-31") == (0, 0)


def test_found_in_a_country_of_the_proceedings_it_is_no_third(case):
    identified(case, "TH-SKA")
    court(case, "KH")
    court(case, "TH")
    assert counts() == (0, 0)


def test_two_courts_of_one_country_are_one_country(case):
    identified(case, "MY")
    court(case, "IN-WB")
    court(case, "IN-MH")
    assert counts() == (0, 0)


def test_twins_are_one_matter(case):
    twin = factories.case(case.office)
    twins(case, twin)
    assert counts() == (0, 1)
    court(case, "KH")
    court(twin, "TH")
    identified(twin, "MY")
    assert counts() == (1, 1)
    assert figure("joint_cases")["k"] == 2


def test_a_matter_is_at_the_places_of_all_its_cases(case):
    twins(case, factories.case(case.office, jurisdiction=factories.place("PH")))
    assert counts(jurisdiction="PH") == counts(jurisdiction="IN-WB") == (0, 1)
    assert counts(jurisdiction="KH") == counts(programme="osec") == (0, 0)


def test_three_twins_are_one_matter_too(case):
    second, third = factories.case(case.office), factories.case(case.office)
    twins(case, second)
    twins(second, third)
    assert counts() == (0, 1)


def test_other_links_and_ended_ones_join_nothing(case):
    factories.case_link(case, kind="related")
    twins(case, factories.case(case.office), ended_at="2026-05-01T00:00:00Z")
    assert counts() == (0, 0)


def test_a_matter_is_dated_by_its_first_case(case):
    twin = factories.case(case.office, opened_on=date(2026, 6, 1))
    twins(case, twin)
    assert counts(**{"from": "2026-03-01", "to": "2026-03-01"})[1] == 1
    assert counts(**{"from": "2026-03-02"})[1] == 0
    assert counts(as_of="2026-05-31")[1] == 0  # the twin is not opened yet


def test_a_twin_that_may_not_be_counted_makes_no_joint_case(case, office, case_manager):
    twins(case, factories.case(office, level=4))
    abroad = factories.case(factories.office("manila", "PH-MNL"))
    court(abroad, "TH")
    court(case, "KH")
    identified(case, "MY")
    twins(case, abroad)
    assert counts() == (1, 1)
    assert figure("joint_cases", case_manager)["value"] == 0
    assert figure("third_country_cases", case_manager)["value"] == 0


def test_in_a_third():
    courts = {1: {"KH"}, 2: {"TH"}}
    assert in_a_third({1, 2}, courts, {1: {"MY"}})
    assert not in_a_third({1}, courts, {1: {"MY"}})
    assert not in_a_third({1, 2}, courts, {1: {"KH"}, 2: {"TH"}})
    assert not in_a_third({1, 2}, courts, {})


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 12))))
def test_every_case_is_in_one_matter_and_links_lie_within(links):
    groups = joined(range(10), links)
    assert sorted(pk for group in groups for pk in group) == list(range(10))
    for one, other in links:
        if other < 10:
            assert any({one, other} <= group for group in groups)


@pytest.mark.nightly
def test_the_number_of_queries_does_not_grow(case):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            rows()
        return len(queries)

    member(case)
    identified(case, "MY")
    few = asked()
    for _ in range(4):
        another = factories.case(case.office)
        corridor = justice.corridor(another, network=member(another, arrested=MAY).network)
        leg(another, "identified", "MY", 1, corridor)
        twins(case, another)
        court(another, "TH")
    assert asked() == few
