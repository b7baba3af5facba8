"""What can be put right in the courtroom of the machine, and the days and laws it plays with."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from prosecutions.corrections.services.hearings import take_back_result
from prosecutions.corrections.services.records import correct_record, enter_in_error, take_off_list
from prosecutions.corrections.services.striking import strike
from prosecutions.models import Charge, Hearing, Judgment, Suspect
from prosecutions.services.deaths import record_death

# The laws that a charge may name here: what the day of the offence must lie between.
BORDER = date(2024, 7, 1)
LAWS = {
    ("IPC", "370(2)"): (date(2013, 2, 3), date(2024, 6, 30)),
    ("BNS", "143(2)"): (BORDER, date.max),
    ("ITPA", "4"): (date(1958, 5, 1), date.max),
    ("RA9208", "s.4"): None,  # of another country
}
OFFENCES = (date(2024, 6, 30), BORDER)
DAYS = tuple(date(2026, month, 1) for month in (4, 5, 6, 7))
law = st.sampled_from(sorted(LAWS))
day = st.sampled_from(DAYS)
one = st.integers(0, 7)


def may_name(which, offence):
    between = LAWS[which]
    return between is not None and between[0] <= offence <= between[1]


class PuttingRight:
    """Rules of `Courtroom`: records put right, struck, entered in error; deaths, and taken back."""

    def correct(self, row, **changes):
        return self.attempt(lambda: correct_record(row, **self.because(row), **changes))

    def because(self, row):
        return {"version": row.version, "reason": "typing", "actor": self.lawyer}

    def handed_over(self, known):
        """Given to another court, and not charged again elsewhere since: by law, or by day."""
        since, _number, end = self.last(known) or (None, None, "")
        return (
            end == "transferred"
            and known["who"] not in self.died
            and not any(
                (other["who"], other["filed"] >= since) == (known["who"], True)
                and (
                    other["offence"] == known["offence"]
                    or self.laws_of(other) & self.laws_of(known)
                )
                for other in self.charges.values()
                if other["court"] != known["court"]
            )
        )

    def laws_of(self, known):
        return {known["law"], known["final"]} - {None}

    @precondition(lambda self: self.charges)
    @rule(number=one, on=day, offence=st.sampled_from(OFFENCES))
    def put_right_a_charge(self, number, on, offence):
        charge = self.pick(Charge, number)
        known = self.charges[charge.pk]
        if self.correct(charge, filed_on=on, offence_on=offence):
            assert may_name(known["law"], offence)
            known |= {"filed": on, "offence": offence}
            self.charges[charge.pk] = known

    @precondition(lambda self: self.charges)
    @rule(number=one, who=one)
    def put_right_whom_it_charges(self, number, who):
        charge, suspect = self.pick(Charge, number), self.suspects[who % 2]
        known = self.charges[charge.pk]
        if self.correct(charge, suspect=suspect):
            assert not known["first"], "a verdict goes over to somebody else"
            assert not known["lifted"], "and so does what stood before"
            known["who"] = suspect.pk

    @precondition(lambda self: self.charges)
    @rule(number=one, on=st.none() | day)
    def put_right_its_framing(self, number, on):
        charge = self.pick(Charge, number)
        if self.correct(charge, framed_on=on):
            assert self.charges[charge.pk]["framed"]
            self.charges[charge.pk]["framed"] = on

    @precondition(lambda self: self.charges)
    @rule(number=one)
    def strike_a_charge(self, number):
        charge = self.pick(Charge, number)
        decided = charge.decisions.exclude(lifted_for="error").exists()
        self.attempt(lambda: strike(charge, **self.because(charge)))
        if not Charge.objects.filter(pk=charge.pk).exists():
            assert not decided, "a verdict without a charge"
            del self.charges[charge.pk]

    @precondition(lambda self: Judgment.objects.exists())
    @rule(number=one, on=day)
    def put_right_the_day_of_a_judgment(self, number, on):
        judgment = self.pick(Judgment, number)
        if not self.correct(judgment, decided_on=on):
            return
        number = self.numbers[judgment.pk]
        for known in self.charges.values():
            for ends in (known["ends"], *(kept for _first, kept in known["before"].values())):
                if number in ends:
                    ends[number] = (on, *ends[number][1:])
            if number in known["lifted"]:
                known["lifted"][number] = on

    @precondition(lambda self: Judgment.objects.exists())
    @rule(number=one, which=one)
    def err(self, number, which):
        judgment = self.pick(Judgment, number)
        ends = list(judgment.decisions.order_by("created_at", "pk"))
        charge, number = ends[which % len(ends)].charge, self.numbers[judgment.pk]
        facts = {"version": judgment.version, "reason": "person", "actor": self.lawyer}
        if not self.attempt(lambda: enter_in_error(judgment, charges=[charge], **facts)):
            return
        known = self.charges[charge.pk]
        if number in known["before"]:
            assert not known["first"], "the new trial has ended"
            known["first"], known["ends"] = known["before"].pop(number)
            del known["lifted"][number]
            return
        if known["lifted"].pop(("revived", number), None):  # it stood no more
            return
        known["ends"].pop(number, None)
        if judgment.instance == "first":
            known["first"] = None
            assert not known["ends"], "an appeal rests on it"

    # Hearings

    @precondition(lambda self: self.said)
    @rule(number=one, on=day, purpose=st.sampled_from(["evidence", "sentence"]))
    def put_right_a_hearing(self, number, on, purpose):
        hearing = self.pick(Hearing, number)
        if self.correct(hearing, listed_on=on, purpose=purpose):
            court, (_day, listed), why = self.said[hearing.pk]
            self.said[hearing.pk] = court, (on, listed), why

    @precondition(lambda self: self.said)
    @rule(number=one, away=st.booleans())
    def undo_a_hearing(self, number, away):
        """Its result is taken back, or it is struck: it was not heard."""
        hearing, verb = self.pick(Hearing, number), strike if away else take_back_result
        self.attempt(lambda: verb(hearing, **self.because(hearing)))
        if not Hearing.objects.filter(pk=hearing.pk, result="held").exists():
            self.said.pop(hearing.pk, None)

    @precondition(lambda self: Hearing.objects.filter(result="").exists())
    @rule(number=one)
    def take_off(self, number):
        hearing = self.pick(Hearing, number)
        if self.attempt(lambda: take_off_list(hearing, **self.because(hearing))):
            assert hearing.pk not in self.said, "what was heard was listed"

    # Deaths

    @rule(who=one, on=st.none() | day)
    def die(self, who, on):
        """Or live, where that was recorded in error."""
        suspect = Suspect.objects.get(pk=self.suspects[who % 2].pk)
        facts = {"version": suspect.version, "died_on": on, "actor": self.lawyer}
        done = self.attempt(lambda: record_death(suspect, **facts))
        if on is None:
            assert (done is not None) == (suspect.pk in self.died)
            self.died.pop(suspect.pk, None)
        elif done:
            self.died[suspect.pk] = on
            self.abate(suspect.pk, on)

    def abate(self, who, on):
        """What was open against the dead, or slept, has ended so."""
        for judgment in Judgment.objects.exclude(pk__in=self.numbers).order_by("created_at"):
            self.judged += 1
            self.numbers[judgment.pk] = self.judged
            for end in judgment.decisions.all():
                known = self.charges[end.charge_id]
                assert (known["who"], end.disposition) == (who, "abated")
                self.wake(known, on)
                assert not known["first"], "what was decided for good stays"
                known |= {"first": "abated", "ends": {self.judged: (on, self.judged, "abated")}}
        mine = [known for known in self.charges.values() if known["who"] == who]
        assert not [known for known in mine if not known["first"] or self.sleeps(known)]

    def wake(self, known, on):
        """A charge that sleeps is taken up again: what let it sleep stands no more."""
        if self.sleeps(known):
            known["lifted"] |= {("revived", number): on for number in known["ends"]}
            known |= {"first": None, "ends": {}}
