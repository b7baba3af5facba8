"""Faults in the order of lists, and in what people keep of them."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from accounts import lists
from accounts.models import Membership
from core.lists.pagination import Sort
from core.lists.tables import Table
from core.verbs import undo
from desk.lists import files
from desk.several import tasks, views
from desk.several.rehearsing import do_each
from desk.several.verbs import Many
from desk.several.views import Several
from desk.to_do import together
from tests.mutants.catalogue import fault
from tests.mutants.planting import replace

VIEWS, LISTS = "tests/accounts/test_list_views.py", "tests/desk/test_list_pages.py"
SEVERAL, TASKS = "tests/desk/test_several.py", "tests/desk/test_to_do_several.py"
FILES = "tests/desk/test_list_files.py"
PEOPLE = "tests/accounts/test_people.py"


@fault(f"{VIEWS}::test_the_database_shows_and_gives_it_to_nobody_else")
def the_database_shows_views_to_everybody():
    """Whoever gets SQL run in the application reads and changes what others kept."""
    return "alter policy own on accounts_savedview using (true) with check (true)"


@fault(f"{VIEWS}::test_no_column_is_shown_to_whom_its_content_is_not")
def every_column_is_shown_to_everybody():
    """Who may not know the teams chooses them as a column."""
    replace(Table, "columns_for", lambda self, reader: [*self.columns])


@fault(f"{LISTS}::test_a_head_puts_the_cases_in_order_and_turns_them_round")
def a_list_stands_one_way_only():
    """A head that is pressed again changes nothing."""
    replace(Sort, "turned", property(lambda self: self))


@fault(f"{SEVERAL}::test_one_that_changed_meanwhile_stops_all")
def what_changed_since_it_was_shown_is_done_all_the_same():
    """Of several rows, one that is another by now is done as it was not seen."""
    replace(Several, "_confirmed", lambda self: self.chosen.rows)


@fault(f"{SEVERAL}::test_nothing_happens_before_it_was_seen")
def what_is_only_tried_stays():
    """Looking at what would happen to several rows does it."""
    replace(views, "rehearse", lambda rows, act, actor: [(row, act(row) and "") for row in rows])


@fault(f"{SEVERAL}::test_what_is_handed_over_together_is_one_offer")
def each_case_is_handed_over_by_itself():
    """Who is offered fourteen cases answers and is told fourteen times."""

    def one_by_one(self, rows, facts, actor):
        return do_each(rows, lambda row: self.act(row, facts, actor), self.called)

    replace(Many, "act_on_all", one_by_one)


@fault(f"{TASKS}::test_what_follows_from_the_record_is_not_ticked_off")
def what_a_rule_asks_is_done_like_what_somebody_wrote():
    """Nobody is told that the record has to be completed."""
    done = together.DEEDS
    replace(tasks, "do_one", lambda task, deed, given, actor: done[deed](task, given, actor))


@fault(f"{PEOPLE}::test_a_role_that_ended_finds_nobody")
def who_held_a_role_once_holds_it():
    """The list of those who hold a role names those who do not any more."""

    def ever(**role):
        return Q(Exists(Membership.objects.filter(user=OuterRef("pk"), **role)))

    replace(lists, "_holding", ever)


@fault(f"{FILES}::test_what_is_to_be_done_becomes_a_file_without_sealed_cases")
def a_file_that_is_not_locked_holds_sealed_cases():
    """Anybody who finds the file learns that a sealed case exists."""
    replace(files, "_may_leave", lambda keys, reader: set(keys))


@fault("tests/casework/test_undo.py::test_a_button_says_what_it_did_as_a_form_does")
def what_a_button_did_is_not_said():
    """Who presses a button sees the page again, and wonders whether anything was saved."""
    replace(undo, "told_after", lambda request, answer: answer())
