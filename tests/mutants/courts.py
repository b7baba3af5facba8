"""Faults in the order of legal steps: what must never come before, after or without another."""

from __future__ import annotations

from django.db.models import OuterRef, Q, UUIDField, Value

from prosecutions import contradictions
from prosecutions.corrections.services import hearings as hearing_corrections
from prosecutions.corrections.services import outside_court as rules_outside_court
from prosecutions.corrections.services import records as corrections
from prosecutions.corrections.services import rules as correction_rules
from prosecutions.corrections.services.records import RULES
from prosecutions.docket.parts import Parts
from prosecutions.enums import Disposition, HearingResult
from prosecutions.querysets import AppealQuerySet, DecisionQuerySet, ProsecutionQuerySet
from prosecutions.services import charges, courts, hearings, shares, stages
from tests.mutants.catalogue import fault
from tests.mutants.planting import like, replace

MACHINE = "tests/prosecutions/test_court_machine.py"


@fault(MACHINE)
def a_plea_after_the_verdict():
    """A charge is changed after a court of first instance decided it."""
    replace(charges, "_check_changes", lambda charge, day: None)


@fault(MACHINE)
def a_law_of_another_day():
    """A charge names a provision that was not in force on the day of the offence."""
    replace(charges, "check_provision", lambda prosecution, provision, day: None)


@fault(MACHINE)
def a_second_verdict_of_first_instance():
    """A court of first instance decides a charge twice."""
    replace(DecisionQuerySet, "first_instance", lambda self: self.none())


@fault("tests/prosecutions/test_sentences_in_force.py::test_who_was_not_convicted_is_not_sentenced")
def a_sentence_without_a_conviction():
    """Somebody acquitted is sentenced."""
    replace(courts, "Disposition", like(Disposition, CONVICTED=Disposition.values))


@fault(MACHINE)
def a_hearing_after_everything_is_decided():
    """Every proceeding counts as open, so that hearings are listed after the last judgment."""
    replace(ProsecutionQuerySet, "open", lambda self: self)


OPEN_AGAIN = "tests/prosecutions/test_open_again.py"
CORRECTIONS = "tests/prosecutions/test_corrections.py"
BESIDE = "tests/prosecutions/test_corrections_beside.py"
WHOLE = "tests/prosecutions/test_docket_whole.py"


@fault(OPEN_AGAIN)
def hearings_outlive_the_final_judgment():
    """What is listed after the last judgment stays listed."""
    replace(courts, "end_hearings", lambda prosecution, field: None)


@fault(OPEN_AGAIN)
def a_hearing_is_moved_behind_the_judgment():
    """Where everything is decided a hearing is still moved."""
    replace(hearings, "is_open", lambda prosecution: True)


@fault(OPEN_AGAIN)
def sleeping_charges_fall_out_of_the_docket():
    """A charge that sleeps is in no list."""
    replace(DecisionQuerySet, "asleep", lambda self, day=None: self.none())


@fault(WHOLE)
def a_verdict_hides_a_result_that_is_due():
    """What is decided leaves the docket, whatever is still to be recorded."""
    none = Value(None, UUIDField())
    replace(ProsecutionQuerySet, "on_docket", lambda self: self.open().annotate(sentence_of=none))


@fault(WHOLE)
def transferred_charges_ask_nobody():
    """What went to another court is in no list."""
    replace(DecisionQuerySet, "handed_over", lambda self, day=None: self.none())


@fault(WHOLE)
def a_page_hides_what_follows():
    """There is one page, however much there is."""
    replace(Parts, "page", lambda self, number, page=Parts.page: page(self, 1))


@fault(BESIDE)
def police_and_custody_are_corrected_at_will():
    """A correction of a report, an end, a stage or a framing is held to no rule."""
    held = (correction_rules.check_report, correction_rules.check_custody)
    held += (correction_rules.check_stage,)
    free = {
        noun: (corrections._nothing, rest) for noun, (rule, rest) in RULES.items() if rule in held
    }
    replace(corrections, "RULES", RULES | free)
    replace(correction_rules, "check_framing", lambda before, row: None)


@fault("tests/reports/test_conviction_rate.py")
def the_appeal_of_one_keeps_all_open():
    """An appeal of one defendant counts for every defendant of the judgment."""
    replace(
        AppealQuerySet,
        "about_charge",
        lambda self, day: self.filter(judgment=OuterRef("judgment")),
    )


@fault(OPEN_AGAIN)
def one_appeal_is_recorded_twice():
    """Nobody looks whether an appeal is recorded already."""
    replace(courts, "check_appeal", lambda appeal: None)


@fault(OPEN_AGAIN)
def a_stage_before_the_one_of_today():
    """A stage that follows from a record is kept before the one that came before it."""
    replace(stages, "_comes_after", lambda table, now, stage: False)


@fault(CORRECTIONS)
def a_correction_breaks_the_rules():
    """A correction is held to none of the rules of its noun."""
    replace(
        corrections,
        "RULES",
        {noun: (corrections._nothing, rest) for noun, (_, rest) in RULES.items()},
    )


@fault("tests/prosecutions/test_hearings_corrected.py")
def a_result_is_taken_back_from_under_the_next():
    """A result is taken back though the hearing that followed has one."""
    replace(
        hearing_corrections,
        "HearingResult",
        like(HearingResult, TOOK_PLACE=("adjourned",)),
    )


@fault("tests/prosecutions/test_corrections_outside.py")
def an_answer_before_the_question():
    """A correction is held to no order of the days outside the courtroom."""
    replace(rules_outside_court, "_after", lambda before, row, first, later, words: None)


@fault("tests/exchange/test_order_of_days.py")
def stages_in_any_order():
    """A workbook brings the stages of a proceeding in any order."""
    replace(contradictions.stages, "_early", lambda table, stage: Q(pk__in=[]))


@fault("tests/prosecutions/test_judgment_with_sentence.py")
def a_sentence_given_with_the_judgment_is_lost():
    """A judgment is recorded without the sentences that were sent with it."""
    replace(courts, "_sentence", lambda judgment, sentences, actor: None)


@fault("tests/prosecutions/test_shares.py")
def survivors_are_ordered_more_than_there_is():
    """What is ordered to survivors by name may be more than what is ordered in all."""
    replace(shares, "check_sum", lambda sentence, shared: None)
