"""Faults about the end of a proceeding: what holds then, what was heard, and on which day."""

from __future__ import annotations

from prosecutions.corrections.services import judgment_days
from prosecutions.enums import Disposition, NoNextDate
from prosecutions.querysets import DecisionQuerySet
from prosecutions.services import compensation, courts, ending, hearings
from tests.mutants.catalogue import fault
from tests.mutants.planting import like, replace

ENDINGS = "tests/prosecutions/test_endings.py"
DAYS = "tests/prosecutions/test_judgment_days.py"
IN_FORCE = "tests/prosecutions/test_sentences_in_force.py"


def _standing(self, day=None):
    rows = self.decided_by(day) if day else self.standing()
    return rows.filter(disposition__in=Disposition.CONVICTED)


@fault(IN_FORCE)
def a_reversed_conviction_holds():
    """A sentence outlives the reversal of its conviction."""
    replace(DecisionQuerySet, "standing_convictions", _standing)


@fault(IN_FORCE)
def money_of_a_lifted_sentence():
    """Compensation is paid of a sentence on a day on which it was not in force."""
    sentences = compensation.Sentence.objects
    of_any_day = like(sentences, in_force=lambda day: sentences.all())
    replace(compensation, "Sentence", like(compensation.Sentence, objects=of_any_day))


@fault(ENDINGS)
def a_hearing_held_after_the_end():
    """A judgment ends a proceeding before a hearing that took place."""
    replace(ending, "after_the_end", lambda prosecution: prosecution.hearings.none())


@fault(ENDINGS)
def no_hearing_on_the_sentence():
    """A conviction ends the hearings on the sentence, too."""
    replace(hearings, "awaits_sentence", lambda prosecution: False)


@fault(ENDINGS)
def everything_is_heard_until_the_sentence():
    """While a sentence is awaited anything may be listed."""
    anything = like(hearings.HearingPurpose, OF_SENTENCE=hearings.HearingPurpose.values)
    replace(hearings, "HearingPurpose", anything)


@fault(ENDINGS)
def the_docket_forgets_the_sentence():
    """Convicted and not sentenced is nowhere in the docket."""
    replace(DecisionQuerySet, "without_sentence", lambda self: self.none())


@fault(ENDINGS)
def an_appeal_decided_in_part():
    """A judgment on an appeal leaves charges of it undecided."""
    replace(courts, "check_appeal_decided", lambda prosecution, ends, appeal: None)


@fault(ENDINGS)
def nothing_left_where_something_is():
    """That everything is decided is a reason for having no next date at any time."""
    replace(hearings, "reasons", lambda prosecution: list(NoNextDate))


@fault(DAYS)
def the_stages_lose_their_order():
    """The day of a judgment is put right to before the stage before it."""
    replace(judgment_days, "_check_stages", lambda stage, day: None)


@fault(DAYS)
def the_stage_keeps_the_former_day():
    """The stage of a judgment does not follow its day."""
    replace(judgment_days, "_reached_on", lambda row, stage: stage.reached_on)


@fault(DAYS)
def hearings_stay_off_the_list():
    """A later judgment brings back none of the hearings that it took off."""
    replace(judgment_days, "put_back", lambda prosecution, since, until: None)
