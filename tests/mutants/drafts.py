"""Faults in what is kept of a form that nobody saved."""

from __future__ import annotations

import orjson

from core import drafts
from core.drafting import Draft
from core.drafts import DraftsOfForm
from tests.mutants.catalogue import fault
from tests.mutants.planting import replace

DRAFTS = "tests/core/test_drafts.py"


@fault(f"{DRAFTS}::test_the_database_shows_it_to_nobody_else")
def the_database_shows_drafts_to_everybody():
    """Whoever gets SQL run in the application reads what others typed."""
    return "alter policy own on core_draft using (true) with check (true)"


@fault(f"{DRAFTS}::test_it_goes_when_the_form_is_saved")
def a_draft_stays_though_it_was_saved():
    """What was saved is offered again, and saved twice."""
    replace(DraftsOfForm, "forget", lambda self: None)


@fault(f"{DRAFTS}::test_passwords_and_files_are_never_kept")
def passwords_are_kept_as_well():
    """A draft holds whatever was sent."""
    replace(drafts, "_typed", lambda sent, form: orjson.dumps(list(sent.lists())))


@fault(f"{DRAFTS}::test_after_two_weeks_it_is_neither_offered_nor_there")
def a_draft_is_offered_for_ever():
    """Until the night it is there, however old it is."""

    def kept(person, address):
        return Draft.objects.filter(pk=Draft.key(person.pk, address)).first()

    replace(drafts, "draft_of", kept)
