"""Pairs of offenders are open to whoever reaches both; the worker alone asks for all names."""

from django.db import migrations

from core import rls

PERSON = {"through": "prosecutions_suspect", "key": "perpetrator_id"}
SQL = f"""
create function prosecutions_to_match()
returns table (record uuid, person uuid, kind text, sex text, name text)
stable language sql security definer set search_path = public, pg_temp as $$
  select p.id, coalesce(p.merged_into_id, p.id), p.kind, p.sex, said.name
    from prosecutions_perpetrator p
    join (select id of, name from prosecutions_perpetrator
           union all select perpetrator_id, name from prosecutions_alias) said on said.of = p.id
   where said.name <> ''
     and exists (select from prosecutions_suspect s where s.perpetrator_id = p.id and s.level < 4)
   order by p.id $$;
revoke all on function prosecutions_to_match() from public;
grant execute on function prosecutions_to_match() to casework_worker;
{rls.noting("prosecutions_note_matches", "prosecutions_offendermatch")}
"""
BACK = """
drop function prosecutions_note_matches(uuid[], uuid[], int[]);
drop function prosecutions_to_match();
"""


class Migration(migrations.Migration):
    dependencies = [("prosecutions", "0050_offender_matches")]
    operations = [
        rls.pair_rows("prosecutions_offendermatch", 2, **PERSON, pair=("one_id", "other_id")),
        migrations.RunSQL(SQL, BACK),
    ]
