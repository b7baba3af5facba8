"""Faults of the buttons beside a row: they are shown to whom they refuse."""

from __future__ import annotations

from casework import verbs
from tests.mutants.catalogue import fault
from tests.mutants.planting import replace

VERBS = "tests/casework/test_verbs.py"


@fault(VERBS)
def everybody_is_offered_every_verb() -> None:
    """A reader presses a button and is refused."""
    replace(verbs.Verbs, "may", lambda _self, _page: True)


@fault(VERBS)
def a_closed_case_begins_what_it_likes() -> None:
    """A form is filled in, and then refused."""
    replace(verbs, "takes_work", lambda _case: True)
