"""Faults of what is erased, of what is kept, and of what a court gets."""

from __future__ import annotations

from casework.services import court_bundles, documents, redacting
from retention import clearing, replay
from tests.mutants.catalogue import fault
from tests.mutants.planting import replace

ONE = ("tests/retention/test_one_survivor.py",)
COURT = ("tests/casework/test_court.py",)


@fault(f"{ONE[0]}::test_c3_a_hold_on_any_case_of_the_survivor_beats_it")
def a_hold_on_another_case_holds_nobody():
    """A survivor is erased although a court needs another of the cases."""
    return (
        "create or replace function retention_person_is_held(person uuid) returns boolean"
        " stable language sql as 'select false'"
    )


@fault(*ONE)
def a_restore_brings_a_survivor_back():
    """The ledger erases cases again, and forgets about survivors."""
    replace(replay, "TABLES", replay.TABLES | {"person": ()})


@fault("tests/retention/test_clocks.py")
def the_history_goes_although_it_is_held():
    """Events about a case that a court needs go with the others."""
    return (
        "create or replace function retention_old_events(until date) returns setof bigint"
        " stable language sql security definer set search_path = public, pg_temp as $$"
        " select e.id from core_auditevent e join core_chainedevent c on c.event_id = e.id"
        " where e.at < until and e.action <> 'history.removed' $$"
    )


@fault("tests/retention/test_clearing.py")
def what_is_still_seen_is_written_along():
    """Tables are written anew while somebody still sees what was erased."""
    replace(clearing, "_wait_for_those_before", lambda _cursor: None)


@fault(*COURT)
def what_was_below_can_be_read():
    """The copy is the document itself."""
    replace(redacting, "copy_of", lambda text, _kind, _areas: text.seek(0) or text.read())


@fault(*COURT)
def a_statement_gets_a_newer_version():
    """Nobody says that a signed statement stays; the database refuses without a word."""
    replace(documents, "require_unsigned", lambda _document: None)


@fault(*COURT)
def photos_go_to_court_without_consent():
    """What asks for the consent to hand photos over is not asked."""
    replace(court_bundles, "given_out", [])
