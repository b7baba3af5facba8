"""The SQL of this app for the wall: a file, and the function made from what is declared."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.apps import apps
from pghistory.models import Event

from retention.declared import TABLES
from retention.fates import Clock, Deed, Fate

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD = """\
-- Made from retention/declared.py, in its order. For the owner alone: `retention_erase` and
-- `replay_erasures` call it.
create function retention_erase_rows(
  which uuid, someone uuid, papers uuid[], stone uuid, land uuid, law text, today date,
  out gone uuid[], out files uuid[], out taken uuid[])
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  victims uuid[] := array(select retention_victims_of(which)
                          union select retention_records_of(someone));
  parts uuid[] := array(select i.id from victims_involvement i where i.victim_id = any (victims));
  cases uuid[] := array(select i.case_id from victims_involvement i where i.id = any (parts)
                        union select which where which is not null);
  offenders uuid[] := array(select retention_offenders_of(which));
  networks uuid[] := array(select retention_networks_of(which));
begin
  perform from victims_victim v where v.id = any (victims) for update;
  -- Former values are append-only, to everybody but this function.
  perform set_config('pgtrigger.ignore', array(
    select t.tgname from pg_trigger t where t.tgname ~ '^pgtrigger_append_only_')::text, true);
  gone := '{}';
  papers := array(  -- with the copies made of them
    with recursive same as (
      select p as id from unnest(papers) p
      union
      select c.id from same s join casework_document d on d.id = s.id
        join casework_document c on c.case_id = d.case_id and c.redacts = d.code)
    select s.id from same s);
  files := array(
    select f.id from casework_documentversion v
      join casework_storedfile f on f.id in (v.file_id, v.original_id)
     where v.case_id = which or v.document_id = any (papers));
  perform retention_leave_anonymous(which, victims);
"""
# Files of exports that hold something of the case, before their rows forget it.
EXPORTED = """\
  taken := array(
    select e.file from exchange_export e where e.file is not null
       and (e.of_case = any (cases)
            or e.id in (select c.export_id from exchange_exportedcase c
                         where c.of_case = any (cases))));
  update exchange_export set file = null, data_key = null where file = any (taken);
"""
FOOT = """\
  insert into retention_tombstone (id, erased_on, basis, country_id)
    select stone, today, law, land where stone is not null on conflict do nothing;
  perform set_config('pgtrigger.ignore', '{}', true);
  set constraints all immediate;
end $$;
revoke all on function retention_erase_rows(uuid, uuid, uuid[], uuid, uuid, text, date) from public;
"""


def file() -> str:
    return _read("erasing.sql")


def old() -> str:
    return _read("old.sql")


def _read(name: str) -> str:
    return (Path(__file__).parent / name).read_text(encoding="utf-8")


def erasing() -> str:
    return HEAD + EXPORTED + "\n".join(_statements()) + "\n" + FOOT


def _statements() -> Iterator[str]:
    for table, fate in TABLES.items():
        if not fate.where:
            continue
        if fate.deed is Deed.DELETE:
            yield from _delete(table, fate)
        else:
            yield f"  update {table} set {fate.sets} where {fate.where};"


def _delete(table: str, fate: Fate) -> Iterator[str]:
    """Former values after it: their rows are found by the ids that went."""
    delete = f"delete from {table} where {fate.where}"
    if fate.clock not in (Clock.CASE, Clock.PERSON):
        yield f"  {delete};"
        return
    yield (
        f"  with went as ({delete} returning id)"
        " select gone || coalesce(array_agg(w.id), '{}') into gone from went w;"
    )
    if former := former_tables().get(table):
        yield f"  delete from {former} where pgh_obj_id = any (gone);"


def former_tables() -> dict[str, str]:
    """By its table, the table of its former values."""
    events: list[Any] = [model for model in apps.get_models() if issubclass(model, Event)]
    return {event.pgh_tracked_model._meta.db_table: event._meta.db_table for event in events}
