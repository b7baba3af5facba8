"""Faults of what is found and listed: the box and the stream of a case."""

from __future__ import annotations

from desk import search, services
from desk.case import timeline as timeline_page
from desk.timeline import stream
from tests.mutants.catalogue import fault
from tests.mutants.planting import replace
from victims.services import identities

SEARCH = "tests/desk/test_search.py"
TIMELINE = "tests/desk/test_timeline.py"


@fault(f"{SEARCH}::test_every_kind_is_answered_in_its_order")
def kinds_without_a_hit_are_left_out():
    """An answer shows by its shape what there was to look at."""
    find = search.find
    replace(services, "find", lambda asked, user: [kind for kind in find(asked, user) if kind.hits])


@fault(f"{SEARCH}::test_an_odd_question_is_refused_in_words")
def anything_may_be_asked():
    """What is typed is looked for as it stands, empty or not."""
    replace(services, "question", lambda text: text)


@fault(f"{TIMELINE}::test_an_entry_of_another_case_is_not_found")
def an_entry_is_sought_in_every_case():
    """A link to an entry opens the page of another case there."""
    rows = stream.Source.rows

    def of_any(self, case, user):
        found = rows(self, case, user)
        found.query.where.children.clear()
        return found

    replace(stream.Source, "rows", of_any)


@fault(f"{TIMELINE}::test_it_is_narrowed_to_a_kind")
def kinds_of_the_timeline_ignored():
    """Whatever is asked for, everything is told."""
    timeline = timeline_page.timeline
    replace(services, "timeline", lambda *args, **asked: timeline(*args, **asked | {"kind": ""}))


@fault("tests/victims/test_search.py::test_whoever_is_spelt_so_stands_before_who_sounds_so")
def a_sound_is_as_good_as_a_spelling():
    """Who only sounds so stands among those who are spelt so."""
    fitting = identities._fitting

    def mixed(asked, reader):
        spelt, heard = fitting(asked, reader)
        return spelt | set(heard), {}

    replace(identities, "_fitting", mixed)


@fault("tests/victims/test_search.py::test_what_lies_outside_is_not_even_opened")
def names_outside_are_opened_too():
    """Names are opened that are not the reader's, and sorted out afterwards."""
    names = identities.names_open_to

    def everybody(reader, victims=None):
        yield from names(reader, victims)
        yield None, "Canary Outside"

    replace(identities, "names_open_to", everybody)


@fault("tests/desk/test_search.py::test_an_odd_question_is_refused_in_words")
def a_question_of_one_letter():
    """One letter lists whoever has it."""
    replace(search, "SHORTEST", 1)
