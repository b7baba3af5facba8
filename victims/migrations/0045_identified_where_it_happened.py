from django.db import migrations

# Who is written down without a day is identified today, by the calendar of the office; where it is
# still yesterday at the place of the case, then: no day of a case lies in the future at its place.
TODAY = """
create or replace function identified_today() returns trigger language plpgsql as $$
begin
  if new.identified_on is null then
    select min(timezone(coalesce(place.time_zone, 'UTC'), now()))::date into new.identified_on
      from places_jurisdiction place
      right join (
        select jurisdiction_id from accounts_office where id = new.office_id
        union all
        select jurisdiction_id from casework_case where id = new.case_id
      ) asked on place.id = asked.jurisdiction_id;
  end if;
  return new;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("victims", "0044_identified_on"),
        ("casework", "0085_files_of_other_kinds"),
    ]

    operations = [migrations.RunSQL(TODAY, migrations.RunSQL.noop)]
