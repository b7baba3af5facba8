"""The clock of a presumed custody says what the facts say, whoever writes what, in any order."""

from __future__ import annotations

import contextlib
import random
from datetime import timedelta

import pytest
from django.db import transaction

from core.context import acting_as
from core.services import Refused
from prosecutions.corrections.services.striking import strike
from prosecutions.models import Arrest, Custody, CustodyClock, Suspect
from prosecutions.services.arrests import correct_arrest, record_arrest, release_arrested
from prosecutions.services.custody import begin_custody, end_custody
from prosecutions.services.deaths import record_death
from tests import factories
from tests.casework.test_sealing_races import elsewhere
from tests.prosecutions.test_custody_clock import HOUR, arrested, at_hour, clocks


def said_by_the_facts(case):
    """Until when somebody of a case is presumed to be held, told apart from triggers and rows."""
    found = set()
    for arrest in Arrest.objects.filter(case=case).select_related("suspect"):
        told = [
            row
            for row in Custody.objects.filter(suspect=arrest.suspect)
            if row.since >= arrest.arrested_on
            or row.ended_on is None
            or row.ended_on > arrest.arrested_on
        ]
        if arrest.presumed_until and not told and not arrest.suspect.died_on:
            found.add(arrest.presumed_until)
    return found


class Night:
    """Somebody who records, puts right and strikes, in any order, of three suspects of a case."""

    def __init__(self, case, actor, seed):
        self.case, self.actor, self.chance = case, actor, random.Random(seed)
        self.suspects = [factories.suspect(case) for _one in range(3)]
        self.today = case.jurisdiction.today

    def some(self, model, **those):
        rows = list(model.objects.filter(case=self.case, **those).order_by("pk"))
        if not rows:
            raise Refused("There is nothing to do it to.")
        return self.chance.choice(rows)

    def arrest(self):
        ago = self.chance.choice([1, 3, 20, 30, 50]) * HOUR
        arrested(self.case, self.actor, ago=ago, suspect=self.chance.choice(self.suspects))

    def correct(self):
        row, facts = self.some(Arrest), at_hour(self.case, self.chance.choice([1, 2, 26]) * HOUR)
        facts |= {"attribution": row.attribution, "version": row.version}
        correct_arrest(row, actor=self.actor, **facts)

    def hold(self):
        day = self.today - timedelta(days=self.chance.randrange(3))
        begin_custody(self.chance.choice(self.suspects), since=day, actor=self.actor)

    def let_go(self):
        held = self.some(Custody, ended_on=None)
        end_custody(held, ended_on=self.today, ended="bail", actor=self.actor)

    def release(self):
        release_arrested(self.some(Arrest), ended_on=self.today, ended="other", actor=self.actor)

    def strike(self):
        row = self.some(self.chance.choice([Arrest, Custody]))
        strike(row, version=row.version, reason="typing", actor=self.actor)

    def die(self):
        row = self.some(Suspect)
        day = None if row.died_on else self.today
        record_death(row, version=row.version, died_on=day, actor=self.actor)

    def step(self):
        steps = [self.arrest, self.arrest, self.correct, self.hold, self.let_go]
        steps += [self.release, self.strike, self.strike, self.die]
        with contextlib.suppress(Refused), transaction.atomic():
            self.chance.choice(steps)()


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(12))
@pytest.mark.by_turns(5)
def test_the_clock_says_what_the_facts_say(case, lawyer, seed):
    night, beside = Night(case, lawyer, seed), factories.courts.custody_clock()
    for _step in range(25):
        night.step()
        assert {row.court_by for row in clocks(case)} == said_by_the_facts(case)
    assert CustodyClock.objects.filter(pk=beside.pk).exists(), "belongs to another case"


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("real_rows")
def test_two_who_write_at_once_leave_it_right():
    """One strikes an arrest while another records a second one of the same hour."""
    seat = factories.assignment(user=factories.user("legal_officer"))
    case, lawyer = seat.case, seat.user
    first, second = arrested(case, lawyer), factories.suspect(case)
    hour = {"arrested_on": first.arrested_on, "arrested_at": first.arrested_at}

    def record():
        with acting_as(lawyer.pk):
            record_arrest(second, actor=lawyer, **hour)

    with transaction.atomic():
        strike(first, version=first.version, reason="typing", actor=lawyer)
        done = elsewhere(record)
        done.wait(0.5)
    assert done.wait(20)
    assert {row.court_by for row in clocks(case)} == said_by_the_facts(case)
    assert len(clocks(case)) == 1
