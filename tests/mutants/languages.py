"""Faults in which language something is said, and in which it was written."""

from __future__ import annotations

from accounts.services.languages import Terms
from accounts.views import languages as page
from casework.services import notes
from core import languages
from places import naming
from tests.mutants.catalogue import fault
from tests.mutants.planting import replace


@fault("tests/places/test_places.py", "tests/places/test_keeping.py")
def parts_of_a_country_have_one_name():
    """A state is called in English whoever reads, and is found by that name alone."""
    replace(naming, "_parts", lambda _language: {})


@fault("tests/casework/test_notes.py")
def a_note_is_in_no_language():
    """Whoever writes in Urdu has a note that is read from left to right."""
    replace(notes, "spoken_by", lambda _writer: "")


@fault("tests/accounts/test_languages.py")
def every_term_is_of_a_law():
    """The page of languages says of usual words that a law has them."""
    replace(page, "terms_of", lambda _language: Terms(78, 78))


@fault("tests/meta/test_words.py")
def several_are_said_as_in_english():
    """A row of names is joined by the English word."""
    replace(languages, "pgettext", lambda _context, words: words)
