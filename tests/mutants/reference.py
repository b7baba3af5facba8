"""Faults in what an organisation keeps of courts, places and agencies."""

from __future__ import annotations

from accounts import opening, set_up
from aftercare.enums import Need
from core import choices
from places import history, wording
from places.court_days import Vacation
from tests.mutants.catalogue import fault
from tests.mutants.planting import replace
from tests.mutants.walls import literal

MERGING = "tests/places/test_merging.py"
WHO, ANYBODY = "keeper is null or not exists", "keeper is null and not exists"


@fault("tests/places/test_court_days.py")
def courts_sit_in_their_vacations():
    """No day is in a vacation."""
    replace(Vacation, "__contains__", lambda self, day: False)


@fault(f"{MERGING}::test_only_a_system_administrator_merges_agencies")
def anybody_merges():
    """The database does not ask who merges two rows of reference data."""
    return f"""do $mutant$ declare body text;
begin
  body := pg_get_functiondef('merge_reference(text,uuid,uuid)'::regprocedure);
  if position({literal(WHO)} in body) = 0 then raise 'nothing to change'; end if;
  execute replace(body, {literal(WHO)}, {literal(ANYBODY)});
end $mutant$"""


CHOICES = "tests/places/test_choices.py"


@fault(f"{CHOICES}::test_a_new_record_takes_no_choice_out_of_use_and_an_old_one_may_keep_it")
def what_is_out_of_use_is_taken():
    """A program may send a code that is no longer in use."""
    replace(choices, "is_in_use", lambda starts_on, ends_on, day: True)


@fault(f"{CHOICES}::test_the_last_in_use_and_what_casework_says_itself_stay_in_use")
def a_form_may_have_nothing_to_offer():
    """The last choice of a list is retired, and so is what Casework says itself."""
    replace(wording, "_check_use", lambda choice, says: None)


@fault(f"{CHOICES}::test_a_page_changes_a_choice_and_says_who_did")
def a_choice_forgets_what_changed():
    """The history of a choice says that it was changed, and not in what."""
    replace(history, "_called", lambda field: "")


SETUP = "tests/accounts/test_setup_file.py"


@fault(f"{SETUP}::test_a_country_none_of_ours_is_set_up_from_the_example")
def the_file_leaves_choices_out():
    """An organisation that is set up from a file has the choices of ours."""
    replace(set_up, "_choices", lambda entries, outcome, actor: None)


@fault(f"{SETUP}::test_what_differs_is_left_and_told")
def the_file_overrules_what_was_said():
    """Read again, the file undoes what an administrator has said of a choice since."""
    replace(
        set_up,
        "_choices",
        lambda entries, outcome, actor: set_up.change_choices(
            rows=[entry.row for entry in entries], actor=actor
        ),
    )


@fault("tests/accounts/test_offices.py")
def an_office_takes_any_currency():
    """What is no currency is kept, and the database alone refuses it."""
    replace(opening, "currency", lambda text: text)


@fault(CHOICES)
def a_need_of_its_own_has_no_place():
    """Drafts of referrals are put in order by the needs that ship alone."""
    replace(Need, "known", lambda: Need.ours)
