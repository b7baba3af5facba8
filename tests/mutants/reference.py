"""Faults in what an organisation keeps of courts, places and agencies."""

from __future__ import annotations

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
