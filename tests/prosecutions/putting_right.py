"""What can be put right in the courtroom of the machine, and the days and laws it plays with."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from prosecutions.models import Charge, Judgment
from prosecutions.services.corrections import correct_record, enter_in_error
from prosecutions.services.striking import strike

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
    """Rules of `Courtroom`: charges and judgments corrected, judgments entered in error."""

    def correct(self, row, **changes):
        facts = {"version": row.version, "reason": "typing", "actor": self.lawyer}
        return self.attempt(lambda: correct_record(row, **facts, **changes))

    def handed_over(self, known):
        """Given to another court, and not charged again elsewhere since: by law, or by day."""
        since, _number, end = self.last(known) or (None, None, "")
        return end == "transferred" and not any(
            (other["who"], other["filed"] >= since) == (known["who"], True)
            and (other["offence"] == known["offence"] or self.laws_of(other) & self.laws_of(known))
            for other in self.charges.values()
            if other["court"] != known["court"]
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
    @rule(number=one)
    def strike_a_charge(self, number):
        charge = self.pick(Charge, number)
        decided = charge.decisions.exclude(lifted_for="error").exists()
        facts = {"version": charge.version, "reason": "twice", "actor": self.lawyer}
        self.attempt(lambda: strike(charge, **facts))
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
        known["ends"].pop(number, None)
        if judgment.instance == "first":
            known["first"] = None
            assert not known["ends"], "an appeal rests on it"
