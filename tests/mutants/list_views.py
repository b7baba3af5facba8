"""Faults in the order of lists, and in what people keep of them."""

from __future__ import annotations

from core.list_tables import Table
from core.pagination import Sort
from tests.mutants.catalogue import fault
from tests.mutants.planting import replace

VIEWS, LISTS = "tests/accounts/test_list_views.py", "tests/desk/test_list_pages.py"


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
