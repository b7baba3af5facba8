"""Who wrote what figures are made of, and what a national total may count beside it."""

from django.db import migrations

FORWARDS = """
create sequence reports_writes;

-- Said by every table that figures are made of, once for each statement (reports/changes.py).
create function note_change() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform nextval('reports_writes');
  insert into reports_datachange (transaction)
    values (pg_current_xact_id()::text::bigint) on conflict do nothing;
  return null;
end $$;

-- How the data stand: the transactions one sees, and the writes begun. Numbers, shown to nobody.
create function data_state() returns text stable
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  return (select count(*) || '.' || coalesce(max(transaction), 0) from reports_datachange)
    || '.' || (select last_value from reports_writes);
end $$;

-- Count the sealed cases of these offices until the count context ends, and say which they are:
-- to the report role alone, which reads no names and writes nothing.
create function open_release_context(offices uuid[]) returns uuid[]
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  sealed uuid[];
begin
  select coalesce(array_agg(id), '{}') into sealed
    from casework_case where level = 4 and office_id = any (offices);
  perform set_config('app.counted', offices::text, true);
  perform set_config('app.counted_cases', sealed::text, true);
  return sealed;
end $$;
revoke execute on function open_release_context(uuid[]) from public;
grant execute on function open_release_context(uuid[]) to casework_report;
"""
UNDO = """
drop function open_release_context(uuid[]);
drop function data_state();
drop function note_change() cascade;
drop sequence reports_writes;
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0003_publication"), ("casework", "0005_conflicts")]
    operations = [migrations.RunSQL(FORWARDS, UNDO)]
