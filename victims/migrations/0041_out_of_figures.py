"""Who is in no figure that leaves the organisation, for whoever counts."""

from django.db import migrations

# Every record of a person who was asked about figures and whose answers do not carry to everyone,
# or one of whose answers, to whomever, is a no. For the report role alone: it reads no consent and
# no name, and a no in a case or office it does not count holds as well.
OUT = """
create function victims_out_of_figures() returns setof uuid
stable language sql security definer set search_path = public, pg_temp as $$
  with answers as (
    select coalesce(v.merged_into_id, v.id) as person,
           c.withdrawn_on is not null or coalesce(c.expires_on < day.today, false) as said_no,
           c.recipient_kind = 'public' and c.given_on <= day.today as to_everyone
      from victims_consent c
      join victims_involvement i on i.id = c.involvement_id
      join victims_victim v on v.id = i.victim_id
      join casework_case k on k.id = c.case_id
      join places_jurisdiction j on j.id = k.jurisdiction_id
     cross join lateral (select (now() at time zone j.time_zone)::date as today) day
     where c.purpose = 'statistics' and c.replaced_at is null
  ), out as (
    select person from answers group by person
    having bool_or(said_no) or not bool_or(to_everyone)
  )
  select v.id from victims_victim v join out on out.person = coalesce(v.merged_into_id, v.id) $$;
revoke execute on function victims_out_of_figures() from public;
grant execute on function victims_out_of_figures() to casework_report;
"""


class Migration(migrations.Migration):
    dependencies = [("victims", "0031_updated_since")]
    operations = [migrations.RunSQL(OUT, "drop function victims_out_of_figures()")]
