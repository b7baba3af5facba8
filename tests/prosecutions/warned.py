"""What each warning is about, made, with the deed that puts it right."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from casework.models import Assignment, Case, Rescue
from places.court_days import court_day_from
from prosecutions.corrections.services.records import correct_record
from prosecutions.limitation import years_after
from prosecutions.models import (
    Perpetrator,
    Provision,
    Sentence,
    Suspect,
)
from prosecutions.services.arrests import correct_arrest
from prosecutions.services.charges import name_survivors
from prosecutions.services.complaints import record_complaint
from prosecutions.services.courts import record_judgment, record_sentence
from prosecutions.services.custody import end_custody
from prosecutions.services.deaths import record_death
from prosecutions.services.hearings import correct_result, move_hearing
from prosecutions.services.perpetrators import describe_perpetrator
from tests import factories

FROM_MEMORY = ("POCSO", "4")


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
        good = court_day_from(case.jurisdiction, good)
        facts = {"version": 1, "listed_on": good, "purpose": hearing.purpose}
        return lambda actor: move_hearing(hearing, actor=actor, **facts)

    return make


def hearing_in_vacation(case):
    """Until the hearing is moved out of the vacation."""
    put_right = court_day_from(case.jurisdiction, timezone.localdate() + timedelta(days=40))
    away = court_day_from(case.jurisdiction, timezone.localdate() + timedelta(days=20))
    days = {"starts_on": str(away), "ends_on": str(away), "occasion": "Invented vacation"}
    court = factories.agency(kind="court", jurisdiction=case.jurisdiction, vacations=[days])
    of = factories.prosecution(case, court=court)
    hearing = factories.hearing(prosecution=of, listed_on=away)
    facts = {"version": 1, "listed_on": put_right, "purpose": hearing.purpose}
    return lambda actor: move_hearing(hearing, actor=actor, **facts)


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
    "hearing_in_vacation": hearing_in_vacation,
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
