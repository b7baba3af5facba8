"""Warnings appear with what brings them about, stop nothing, and go once it is put right."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from casework.models import Assignment, Case, Rescue
from prosecutions.calendars import is_holiday, limitation_of
from prosecutions.checks import CHECKS, checks_of
from prosecutions.limitation import years_after
from prosecutions.models import (
    Charge,
    Hearing,
    Perpetrator,
    Prosecution,
    Provision,
    Sentence,
    Suspect,
)
from prosecutions.services.charges import name_survivors
from prosecutions.services.complaints import record_complaint
from prosecutions.services.corrections import correct_record
from prosecutions.services.courts import record_judgment, record_sentence
from prosecutions.services.custody import correct_arrest, end_custody
from prosecutions.services.deaths import record_death
from prosecutions.services.hearings import correct_result, move_hearing
from prosecutions.services.perpetrators import describe_perpetrator
from tests import factories
from tests.factories import justice

pytestmark = pytest.mark.django_db
FROM_MEMORY = ("POCSO", "4")


def codes(case, user):
    return {check.code for check in checks_of(case, user)}


def changed(model, row, **values):
    model.objects.filter(pk=row.pk).update(**values)


def corrected(row, **values):
    """The correcting verb, for whoever puts it right."""
    facts = {"version": 1, "reason": "paper", **values}
    return lambda actor: correct_record(row, actor=actor, **facts)


# Each makes what the warning is about, and returns the deed that puts it right.


def out_of_time(case):
    charge = factories.charge(case, offence_on=date(2019, 3, 10))
    return corrected(charge, offence_on=date(2025, 3, 10))


def offence_long_before_complaint(case):
    filed = factories.prosecution(case, complaint=factories.complaint(case))
    charge = factories.charge(
        prosecution=filed, offence_on=date(2021, 3, 10), provision=factories.provision("6")
    )
    return corrected(charge, offence_on=date(2021, 3, 11))


def provision_from_memory(case):
    law = Provision.objects.filter(statute=FROM_MEMORY[0], number=FROM_MEMORY[1]).first()
    Provision.objects.filter(pk=law.pk).update(verified=False)
    factories.charge(case, provision=law)
    return lambda _actor: Provision.objects.filter(pk=law.pk).update(verified=True)


def charge_without_survivor(case):
    charge = factories.charge(case)
    survivors = [factories.involvement(case)]
    return lambda actor: name_survivors(charge, version=1, survivors=survivors, actor=actor)


def perhaps_under_18(case):
    who = factories.charge(case).suspect.perpetrator
    changed(Perpetrator, who, born_year=2009)
    return lambda actor: describe_perpetrator(who, version=who.version, born_year=2008, actor=actor)


def charged_twice(case):
    first = factories.charge(case)
    second = factories.charge(case, suspect=first.suspect, offence_on=date(2026, 2, 1))
    facts = {"decided_on": date(2026, 9, 1), "attribution": "own"}
    ends = [(second, "withdrawn")]
    return lambda actor: record_judgment(second.prosecution, decisions=ends, actor=actor, **facts)


def docket_twice(case):
    factories.prosecution(case, docket="SC 12/2026")
    twin = factories.prosecution(case, docket="SC 12/2026")
    return corrected(twin, docket="SC 13/2026")


def next_sunday():
    today = timezone.localdate()
    return today + timedelta(days=6 - today.weekday() or 7)


def listed(day):
    def make(case):
        hearing = factories.hearing(case, listed_on=day())
        good = next_sunday() + timedelta(days=2)
        if is_holiday("IN", good):
            good += timedelta(days=1)
        facts = {"version": 1, "listed_on": good, "purpose": hearing.purpose}
        return lambda actor: move_hearing(hearing, actor=actor, **facts)

    return make


def next_holiday():
    return date(timezone.localdate().year + 1, 8, 15)


def hearing_before_offence(case):
    charge = factories.charge(case, offence_on=date(2026, 5, 3), filed_on=date(2026, 5, 8))
    factories.hearing(prosecution=charge.prosecution, listed_on=date(2026, 5, 2))
    return corrected(charge, offence_on=date(2026, 5, 2))


def adjourned_for_other(case):
    of = factories.prosecution(case)
    rows = [
        factories.hearing(
            prosecution=of,
            listed_on=date(2026, 5, day),
            result="adjourned",
            adjourned_for="other",
        )
        for day in (4, 5, 6)
    ]
    facts = {"version": 1, "result": "adjourned", "adjourned_for": "judge_absent"}
    return lambda actor: correct_result(rows[1], actor=actor, **facts)


def arrest_before_case(case):
    changed(Case, case, opened_on=date(2026, 3, 11))
    case.opened_on = date(2026, 3, 11)
    arrest = factories.arrest(case)
    facts = {"version": 1, "arrested_on": date(2026, 3, 11), "attribution": arrest.attribution}
    return lambda actor: correct_arrest(arrest, actor=actor, **facts)


def custody_past_limit(case):
    held = factories.custody(case, charge_by=date(2026, 5, 11))
    facts = {"ended_on": date(2026, 5, 11), "ended": "default_bail"}
    return lambda actor: end_custody(held, actor=actor, **facts)


def judgment_without_hearing(case):
    judgment = factories.judgment(case)
    factories.hearing(prosecution=judgment.prosecution, listed_on=date(2026, 9, 2), result="held")
    return corrected(judgment, decided_on=date(2026, 9, 2))


def conviction_on_plea_without_plea(case):
    charge = factories.decision(case, disposition="convicted_plea").charge
    return corrected(charge, plea="guilty", pleaded_on=charge.filed_on)


def conviction_without_sentence(case):
    end = factories.decision(case)
    who = end.charge.suspect
    return lambda actor: record_sentence(end.judgment, suspect=who, months=12, actor=actor)


def sentenced(months, good):
    def make(case):
        """Under ITPA 5: three to seven years."""
        charge = factories.charge(case, provision=factories.provision("5"))
        judgment = factories.decision(charge=charge).judgment
        row = Sentence.objects.create(
            case=case, judgment=judgment, suspect=charge.suspect, months=months
        )
        return corrected(row, months=good)

    return make


def charge_generic(case):
    charge = factories.charge(case, provision=factories.provision("20", "BLSA"))
    return corrected(charge, provision=factories.provision("16", "BLSA"))


def merged(kept, other):
    """Two records found to be one person."""
    changed(Perpetrator, other.perpetrator, merged_into=kept.perpetrator)


def suspect_twice(case):
    kept, other = factories.suspect(case), factories.suspect(case)
    merged(kept, other)
    return lambda _actor: changed(Perpetrator, other.perpetrator, merged_into=None)


def defendant_twice(case):
    first = factories.charge(case)
    second = factories.charge(prosecution=first.prosecution)
    merged(first.suspect, second.suspect)
    law = factories.provision("6")
    return corrected(second, suspect=first.suspect, provision=law)


def open_after_death(case):
    who = factories.charge(case).suspect
    factories.custody(suspect=who, ended_on=date(2026, 5, 9), ended="died", charge_by=None)
    return lambda actor: record_death(who, version=1, died_on=date(2026, 5, 9), actor=actor)


def dead_elsewhere(case):
    """The same person in another case of this reader, where the death is known."""
    who, lawyer = factories.suspect(case), Assignment.objects.get(case=case).user
    there = factories.suspect(factories.assignment(user=lawyer).case, perpetrator=who.perpetrator)
    changed(Suspect, there, died_on=date(2026, 5, 9))
    return lambda actor: record_death(who, version=1, died_on=date(2026, 5, 9), actor=actor)


def bail_without_conditions(case):
    free = factories.custody(case, ended_on=date(2026, 5, 9), ended="bail")
    return corrected(free, bail_conditions=["none"])


def time_running_out(case):
    """Neither in a complaint nor charged; the time of the shortest limit ends in 90 days."""
    today = case.jurisdiction.today
    who, rescue = factories.suspect(case), factories.rescue(case)
    changed(Rescue, rescue, occurred_on=years_after(today + timedelta(days=90), -1))
    place = case.jurisdiction
    facts = {"number": "9/2026", "filed_on": today, "jurisdiction": place, "suspects": [who]}
    return lambda actor: record_complaint(case, actor=actor, **facts)


WAYS = {
    "charge_generic": charge_generic,
    "suspect_twice": suspect_twice,
    "defendant_twice": defendant_twice,
    "open_after_death": open_after_death,
    "dead_elsewhere": dead_elsewhere,
    "bail_without_conditions": bail_without_conditions,
    "time_running_out": time_running_out,
    "out_of_time": out_of_time,
    "offence_long_before_complaint": offence_long_before_complaint,
    "provision_from_memory": provision_from_memory,
    "charge_without_survivor": charge_without_survivor,
    "perhaps_under_18": perhaps_under_18,
    "charged_twice": charged_twice,
    "docket_twice": docket_twice,
    "hearing_on_rest_day": listed(next_sunday),
    "hearing_on_holiday": listed(next_holiday),
    "hearing_far_ahead": listed(lambda: timezone.localdate() + timedelta(days=500)),
    "hearing_before_offence": hearing_before_offence,
    "adjourned_for_other": adjourned_for_other,
    "arrest_before_case": arrest_before_case,
    "custody_past_limit": custody_past_limit,
    "judgment_without_hearing": judgment_without_hearing,
    "conviction_on_plea_without_plea": conviction_on_plea_without_plea,
    "conviction_without_sentence": conviction_without_sentence,
    "sentence_below_minimum": sentenced(35, 36),
    "sentence_above_maximum": sentenced(85, 84),
}


def test_every_check_is_tested():
    assert WAYS.keys() == CHECKS.keys()


@pytest.mark.parametrize("code", WAYS)
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
    assert limitation_of("IN", factories.provision("4"))["years"] == 3
    assert limitation_of("IN", factories.provision("6")) is None, "punished too severely"
    assert limitation_of("KH", factories.provision("4")) is None
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
    if not is_holiday("IN", sunday + timedelta(days=1)):
        gone = page.post(f"/hearings/{hearing.pk}/move/", moved)
        assert gone["Location"] == f"/cases/{case.pk}/#court"
    words = said(page.get(answer["Location"]))
    assert "Saved. Please check:" not in words
    assert "when courts do not sit" not in words


def test_the_case_page_and_the_interface_list_them(page, api, case, lawyer, said, office):
    factories.decision(case)
    shown = page.get(f"/cases/{case.pk}/")
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
