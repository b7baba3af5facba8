"""Warnings appear with what brings them about, stop nothing, and go once it is put right."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from casework.models import Case
from places.court_days import is_holiday
from prosecutions.calendars import limitation_of
from prosecutions.checks.warnings import CHECKS, checks_of
from prosecutions.corrections.services.records import correct_record
from prosecutions.limitation import years_after
from prosecutions.models import (
    Charge,
    Hearing,
    Perpetrator,
    Prosecution,
    Sentence,
)
from tests import factories
from tests.factories import justice
from tests.prosecutions.warned import WAYS, changed, next_sunday

pytestmark = pytest.mark.django_db


def codes(case, user):
    return {check.code for check in checks_of(case, user)}


def test_every_check_is_tested():
    assert WAYS.keys() == CHECKS.keys()


@pytest.mark.parametrize("code", WAYS)
@pytest.mark.by_turns(6)
def test_a_warning_appears_and_goes_once_it_is_put_right(case, lawyer, code):
    assert codes(case, lawyer) == set()
    put_right = WAYS[code](case)
    lawyer = type(lawyer).objects.get(pk=lawyer.pk)  # with the cases assigned since
    (found, *_more) = [check for check in checks_of(case, lawyer) if check.code == code]
    assert "%(" not in found.words
    assert found.row.case_id == case.pk
    put_right(lawyer)
    assert code not in codes(case, lawyer)


# What is none


def test_a_charge_sheet_in_time_means_held_lawfully(case, lawyer):
    held = factories.custody(case, since=date(2026, 3, 12), charge_by=date(2026, 5, 11))
    complaint = justice.complaint_against(held.suspect)
    report = justice.police_report(complaint=complaint, reported_on=date(2026, 5, 12))
    assert codes(case, lawyer) == {"custody_past_limit"}, "a day late"
    record = {"reported_on": date(2026, 5, 11), "version": 1, "reason": "typing"}
    correct_record(report, actor=lawyer, **record)
    assert codes(case, lawyer) == set()


def test_limitation_is_claimed_only_where_it_is_known(case, lawyer):
    day = date(2023, 3, 12)
    assert limitation_of("IN", factories.provision("4"), day).amount == 3
    assert limitation_of("IN", factories.provision("6"), day) is None, "punished too severely"
    assert limitation_of("KH", factories.provision("4"), day) is None
    assert years_after(date(2024, 2, 29), 1) == date(2025, 2, 28)
    filed = factories.prosecution(case, complaint=factories.complaint(case))
    factories.charge(prosecution=filed, offence_on=date(2023, 3, 12))
    assert "out_of_time" not in codes(case, lawyer), "the complaint came in time"


def test_a_life_sentence_lies_below_nothing_and_may_lie_above(case, lawyer):
    for number, wrong in (("5", True), ("6", False)):
        charge = factories.charge(case, provision=factories.provision(number))
        judgment = factories.decision(charge=charge).judgment
        row = Sentence.objects.create(
            case=case, judgment=judgment, suspect=charge.suspect, life=True
        )
        assert ("sentence_above_maximum" in codes(case, lawyer)) is wrong
        assert "sentence_below_minimum" not in codes(case, lawyer)
        row.delete()


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("sentence_below_minimum", "below the 3 years the law requires"),
        ("sentence_above_maximum", "above the 7 years the law allows"),
    ],
)
def test_a_sentence_and_its_law_are_both_told_in_years(case, lawyer, code, words):
    WAYS[code](case)
    (found,) = [check for check in checks_of(case, lawyer) if check.code == code]
    assert words in found.words


def test_a_lesser_charge_is_measured_by_what_it_became(case, lawyer):
    charge = factories.charge(
        case,
        provision=factories.provision("5"),
        final_provision=factories.provision("4"),
        amended_on=date(2026, 5, 1),
    )
    judgment = factories.decision(charge=charge, disposition="convicted_plea").judgment
    Sentence.objects.create(case=case, judgment=judgment, suspect=charge.suspect, months=6)
    assert "sentence_below_minimum" not in codes(case, lawyer)
    changed(Charge, charge, final_provision=None, amended_on=None)
    assert "sentence_below_minimum" in codes(case, lawyer), "as it was charged first"


def test_two_offences_are_no_double_charge(case, lawyer):
    first = factories.charge(case)
    second = factories.charge(case, suspect=first.suspect, offence_on=date(2024, 3, 10))
    factories.charge(case)
    abroad = factories.prosecution(case, jurisdiction=factories.place("PH"))
    factories.charge(prosecution=abroad, suspect=first.suspect)
    assert "charged_twice" not in codes(case, lawyer)
    changed(Charge, second, offence_on=first.offence_on)
    assert "charged_twice" in codes(case, lawyer), "of the same day they are one"


def test_the_twin_may_stand_in_another_case_of_the_reader(case, lawyer):
    """Of one person under two records, and of one docket number; nothing of closed cases."""
    mine, closed = factories.assignment(user=lawyer).case, factories.case()
    ours = factories.charge(factories.prosecution(case, docket="SC 12/2026").case)
    factories.prosecution(closed, docket="SC 12/2026")
    hidden = factories.charge(closed)
    changed(Perpetrator, hidden.suspect.perpetrator, merged_into=ours.suspect.perpetrator)
    assert not codes(case, lawyer) & {"charged_twice", "docket_twice"}
    factories.prosecution(mine, docket="SC 12/2026")
    theirs = factories.charge(mine)
    changed(Perpetrator, theirs.suspect.perpetrator, merged_into=ours.suspect.perpetrator)
    assert codes(case, lawyer) >= {"charged_twice", "docket_twice"}
    factories.decision(charge=theirs, disposition="quashed")
    assert "charged_twice" not in codes(case, lawyer)


def test_a_suspect_who_is_not_open_is_not_named(case):
    """A prosecutor to whom the court was disclosed, but not the suspects."""
    charge = factories.charge(case)
    changed(Perpetrator, charge.suspect.perpetrator, born_year=2009)
    reader = factories.user("prosecutor")
    factories.disclosure(case, reader, parts=["court"])
    found = checks_of(case, reader)
    assert {check.code for check in found} >= {"charge_without_survivor"}
    assert "perhaps_under_18" not in {check.code for check in found}
    assert not any(charge.suspect.code in check.words for check in found)


# Doors


def test_saving_says_what_to_look_at_and_holds_nothing_up(page, case, said):
    charge = factories.charge(case)
    factories.justice.charge_victim(charge=charge)
    sunday = next_sunday()
    address = f"/prosecutions/{charge.prosecution_id}/hearings/new/"
    answer = page.post(address, {"listed_on": str(sunday), "purpose": "bail", "key": "k"})
    hearing = Hearing.objects.get()
    assert f"new=hearing_on_rest_day.{hearing.pk}#court" in answer["Location"]
    words = said(page.get(answer["Location"]))
    assert "Saved. Please check:" in words
    assert "when courts do not sit" in words
    moved = {"listed_on": str(sunday + timedelta(days=1)), "purpose": "bail", "version": "1"}
    if not is_holiday(case.jurisdiction, sunday + timedelta(days=1)):
        gone = page.post(f"/hearings/{hearing.pk}/move/", moved)
        assert gone["Location"] == f"/cases/{case.pk}/court/#court"
    words = said(page.get(answer["Location"]))
    assert "Saved. Please check:" not in words
    assert "when courts do not sit" not in words


def test_the_case_page_and_the_interface_list_them(page, api, case, lawyer, said, office):
    factories.decision(case)
    shown = page.get(f"/cases/{case.pk}/court/")
    assert "Please check 3" in said(shown)
    listed = api(lawyer).get(f"cases/{case.pk}/checks/").json()
    assert listed["content_open"] is True
    assert {row["code"] for row in listed["results"]} == codes(case, lawyer)
    for row in listed["results"]:
        assert row["words"] in said(shown)
        assert row["about"] in {"charge", "judgment"}
    assert api(lawyer).get(f"cases/{case.pk}/checks/?x=1").status_code == 400
    colleague = api(factories.user("legal_officer", office))
    nothing = colleague.get(f"cases/{case.pk}/checks/").json()
    assert nothing == {"content_open": False, "results": []}
    outsider = api(factories.user("legal_officer", factories.office("manila", "PH-MNL")))
    assert outsider.get(f"cases/{case.pk}/checks/").status_code == 404


@pytest.mark.nightly
def test_warnings_take_the_same_queries_however_much_a_case_holds(
    case, lawyer, django_assert_max_num_queries
):
    def more():
        row = factories.sentence(case)
        changed(Prosecution, row.judgment.prosecution, docket=f"SC {row.pk.hex[:6]}")
        factories.hearing(case, listed_on=next_sunday())
        factories.arrest(case)
        factories.custody(case, charge_by=date(2026, 5, 11))
        factories.justice.charge_victim(case)
        factories.rescue(case)

    def count():
        fresh = Case.objects.select_related("jurisdiction").get(pk=case.pk)
        with django_assert_max_num_queries(20) as seen:
            checks_of(fresh, lawyer)
        return len(seen)

    assert lawyer.scope  # resolved once a request
    more()
    few = count()
    for _ in range(3):
        more()
    assert count() == few
