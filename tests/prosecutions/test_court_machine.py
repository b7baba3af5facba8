"""In whatever order: no verdict without a charge, no sentence without a conviction."""

from __future__ import annotations

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from core.services import Refused
from prosecutions.docket import read_docket
from prosecutions.enums import Disposition
from prosecutions.models import (
    Appeal,
    Charge,
    ChargeDecision,
    Hearing,
    Judgment,
    Prosecution,
    Provision,
    Sentence,
    Suspect,
)
from prosecutions.services import courts
from prosecutions.services.arrests import record_arrest
from prosecutions.services.charges import (
    amend_charge,
    file_charge,
    frame_charges,
    record_plea,
    revive_charges,
)
from prosecutions.services.complaints import record_complaint
from prosecutions.services.hearings import list_hearing, move_hearing, record_hearing
from tests import factories
from tests.prosecutions.expected import ASLEEP, Expected
from tests.prosecutions.putting_right import (
    DAYS,
    LAWS,
    OFFENCES,
    PuttingRight,
    day,
    law,
    may_name,
    one,
)
from tests.whole import WHOLE, examples

pytestmark = [pytest.mark.django_db, pytest.mark.nightly]
FEW = settings(
    max_examples=examples(25),
    stateful_step_count=30 if WHOLE else 15,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.generate,),  # to make a failure smaller takes minutes
)
ends = st.sampled_from(Disposition.values)
REASONS = ("reserved", "stayed", "to_be_told", "finished")
appellants = st.sampled_from(["accused", "prosecution"])


class Courtroom(Expected, PuttingRight, RuleBasedStateMachine):
    """Two suspects before two courts. `charges` is what we expect, in our own words."""

    def __init__(self):
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        office = factories.office()
        self.lawyer = factories.user("legal_officer", office)
        self.case = factories.case(office)
        factories.assignment(self.case, self.lawyer)
        self.suspects = [factories.suspect(self.case) for _ in range(2)]
        self.courts = [factories.prosecution(self.case, filed_on=DAYS[0]) for _ in range(2)]
        self.laws = {name: Provision.objects.get(statute=name[0], number=name[1]) for name in LAWS}
        self.charges = {}  # pk: who, court, first, and how it ended
        self.arrested, self.accused = set(), set()
        self.died = {}  # who, and when
        self.judged, self.numbers = 0, {}
        self.said = {}  # by hearing: court, day, number, the reason for no next date

    def teardown(self):
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    def attempt(self, act):
        """What is refused changes nothing."""
        try:
            with transaction.atomic():
                return act()
        except Refused:
            return None

    def pick(self, model, number):
        rows = list(model.objects.order_by("created_at", "pk"))
        return rows[number % len(rows)] if rows else None

    # What can be recorded

    @rule(who=one, court=one, which=law, offence=st.sampled_from(OFFENCES), on=day)
    def file(self, who, court, which, offence, on):
        suspect, court = self.suspects[who % 2], self.courts[court % 2]
        facts = {"offence_on": offence, "filed_on": on, "actor": self.lawyer}
        made = self.attempt(
            lambda: file_charge(court, suspect=suspect, provision=self.laws[which], **facts)
        )
        if made:
            assert may_name(which, offence)
            assert on <= self.died.get(suspect.pk, on), "the dead are charged"
            self.charges[made.pk] = {
                "who": suspect.pk,
                "court": court.pk,
                "law": which,
                "final": None,
                "offence": offence,
                "filed": on,
                "framed": None,
                "pleaded": False,
                "first": None,
                "ends": {},  # by the number of the judgment: day, number, end
                "lifted": {},
                "before": {},  # what an order of a new trial set aside
            }

    @precondition(lambda self: self.charges)
    @rule(number=one, on=day)
    def frame(self, number, on):
        charge = self.pick(Charge, number)
        known = self.charges[charge.pk]
        done = self.attempt(
            lambda: frame_charges(
                charge.prosecution, framed_on=on, charges=[charge], actor=self.lawyer
            )
        )
        assert (done is not None) == (
            not known["framed"] and not known["first"] and on >= known["filed"]
        )
        if done:
            known["framed"] = on

    @precondition(lambda self: self.charges)
    @rule(
        number=one,
        on=day,
        plea=st.sampled_from(["guilty", "not_guilty", "no_plea"]),
        lesser=st.none() | law,
    )
    def plead(self, number, on, plea, lesser):
        charge = self.pick(Charge, number)
        done = self.attempt(
            lambda: record_plea(
                charge,
                version=charge.version,
                plea=plea,
                pleaded_on=on,
                lesser=lesser and self.laws[lesser],
                actor=self.lawyer,
            )
        )
        if done:
            self.changed(charge, on, lesser)
            self.charges[charge.pk]["pleaded"] = True
            assert plea == "guilty" or not lesser

    @precondition(lambda self: self.charges)
    @rule(number=one, on=day, which=law)
    def amend(self, number, on, which):
        charge = self.pick(Charge, number)
        facts = {"version": charge.version, "amended_on": on, "actor": self.lawyer}
        if self.attempt(lambda: amend_charge(charge, provision=self.laws[which], **facts)):
            self.changed(charge, on, which)

    def changed(self, charge, on, which):
        known = self.charges[charge.pk]
        assert not known["first"], "a plea or a change after the decision of first instance"
        assert on >= known["filed"]
        assert which is None or may_name(which, charge.offence_on)
        known["final"] = which or known["final"]

    @precondition(lambda self: self.charges)
    @rule(numbers=st.lists(one, min_size=1, max_size=3), end=ends, on=day, appeal=st.none() | one)
    def judge(self, numbers, end, on, appeal):
        charges = list({c.pk: c for c in (self.pick(Charge, n) for n in numbers)}.values())
        appeal = None if appeal is None else self.pick(Appeal, appeal)
        court = appeal.judgment.prosecution if appeal else charges[0].prosecution
        facts = {"decided_on": on, "attribution": "own", "actor": self.lawyer, "appeal": appeal}
        decisions = [(charge, end, "own word") for charge in charges]
        all_of = 0
        if appeal:
            stand = appeal.judgment.decisions.filter(lifted_on=None)
            of = {"charge__suspect": appeal.suspect_id} if appeal.suspect_id else {}
            all_of = stand.filter(**of).count()
        made = self.attempt(lambda: courts.record_judgment(court, decisions=decisions, **facts))
        if not made:
            return
        self.judged += 1
        self.numbers[made.pk] = self.judged
        for charge in charges:
            known = self.charges[charge.pk]
            assert known["court"] == court.pk
            assert on >= known["filed"], "a verdict before the charge"
            assert bool(appeal) == bool(known["first"]), "first instance decides once, and first"
            if appeal:
                assert appeal.suspect_id in (None, known["who"]), "the appeal of somebody else"
                assert len(charges) == all_of, "an appeal decides all it is about"
                assert end not in ASLEEP, "an appeal that sleeps is not decided"
            elif known["lifted"]:
                assert on >= max(known["lifted"].values()), "a trial ends before it was ordered"
            if end == "remanded":
                assert appeal, "a new trial is ordered on appeal"
                known["before"][self.judged] = known["first"], known["ends"]
                known |= {"first": None, "ends": {}}
                known["lifted"][self.judged] = on
                self.charges[charge.pk] = known
                continue
            known["first"] = known["first"] or end
            known["ends"][self.judged] = (on, self.judged, end)

    @precondition(lambda self: ChargeDecision.objects.exists())
    @rule(number=one, who=st.none() | one)
    def sentence(self, number, who):
        """Of whoever was judged, however it ended, or of anybody."""
        decision = self.pick(ChargeDecision, number)
        judgment, judged = decision.judgment, decision.charge.suspect
        suspect = judged if who is None else self.suspects[who % 2]
        stand = judgment.decisions.filter(lifted_on=None, charge__suspect=suspect)
        guilty = stand.filter(disposition__in=["convicted_trial", "convicted_plea"]).exists()
        may = guilty and not Sentence.objects.filter(judgment=judgment, suspect=suspect).exists()
        facts = {"suspect": suspect, "months": 12, "actor": self.lawyer}
        done = self.attempt(lambda: courts.record_sentence(judgment, **facts))
        assert bool(done) == may, "a sentence without a conviction, or a second one"

    @precondition(lambda self: Judgment.objects.exists())
    @rule(judgment=one, on=day, by=appellants, who=st.none() | one)
    def appeal(self, judgment, on, by, who):
        judgment = self.pick(Judgment, judgment)
        suspect = who if who is None else self.suspects[who % 2]
        stand = judgment.decisions.filter(lifted_on=None)
        twins = Appeal.objects.filter(judgment=judgment, appellant=by, withdrawn_on=None)
        if suspect:
            stand = stand.filter(charge__suspect=suspect)
            twins = [twin for twin in twins if twin.suspect_id in (None, suspect.pk)]
        may = on >= judgment.decided_on and stand.exists() and not twins
        facts = {"filed_on": on, "appellant": by, "suspect": suspect, "actor": self.lawyer}
        assert (self.attempt(lambda: courts.file_appeal(judgment, **facts)) is not None) == may

    @precondition(lambda self: self.charges)
    @rule(number=one, on=day)
    def revive(self, number, on):
        charge = self.pick(Charge, number)
        known, court = self.charges[charge.pk], charge.prosecution
        facts = {"charges": [charge], "revived_on": on, "actor": self.lawyer}
        done = self.attempt(lambda: revive_charges(court, **facts))
        assert (done is not None) == (self.sleeps(known) and on >= self.last(known)[0])
        if done:
            self.wake(known, on)
            self.charges[charge.pk] = known

    @precondition(lambda self: Appeal.objects.exists())
    @rule(appeal=one, on=day)
    def withdraw(self, appeal, on):
        appeal = self.pick(Appeal, appeal)
        self.attempt(lambda: courts.withdraw_appeal(appeal, withdrawn_on=on, actor=self.lawyer))

    @rule(court=one, on=day, purpose=st.sampled_from(["evidence", "sentence"]))
    def list_one(self, court, on, purpose):
        court = self.courts[court % 2]
        may = self.is_open(court.pk) or (purpose == "sentence" and self.awaited(court.pk))
        facts = {"listed_on": on, "purpose": purpose, "actor": self.lawyer}
        twins = court.hearings.exclude(result="vacated").filter(listed_on=on, purpose=purpose)
        may = bool(may) and not twins.exists()
        done = self.attempt(lambda: list_hearing(court, **facts))
        assert bool(done) == may, "a hearing after the final judgment"

    @precondition(lambda self: Hearing.objects.exists())
    @rule(number=one, on=day)
    def move(self, number, on):
        hearing = self.pick(Hearing, number)
        before = self.is_open(hearing.prosecution_id) and not hearing.result
        facts = {"version": hearing.version, "listed_on": on, "purpose": "witness"}
        if self.attempt(lambda: move_hearing(hearing, actor=self.lawyer, **facts)):
            assert before, "a hearing after the final judgment"

    @precondition(lambda self: Hearing.objects.filter(result="").exists())
    @rule(number=one, on=st.none() | day, why=st.sampled_from(REASONS))
    def hear(self, number, on, why):
        rows = list(Hearing.objects.filter(result="").order_by("created_at"))
        hearing = rows[number % len(rows)]
        before, listed = self.is_open(hearing.prosecution_id), Hearing.objects.count()
        before = before or (hearing.purpose == "sentence" and self.awaited(hearing.prosecution_id))
        facts = {"next_on": on} if on else {"no_next_date": why}
        done = self.attempt(
            lambda: record_hearing(hearing, result="held", actor=self.lawyer, **facts)
        )
        if done:
            court = hearing.prosecution_id
            order = (hearing.listed_on, hearing.created_at)
            self.said[hearing.pk] = (court, order, "" if on else why)
        assert before or Hearing.objects.count() == listed, "a hearing after the final judgment"

    @rule(who=one, on=day)
    def arrest(self, who, on):
        suspect = self.suspects[who % 2]
        if self.attempt(lambda: record_arrest(suspect, arrested_on=on, actor=self.lawyer)):
            assert on <= self.died.get(suspect.pk, on), "the dead are arrested"
            self.arrested.add(suspect.pk)

    @rule(who=one)
    def complain(self, who):
        suspect = self.suspects[who % 2]
        facts = {"number": "1/2026", "filed_on": DAYS[0], "jurisdiction": self.case.jurisdiction}
        record_complaint(self.case, suspects=[suspect], actor=self.lawyer, **facts)
        self.accused.add(suspect.pk)

    # Always

    @invariant()
    def every_law_was_in_force_on_the_day_of_its_offence(self):
        for charge in Charge.objects.select_related("provision", "final_provision"):
            known = self.charges[charge.pk]
            assert charge.provision == self.laws[known["law"]], "what it was filed under is kept"
            for named in filter(None, (charge.provision, charge.final_provision)):
                assert may_name((named.statute, named.number), charge.offence_on)

    @invariant()
    def every_verdict_rests_on_a_charge_and_nothing_of_it_is_later(self):
        stand = ChargeDecision.objects.filter(judgment__instance="first", lifted_on=None)
        first = stand.select_related("charge", "judgment")
        assert len({row.charge_id for row in first}) == len(first), "decided once"
        for row in first:
            assert row.charge.prosecution_id == row.judgment.prosecution_id
            steps = (row.charge.filed_on, row.charge.framed_on)
            steps += (row.charge.pleaded_on, row.charge.amended_on)
            assert all(step <= row.judgment.decided_on for step in steps if step)

    @invariant()
    def nothing_is_heard_or_listed_after_the_final_judgment(self):
        """But on the sentence of somebody whose conviction holds."""
        for court in self.courts:
            if not self.is_open(court.pk):
                true = ChargeDecision.objects.exclude(lifted_for="error").values("judgment")
                days = list(
                    court.judgments.filter(pk__in=true).values_list("decided_on", flat=True)
                )
                over = Appeal.objects.filter(judgment__prosecution=court, judgment__in=true)
                days += over.exclude(withdrawn_on=None).values_list("withdrawn_on", flat=True)
                left = court.hearings.exclude(result="vacated").filter(listed_on__gt=max(days))
                if self.guilty(court.pk):
                    left = left.exclude(purpose__in=["sentence", "compensation"])
                assert not left.exists(), "a hearing is still listed, or was held"

    @rule()
    def nothing_falls_out_of_the_docket(self):
        """Every charge that is not decided for good can be reached from it."""
        rows = read_docket(actor=self.lawyer)["rows"]
        shown, asleep = set(), set()
        for row in rows:
            (asleep if row["group"] == "asleep" else shown).add(row["prosecution"])
        assert {c["court"] for c in self.charges.values() if not c["first"]} <= shown
        assert {court.pk for court in self.courts if self.awaited(court.pk)} <= shown
        aside = [c for c in self.charges.values() if self.sleeps(c) or self.handed_over(c)]
        assert {c["court"] for c in aside} == asleep
        waiting = Appeal.objects.filter(withdrawn_on=None, outcome=None)
        assert set(waiting.values_list("judgment__prosecution", flat=True)) <= shown
        for row in rows:
            if row["noun"] == "prosecutions" and row["group"] != "asleep":
                assert row["group"] == self.group(row["prosecution"])

    def group(self, court):
        """All days lie in the past: what is listed is overdue."""
        if Hearing.objects.filter(prosecution=court, result="").exists():
            return "overdue"
        waits = self.reason(court) == "reserved" or not self.is_open(court)
        return "waiting" if waits else "no-date"

    @invariant()
    def what_is_undecided_counts_each_charge_once(self):
        ours = {pk for pk, known in self.charges.items() if not known["first"]}
        assert sorted(Charge.objects.undecided().values_list("pk", flat=True)) == sorted(ours)
        last = Charge.objects.undecided_on(DAYS[-1]).values_list("pk", flat=True)
        assert sorted(last) == sorted(ours), "what reports count as pending"
        opened = {pk for court in self.courts if self.is_open(pk := court.pk)}
        assert set(Prosecution.objects.open().values_list("pk", flat=True)) == opened

    @invariant()
    def the_status_of_a_suspect_follows_from_the_record(self):
        derived = dict(Suspect.objects.with_status().values_list("pk", "status"))
        assert derived == {row.pk: self.status_of(row.pk) for row in self.suspects}


def test_whatever_the_order_of_legal_steps():
    run_state_machine_as_test(Courtroom, settings=FEW)
