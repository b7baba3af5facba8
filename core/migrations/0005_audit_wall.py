"""The wall of the trail: whoever acts may add to it; to read it one needs a reason.

All of it, as an auditor; events about cases one may see; one's own events.
"""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.utils.timezone
from django.db import migrations, models

from core.rls import WRITERS

FORWARDS = f"""
alter table core_auditevent disable trigger core_auditevent_append_only;
update core_auditevent set subjects = array(
  select distinct named::uuid
    from unnest(array[case_id::text, target_id]
                || array(select jsonb_array_elements_text(coalesce(detail->'ids', '[]')))) named
   where named ~ '^[0-9a-f]{{8}}(-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}$');
alter table core_auditevent enable trigger core_auditevent_append_only;

create function is_auditor() returns boolean stable
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  return exists (
    select 1 from accounts_membership m join accounts_user u on u.id = m.user_id and u.is_active
     where m.user_id = nullif(current_setting('app.user_id', true), '')::uuid
       and m.role = 'auditor' and m.started_at <= statement_timestamp()
       and (m.ended_at is null or m.ended_at > statement_timestamp()));
end $$;

-- Numbers only: the rows come through the wall. Behind it no index on arrays could be used.
create function events_naming(wanted uuid[]) returns setof bigint stable
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  return query select e.id from core_auditevent e where e.subjects && wanted;
end $$;

create function sees_case_among(subjects uuid[]) returns boolean stable
language plpgsql as $$
begin
  return exists (select 1 from casework_case c where c.id = any (subjects));
end $$;

alter table core_auditevent enable row level security;
alter table core_auditevent force row level security;
create policy anyone_adds on core_auditevent for insert to {WRITERS} with check (true);
create policy with_reason on core_auditevent for select to {WRITERS} using (
  (select is_auditor())
  or actor_id = nullif(current_setting('app.user_id', true), '')::uuid
  or sees_case_among(subjects));
create policy owner_maintains on core_auditevent to current_user using (true) with check (true);
"""
BACKWARDS = """
drop policy anyone_adds on core_auditevent;
drop policy with_reason on core_auditevent;
drop policy owner_maintains on core_auditevent;
alter table core_auditevent no force row level security;
alter table core_auditevent disable row level security;
drop function sees_case_among(uuid[]);
drop function events_naming(uuid[]);
drop function is_auditor();
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0004_cache")]
    operations = [
        migrations.AlterField(
            "auditevent",
            "at",
            models.DateTimeField(default=django.utils.timezone.now, db_index=True),
        ),
        migrations.AddField(
            "auditevent",
            "subjects",
            django.contrib.postgres.fields.ArrayField(models.UUIDField(), default=list),
        ),
        migrations.AddIndex(
            "auditevent",
            django.contrib.postgres.indexes.GinIndex(
                fields=["subjects"], name="core_audit_subjects"
            ),
        ),
        migrations.RunSQL(FORWARDS, BACKWARDS),
    ]
