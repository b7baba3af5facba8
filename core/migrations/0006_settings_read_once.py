"""Policies read each setting once per statement, no longer once per row.

New ones are made so (`core.rls.array`); here those that stand already are said anew, unchanged in
what they allow.
"""

from django.db import migrations

SQL = r"""
do $$
declare
  one record;
  made constant text := $p$(?<!SELECT )(\(NULLIF\(current_setting\('app\.\w+'::text, true\), $p$
    || $p$''::text\)\)::uuid\[\])$p$;
  anew constant text := '(select \1)::uuid[]';
begin
  for one in
    select policyname, tablename, regexp_replace(qual, made, anew, 'g') seen,
           regexp_replace(with_check, made, anew, 'g') written
      from pg_policies
     where schemaname = current_schema() and (qual ~ made or with_check ~ made)
  loop
    execute format('alter policy %I on %I', one.policyname, one.tablename)
      || coalesce(' using (' || one.seen || ')', '')
      || coalesce(' with check (' || one.written || ')', '');
  end loop;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0005_audit_wall")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
