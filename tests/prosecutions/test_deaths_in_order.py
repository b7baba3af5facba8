"""A death and what else is on record agree, whichever came first, and however it is put right."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.services import Refused
from prosecutions.corrections.services.records import correct_record
from prosecutions.models import Prosecution, Suspect
from prosecutions.services.courts import record_judgment
from prosecutions.services.custody import begin_custody, correct_custody, end_custody
from prosecutions.services.deaths import record_death
from tests import factories

pytestmark = pytest.mark.django_db
MAY, DIED, LATE = date(2026, 5, 1), date(2026, 6, 3), date(2026, 6, 9)


@pytest.fixture
def suspect(case):
    return factories.suspect(case)


@pytest.fixture
def dies(lawyer):
    def dies(suspect, died_on=DIED, **facts):
        suspect.refresh_from_db()
        facts |= {"version": suspect.version, "died_on": died_on}
        return record_death(suspect, actor=lawyer, **facts)

    return dies


@pytest.fixture
def correct(lawyer):
    def correct(row, **changes):
        row.refresh_from_db()
        facts = {"version": row.version, "reason": "paper", "actor": lawyer}
        return correct_record(row, **facts, **changes)

    return correct


def refused(field):
    return pytest.raises(Refused, check=lambda refusal: refusal.field == field)


def died_on(suspect):
    return Suspect.objects.get(pk=suspect.pk).died_on


def ends(charge):
    rows = charge.decisions.exclude(lifted_for="error")
    return list(rows.values_list("disposition", "judgment__decided_on"))


def judge(charge, end, day, actor):
    facts = {"decided_on": day, "attribution": "own", "decisions": [(charge, end)]}
    return record_judgment(charge.prosecution, actor=actor, **facts)


# In custody


def test_a_death_that_ends_custody_is_the_death(suspect, lawyer):
    charge = factories.charge(suspect.case, suspect=suspect)
    convicted = factories.charge(suspect.case, suspect=suspect)
    factories.decision(charge=convicted, decided_on=MAY)
    held = begin_custody(suspect, since=MAY, actor=lawyer)
    end_custody(held, ended_on=DIED, ended="died", actor=lawyer)
    assert died_on(suspect) == DIED
    assert ends(charge) == [("abated", DIED)]
    assert not Prosecution.objects.on_docket().exists(), "and no sentence is awaited"
    with pytest.raises(Refused, match="died on 3 Jun 2026"):
        begin_custody(suspect, since=LATE, actor=lawyer)


def test_where_the_court_sat_on_the_death_itself_is_recorded(suspect, lawyer, dies):
    charge = factories.charge(suspect.case, suspect=suspect)
    factories.hearing(prosecution=charge.prosecution, listed_on=LATE, result="held")
    held = begin_custody(suspect, since=MAY, actor=lawyer)
    with refused("ended"):
        end_custody(held, ended_on=DIED, ended="died", actor=lawyer)
    held.refresh_from_db()
    assert (held.ended, died_on(suspect)) == ("", None)
    suspect.arrests.create(case=suspect.case, arrested_on=LATE)
    with refused("ended_on"):
        end_custody(held, ended_on=DIED, ended="died", actor=lawyer)
    suspect.arrests.all().delete()
    dies(suspect, abated_on=LATE)
    held.refresh_from_db()
    assert (held.ended, held.ended_on) == ("died", DIED)


def test_a_death_taken_back_lets_custody_go_on(suspect, lawyer, dies):
    held = begin_custody(suspect, since=MAY, actor=lawyer)
    end_custody(held, ended_on=DIED, ended="died", actor=lawyer)
    dies(suspect, LATE)
    held.refresh_from_db()
    assert (held.ended, held.ended_on) == ("died", LATE), "it follows the day"
    dies(suspect, None)
    held.refresh_from_db()
    assert (held.ended, held.ended_on) == ("", None)
    assert Suspect.objects.with_status().get(pk=suspect.pk).status != "died"


def test_a_custody_is_not_corrected_past_the_death(suspect, lawyer, dies, correct):
    held = begin_custody(suspect, since=MAY, actor=lawyer)
    end_custody(held, ended_on=DIED, ended="other", actor=lawyer)
    with pytest.raises(Refused, match="Record or correct the death"):
        correct(held, ended="died")
    dies(suspect)
    for changes in ({"ended": "", "ended_on": None}, {"ended_on": LATE}):
        with pytest.raises(Refused, match="died on 3 Jun 2026"):
            correct(held, **changes)
    assert correct(held, ended="died").ended == "died"
    with pytest.raises(Refused, match="died on 3 Jun 2026"):
        correct_custody(held, version=3, since=LATE, actor=lawyer)
    with pytest.raises(Refused, match="Record or correct the death"):
        correct(held, ended_on=DIED - timedelta(days=1))


def test_nobody_leaves_custody_after_their_death(suspect, lawyer):
    held = factories.custody(suspect=suspect, since=MAY)
    Suspect.objects.filter(pk=suspect.pk).update(died_on=DIED)
    with pytest.raises(Refused, match="died on 3 Jun 2026"):
        end_custody(held, ended_on=LATE, ended="bail", actor=lawyer)


def test_nobody_dies_before_the_day_in_court(suspect, dies):
    factories.custody(suspect=suspect, since=MAY, in_court_on=LATE)
    with refused("died_on"):
        dies(suspect)


# Before a court


def test_the_dead_are_neither_convicted_nor_acquitted(suspect, lawyer, dies, correct):
    charge = factories.charge(suspect.case, suspect=suspect)
    late = factories.charge(suspect.case, suspect=suspect, filed_on=date(2026, 4, 2))
    dies(suspect)
    for row in (charge, late):
        row.decisions.update(lifted_on=DIED, lifted_for="error")
    for end in ("convicted_trial", "convicted_plea", "acquitted"):
        with refused("decided_on"):
            judge(charge, end, LATE, lawyer)
    judge(late, "dismissed", LATE, lawyer)
    verdict = judge(charge, "acquitted", DIED, lawyer)
    with refused("decided_on"):
        correct(verdict, decided_on=LATE)


def test_a_death_lies_not_before_a_verdict_nor_after_an_abatement(suspect, lawyer, dies, correct):
    charge = factories.charge(suspect.case, suspect=suspect)
    verdict = factories.decision(charge=charge, disposition="acquitted", decided_on=LATE)
    with refused("died_on"):
        dies(suspect)
    type(verdict).objects.update(lifted_on=LATE, lifted_for="error")
    dies(suspect)
    with refused("died_on"):
        dies(suspect, LATE)
    abated = charge.decisions.get(disposition="abated").judgment
    correct(abated, decided_on=LATE)
    dies(suspect, LATE)
    assert (died_on(suspect), ends(charge)) == (LATE, [("abated", LATE)])


def test_a_charge_that_abated_for_another_reason_is_no_death(suspect, dies):
    charge = factories.charge(suspect.case, suspect=suspect)
    factories.decision(charge=charge, disposition="abated", decided_on=MAY)
    dies(suspect)
    assert (dies(suspect, LATE).died_on, ends(charge)) == (LATE, [("abated", MAY)])


def test_a_charge_does_not_abate_before_it_was_filed(suspect, dies):
    factories.charge(suspect.case, suspect=suspect, filed_on=LATE)
    with refused("abated_on"):
        dies(suspect)


def test_no_charge_is_corrected_onto_the_dead(suspect, dies, correct):
    charge = factories.charge(suspect.case, filed_on=MAY)
    dies(suspect)
    with pytest.raises(Refused, match="died on 3 Jun 2026"):
        correct(charge, suspect=suspect, filed_on=LATE)
    assert correct(charge, suspect=suspect).suspect == suspect
    with pytest.raises(Refused, match="died on 3 Jun 2026"):
        correct(charge, filed_on=LATE)
    assert correct(charge, offence_on=date(2026, 3, 9)).filed_on == MAY
