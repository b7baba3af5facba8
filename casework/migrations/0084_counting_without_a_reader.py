"""Only the worker counts without a reader: as nobody, the application counts nothing."""

from pathlib import Path

from django.db import migrations

FORMER = Path(__file__).with_name("counting.sql").read_text()
BRANCH = """  if who is null then
    select coalesce(array_agg(id), '{}') into offices from accounts_office;
  else
    select"""
NONE = """  if who is null then
    offices := '{}';
  else
    select"""
assert BRANCH in FORMER
FORWARDS = (
    FORMER.replace(BRANCH, NONE).replace(
        "Nobody (null) is the built-in reporter: every office.", "Nobody (null) counts nothing."
    )
    + """
-- What the built-in reporter counts: every office, no sealed case. For the worker alone.
create function open_count_of_all() returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform set_config('app.counted', coalesce(array_agg(id), '{}')::text, true)
     from accounts_office;
  perform set_config('app.counted_cases', '{}', true);
end $$;
revoke execute on function open_count_of_all() from public;
grant execute on function open_count_of_all() to casework_worker;
"""
)


class Migration(migrations.Migration):
    dependencies = [("casework", "0083_closings_without_words")]
    operations = [migrations.RunSQL(FORWARDS, f"drop function open_count_of_all();\n{FORMER}")]
