"""What the machine of the courtroom expects, worked out from its own account of the charges."""

from __future__ import annotations

from hypothesis.stateful import invariant

from prosecutions.enums import Disposition
from prosecutions.models import Appeal, ChargeDecision, Sentence

ASLEEP = ("archived", "provisional", "stayed")  # no end for good
# How the last charge ended -> the word for whom nothing else is said of, the gravest first.
ENDED = {
    "acquitted": "acquitted",
    "discharged": "discharged",
    "dismissed": "discharged",
    "quashed": "discharged",
    "abated": "abated",
    "withdrawn": "withdrawn",
}


class Expected:
    """`charges`, `said`, `died`, `arrested`, `accused` and `numbers` are kept by `Courtroom`."""

    def is_open(self, court):
        """By our account: nothing charged yet, something undecided, or an appeal waits."""
        mine = [c for c in self.charges.values() if c["court"] == court]
        waiting = Appeal.objects.filter(judgment__prosecution=court, withdrawn_on=None)
        return not mine or bool(self.undecided(court)) or waiting.filter(outcome=None).exists()

    def sleeps(self, known):
        return bool(known["ends"]) and self.last(known)[2] in ASLEEP

    def last(self, known):
        return max(known["ends"].values(), default=None)

    def undecided(self, court):
        return [c for c in self.charges.values() if c["court"] == court and not c["first"]]

    def guilty(self, court):
        """Whose conviction holds."""
        mine = [c for c in self.charges.values() if c["court"] == court and c["ends"]]
        return {c["who"] for c in mine if self.last(c)[2] in ("convicted_trial", "convicted_plea")}

    def awaited(self, court):
        """Who lives, is convicted and has no sentence that rests on a conviction that holds."""
        found = self.guilty(court) - self.died.keys()
        for row in Sentence.objects.filter(judgment__prosecution=court):
            number = self.numbers[row.judgment_id]
            for known in self.charges.values():
                of = known["ends"].get(number, (None, None, ""))[2]
                guilty = known["ends"] and self.last(known)[2].startswith("convicted")
                if known["who"] == row.suspect_id and of.startswith("convicted") and guilty:
                    found -= {row.suspect_id}
        return found

    def reason(self, court):
        """Given at the last hearing, and nothing of a later day came since."""
        mine = [(order, why) for of, order, why in self.said.values() if of == court]
        if not mine:
            return ""
        (heard, _number), why = max(mine)
        appeals = Appeal.objects.filter(judgment__prosecution=court)
        moves = [*appeals.values_list("filed_on", flat=True)]
        for known in self.charges.values():
            if known["court"] == court:
                ends = known["ends"], *(ends for _first, ends in known["before"].values())
                moves += [known["filed"], *known["lifted"].values()]
                moves += [on for of in ends for on, _by, _end in of.values()]
        return why if max(moves, default=heard) <= heard else ""

    def tried(self, known):
        """Framed, and heard on that day or later."""
        return known["framed"] and any(
            court == known["court"] and on >= known["framed"]
            for court, (on, _listed), _why in self.said.values()
        )

    def came(self, who, mine):
        """Caught, or before the court by themselves."""
        return who in self.arrested or any(one["framed"] or one["pleaded"] for one in mine)

    def status_of(self, who):
        if who in self.died:
            return "died"
        mine = [known for known in self.charges.values() if known["who"] == who]
        waiting = [known for known in mine if not known["first"]]
        last = {self.last(known)[2] for known in mine if known["ends"]}
        if last & {"convicted_trial", "convicted_plea"}:
            return "convicted"
        if any(self.tried(known) for known in waiting):
            return "on_trial"
        if waiting or last & {"transferred", *ASLEEP}:
            sought = who in self.accused if waiting else "transferred" not in last
            return "at_large" if sought and not self.came(who, mine) else "charged"
        for end, word in ENDED.items():
            if end in last:
                return word
        if who in self.arrested:
            return "arrested"
        return "at_large" if who in self.accused else "identified"

    @invariant()
    def no_court_of_first_instance_judges_the_dead(self):
        ends = ChargeDecision.objects.filter(judgment__instance="first")
        ends = ends.filter(disposition__in=["convicted_trial", "convicted_plea", "acquitted"])
        for row in ends.exclude(lifted_for="error").select_related("charge", "judgment"):
            decided = row.judgment.decided_on
            assert decided <= self.died.get(row.charge.suspect_id, decided)

    @invariant()
    def every_sentence_rests_on_a_conviction(self):
        for row in Sentence.objects.all():
            ended = row.judgment.decisions.filter(charge__suspect=row.suspect_id)
            guilty = set(ended.values_list("disposition", flat=True)) & set(Disposition.CONVICTED)
            wrong = row.judgment.decisions.filter(lifted_for="error")  # and it names another since
            assert guilty or wrong.exists()
        for row in Sentence.objects.in_force():
            assert row.suspect_id not in self.awaited(row.judgment.prosecution_id)
            assert row.suspect_id in self.guilty(row.judgment.prosecution_id)
