"""Faults where rows are taken away in files."""

from __future__ import annotations

from accounts.models import User
from core.access import Own
from core.sheets import workbooks
from exchange.exports import tables, writing
from exchange.exports.models import Export
from exchange.exports.reach import Consents
from exchange.exports.shape import Without, as_shown
from exchange.services import exports, giving
from tests.mutants.catalogue import fault
from tests.mutants.planting import replace

HOLDS = "tests/exchange/test_exports.py"
RULES = "tests/exchange/test_export_rules.py"
CONSENTS = "tests/exchange/test_export_consents.py"


@fault(f"{HOLDS}::test_sealed_cases_are_in_no_list_unless_two_persons_said_so")
def a_list_with_sealed_cases():
    """An export holds the sealed cases that name who asks, and what an emergency opened."""
    replace(writing, "taker", lambda export: User.objects.get(pk=export.asked_by_id))


@fault(f"{HOLDS}::test_without_identifiers_nothing_says_who_or_which")
def identifiers_for_everyone():
    """A file without identifiers holds them all the same."""
    replace(Without, "shape", lambda self, name, view: as_shown(view))


@fault(f"{HOLDS}::test_no_cell_of_a_csv_is_a_formula")
def a_csv_that_computes():
    """What begins like a formula is one, in CSV."""
    replace(tables, "harmless", lambda value: value)


@fault(f"{HOLDS}::test_no_cell_of_a_workbook_is_a_formula")
def a_workbook_that_computes():
    """What begins like a formula becomes one when its cell is edited."""
    replace(workbooks, "is_formula", lambda value: False)


@fault(f"{HOLDS}::test_every_row_and_case_stands_in_the_history")
def taken_away_unseen():
    """The history does not say which rows were put into a file."""
    replace(writing, "note_given", lambda export, rows, actor: None)


@fault(f"{RULES}::test_many_names_want_a_second_person")
def many_names_alone():
    """One person takes away any number of names."""
    replace(exports, "identified", lambda export, reader: 0)


@fault(f"{RULES}::test_a_sealed_case_wants_a_second_person_who_is_named_in_it")
def anybody_sees_what_waits():
    """Who waits for a second person is seen by nobody else."""
    replace(Export, "access", Own("asked_by"))


@fault(f"{RULES}::test_a_case_that_is_sealed_meanwhile_is_not_given_out")
def given_out_though_it_was_sealed():
    """A file is given out, whatever was closed since it was written."""
    replace(giving, "_closed_since", lambda export, actor: False)


@fault(f"{CONSENTS}::test_rows_of_a_person_want_that_person_to_agree")
def everyone_agrees():
    """What leaves the house holds whoever is on record."""
    replace(Consents, "narrow", lambda self, rows: rows)


@fault(f"{CONSENTS}::test_a_consent_withdrawn_meanwhile_keeps_the_file_here")
def a_withdrawal_too_late():
    """A consent that was withdrawn since the file was written is not asked for again."""
    replace(giving, "_tell_outside", lambda export, actor: None)
