"""The matching service: what the worker alone may ask of all offices at once, and how little it
leaves behind. And whether persons lie wholly within somebody's reach: yes or no, nothing else."""

from django.db import migrations

from core.rls import in_scope, noting

SQL = f"""
create function victims_in_no_sealed_case_only(person uuid) returns boolean stable language sql
set search_path = public, pg_temp as $$
  select exists (select from victims_involvement where victim_id = person and level < 4) $$;

-- Names as they lie: encrypted. The key is the worker's.
create function victims_identities_to_match()
returns table (id uuid, victim_id uuid, full_name bytea, latin_name bytea, born_on bytea,
               person uuid, sex text)
stable language sql security definer set search_path = public, pg_temp as $$
  select i.id, i.victim_id, i.full_name, i.latin_name, i.born_on,
         coalesce(v.merged_into_id, v.id), v.sex
    from victims_identity i join victims_victim v on v.id = i.victim_id
   where victims_in_no_sealed_case_only(v.id) order by i.id $$;

create function victims_former_to_match()
returns table (id uuid, victim_id uuid, value bytea)
stable language sql security definer set search_path = public, pg_temp as $$
  select f.id, f.victim_id, f.value from victims_formeridentity f
   where f.field in ('full_name', 'latin_name') and victims_in_no_sealed_case_only(f.victim_id)
   order by f.id $$;

{noting("victims_note_matches", "victims_match",
        kept="exists (select from victims_confirmation c where c.match_id = m.id)")}
create function victims_wholly_open(persons uuid[]) returns boolean
stable language sql security definer set search_path = public, pg_temp as $$
  select not exists (select from victims_involvement link
                      where link.victim_id = any (persons)
                        and not coalesce({in_scope(2, prefix="link.")}, false)) $$;

revoke all on function victims_in_no_sealed_case_only(uuid), victims_identities_to_match(),
  victims_former_to_match(), victims_wholly_open(uuid[]) from public;
grant execute on function victims_identities_to_match(), victims_former_to_match()
  to casework_worker;
grant execute on function victims_wholly_open(uuid[]) to casework_app, casework_worker;
"""
BACK = """
drop function victims_wholly_open(uuid[]);
drop function victims_note_matches(uuid[], uuid[], int[]);
drop function victims_former_to_match();
drop function victims_identities_to_match();
drop function victims_in_no_sealed_case_only(uuid);
"""


class Migration(migrations.Migration):
    dependencies = [("victims", "0011_duplicate_walls")]
    operations = [migrations.RunSQL(SQL, BACK)]
