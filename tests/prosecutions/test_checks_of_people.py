"""Warnings about the accused: one person twice, time that runs out, generic offences, bail."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from casework.models import Rescue
from prosecutions.checks.warnings import checks_of
from prosecutions.limitation import years_after
from prosecutions.models import Charge, Custody, Perpetrator, Suspect
from tests import factories

pytestmark = pytest.mark.django_db


def codes(case, user):
    return {check.code for check in checks_of(case, user)}


def said_of(code, case, user):
    """The codes of the suspects a warning is about, or of its charges."""
    rows = [check.row for check in checks_of(case, user) if check.code == code]
    return [getattr(row, "suspect", row).code for row in rows]


def changed(model, row, **values):
    model.objects.filter(pk=row.pk).update(**values)


def merged(kept, other):
    """Two records found to be one person."""
    changed(Perpetrator, other.perpetrator, merged_into=kept.perpetrator)


def test_one_person_is_twice_in_one_docket_once_the_records_are_merged(case, lawyer):
    """Of one proceeding, and of two records of one docket; whoever is charged once is not."""
    one = factories.prosecution(case, docket="SC 12/2026")
    first, second = factories.charge(prosecution=one), factories.charge(prosecution=one)
    twin = factories.prosecution(case, docket="SC 12/2026")
    third = factories.charge(prosecution=twin, suspect=first.suspect)
    changed(Charge, third, offence_on=date(2021, 3, 10))
    assert said_of("defendant_twice", case, lawyer) == [third.suspect.code]
    third.delete()
    assert said_of("defendant_twice", case, lawyer) == []
    merged(first.suspect, second.suspect)
    assert said_of("defendant_twice", case, lawyer) == [second.suspect.code]
    assert said_of("suspect_twice", case, lawyer) == [second.suspect.code]
    factories.decision(charge=second, disposition="withdrawn")
    assert said_of("defendant_twice", case, lawyer) == []


def test_after_a_merge_the_docket_of_another_case_counts_as_far_as_it_is_open(case, lawyer):
    mine, closed = factories.assignment(user=lawyer).case, factories.case()
    ours = factories.charge(prosecution=factories.prosecution(case, docket="SC 12/2026"))
    for other in (closed, mine):
        assert said_of("defendant_twice", case, lawyer) == []
        theirs = factories.charge(prosecution=factories.prosecution(other, docket="SC 12/2026"))
        merged(ours.suspect, theirs.suspect)
    assert said_of("defendant_twice", case, lawyer) == [ours.suspect.code]


def test_a_death_in_a_case_that_is_closed_to_the_reader_is_not_told(case, lawyer):
    who = factories.suspect(case)
    there = factories.suspect(factories.case(), perpetrator=who.perpetrator)
    changed(Suspect, there, died_on=date(2026, 5, 9))
    assert "dead_elsewhere" not in codes(case, lawyer)


def test_time_runs_out_by_the_law_of_the_country_and_its_source_is_named(case, lawyer):
    """India: after one year for what is punished with up to one, after three with up to three."""
    who, rescue = factories.suspect(case), factories.rescue(case)
    today = case.jurisdiction.today

    def sources(ends_in, years):
        day = years_after(today + timedelta(days=ends_in), -years)
        changed(Rescue, rescue, occurred_on=day)
        found = [c for c in checks_of(case, lawyer) if c.code == "time_running_out"]
        assert [check.row for check in found] in ([], [who])
        return [law for law in (one, three) for check in found if law in check.words]

    one = "(CrPC 1973 s. 468 (2) (b), BNSS 2023 s. 514 (2) (b))"
    three = "(CrPC 1973 s. 468 (2) (c), BNSS 2023 s. 514 (2) (c))"
    next_day = today + timedelta(days=91)
    later = 92 if (next_day.month, next_day.day) == (2, 29) else 91  # other years have no such day
    assert sources(later, 1) == []
    assert sources(90, 1) == [one]
    assert sources(later, 3) == [one]
    assert sources(90, 3) == [one, three]
    changed(Suspect, who, died_on=today)
    assert sources(90, 1) == []
    changed(Suspect, who, died_on=None)
    factories.charge(case, suspect=who)
    assert sources(90, 1) == []


def test_no_limit_is_claimed_without_a_rescue_or_a_law(case, lawyer):
    factories.suspect(case)
    assert "time_running_out" not in codes(case, lawyer)
    changed(Rescue, factories.rescue(case), occurred_on=date(2020, 1, 1))
    assert "time_running_out" in codes(case, lawyer)
    abroad = factories.assignment(factories.case(jurisdiction=factories.place("KH")), lawyer).case
    factories.suspect(abroad)
    changed(Rescue, factories.rescue(abroad), occurred_on=date(2020, 1, 1))
    assert "time_running_out" not in codes(abroad, lawyer)


def test_whoever_reads_no_complaints_is_not_told_that_there_is_none(case):
    factories.suspect(case)
    changed(Rescue, factories.rescue(case), occurred_on=date(2020, 1, 1))
    reader = factories.user("prosecutor")
    factories.disclosure(case, reader, parts=["suspect", "rescue"])
    assert codes(case, reader) == set()


@pytest.mark.parametrize(
    ("statute", "number", "generic"),
    [
        ("ITPA", "4", False),
        ("BNS", "143(6)", False),
        ("BLSA", "20", True),
        ("IPC", "372/373", True),
        ("SOA", "ss.14,15,17", True),
    ],
)
def test_which_provisions_are_generic(statute, number, generic):
    """Several sections at once, or no imprisonment of its own; life is one."""
    assert factories.provision(number, statute).is_generic is generic


def test_bail_with_a_term_or_said_to_have_none_is_no_warning(case, lawyer):
    free = factories.custody(case, ended_on=date(2026, 5, 9), ended="default_bail")
    for terms in (
        {"bail_conditions": ["report"]},
        {"bail_conditions": ["none"]},
        {"sureties": 1},
        {"bail_amount": 100, "bail_currency": "INR"},
    ):
        none = {"bail_conditions": [], "sureties": None, "bail_amount": None, "bail_currency": ""}
        changed(Custody, free, **none)
        assert "bail_without_conditions" in codes(case, lawyer)
        changed(Custody, free, **terms)
        assert "bail_without_conditions" not in codes(case, lawyer), terms
    changed(Custody, free, ended="served", **none)
    assert "bail_without_conditions" not in codes(case, lawyer)
