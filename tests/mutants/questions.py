"""Faults in an organisation's own questions."""

from __future__ import annotations

from desk.closing import checklist
from exchange.workbooks.limits import Limits
from intake import own
from intake.phones import door, wording
from questions import asking
from questions.models import QuestionSet
from questions.querysets import QuestionSetQuerySet, ReplyQuerySet
from questions.services import replies, sets
from reports.catalogue import own_questions
from reports.measures import Measures
from tests.mutants.catalogue import fault
from tests.mutants.planting import replace

TESTS = "tests/questions/test_questions.py"
COUNTS = "tests/questions/test_counts.py"
LOGGED = "tests/intake/test_own_questions.py"


@fault(f"{TESTS}::test_a_set_is_made_published_answered_and_replaced")
def a_published_edition_is_changed():
    """Answers would mean something else than what was asked."""
    replace(sets, "_require_draft", lambda question_set: None)


@fault(f"{TESTS}::test_an_answer_is_of_its_kind_and_asked_for")
def an_answer_is_taken_to_what_is_not_asked():
    """A question that hangs on another is always asked."""
    replace(asking, "is_asked", lambda question, given: True)


@fault(f"{TESTS}::test_it_is_asked_where_it_is_meant_to_be")
def what_is_asked_elsewhere_is_answered_here():
    """Programme and office of a set are not looked at."""
    replace(QuestionSet, "fits", lambda self, case: True)


@fault(f"{TESTS}::test_what_may_name_somebody_is_encrypted_and_opened")
def answers_are_about_a_row_of_another_case():
    """What they are about is not looked for in the case."""
    replace(replies, "subject_of", lambda case, noun, about, actor: about or case.pk)


@fault(f"{TESTS}::test_whoever_knows_no_names_writes_none")
def names_are_written_by_whoever_reads_none():
    """Answers that may say who somebody is are taken from whoever knows only what happened."""
    replace(replies, "require_identity", lambda case, actor: None)


@fault(f"{COUNTS}::test_what_is_chosen_is_counted_and_words_are_not")
def former_answers_are_counted_beside_the_latest():
    """Whoever answered two editions stands under both answers."""
    replace(ReplyQuerySet, "standing", lambda self: self)


@fault(f"{COUNTS}::test_whoever_only_counts_is_told_no_small_count_and_opens_none")
def a_question_that_hangs_tells_a_hidden_count():
    """How many it is asked says to whoever only counts how the one above it was answered."""
    replace(own_questions, "counts_only", lambda reader: False)


@fault(f"{COUNTS}::test_whoever_only_counts_is_told_no_small_count_and_opens_none")
def the_rows_behind_an_answer_are_counted_for_anybody():
    """A hidden count about cases is told as that of the rows behind it."""
    replace(Measures, "of_survivors", lambda self, cell, of: False)


@fault(f"{LOGGED}::test_what_is_no_question_of_a_rescue_is_refused_by_name")
def an_answer_beside_a_rescue_is_dropped_without_a_word():
    """What answers no question that there is goes when the rescue is logged."""
    replace(own, "strange", lambda form: None)


@fault(f"{LOGGED}::test_a_set_of_another_programme_is_refused_at_its_box")
def answers_are_refused_without_their_box():
    """Whether a set is asked of this rescue is not looked at before it is stored."""
    replace(own.Card, "_why_not", lambda self, programme, case, user: None)


@fault(f"{LOGGED}::test_a_set_of_another_office_is_neither_shown_nor_taken")
def questions_of_another_office_are_shown():
    """The form of a rescue asks what any office asks."""
    replace(QuestionSetQuerySet, "asked_of", lambda self, user, noun: self.filter(noun=noun))


@fault("tests/intake/test_own_on_phones.py::test_a_phone_that_is_ended_is_told_nothing")
def whoever_finds_a_phone_learns_what_is_asked():
    """A phone that was ended is told of own questions by its receipts."""
    replace(door, "_asked", lambda box, knows: {"asked": wording.for_phone(box.phone.person)})


@fault("tests/exchange/test_moving_nouns.py::test_answers_are_held_against_their_set")
def a_workbook_brings_answers_that_nobody_asked_for():
    """Answers of a workbook are not held against the questions of their set."""
    replace(Limits, "_replies", lambda self, row: None)


@fault("tests/desk/test_closing_checklist.py")
def an_item_that_is_answered_no_is_settled():
    """A case is closed though somebody said that something is still to be done."""
    replace(checklist, "_is_settled", lambda question, answers: True)


@fault("tests/desk/test_closing_checklist.py")
def an_open_case_lacks_what_waits_for_its_end():
    """How complete the records are counts the checklists of cases that are not to be closed."""
    asked = QuestionSetQuerySet.filter

    def also(self):
        needed = [{"required": True, "only_if": ""}]
        return asked(self, state="published", questions__contains=needed).order_by("code")

    replace(QuestionSetQuerySet, "must_be_answered", also)
