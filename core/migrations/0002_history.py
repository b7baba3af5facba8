"""History keeps its context inline and needs INSERT only: no row of pghistory_context is made."""

from django.db import migrations

FORWARDS = """
create or replace function _pgh_attach_context() returns pghistory_context.id%type
language sql immutable as 'select null::uuid';
create function core_refuse_change() returns trigger language plpgsql as $$
begin raise exception 'audit events are append-only'; end $$;
create trigger core_auditevent_append_only before update or delete on core_auditevent
  for each row execute function core_refuse_change();
"""
BACKWARDS = """
drop trigger core_auditevent_append_only on core_auditevent;
drop function core_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial"), ("pghistory", "0007_auto_20250421_0444")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
