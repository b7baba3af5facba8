"""Stays say the sex of the person, of whichever record knows it, and may leave one stay out."""

from django.db import migrations

# As in 0035, but for the sex: of the record that stands, else of the first that knows it, as
# `victims.persons.of_person` says it.
OF_PERSON = """case when v.merged_into_id is null and v.sex <> 'unknown' then v.sex
    else coalesce((
      select r.sex from victims_victim r
       where (r.id = coalesce(v.merged_into_id, v.id)
              or r.merged_into_id = coalesce(v.merged_into_id, v.id))
         and r.sex <> 'unknown'
       order by r.merged_into_id is not null, r.created_at, r.id limit 1), 'unknown') end"""
STAYS = """
drop function aftercare_stays({drop});
create function aftercare_stays(of uuid[], since date, until date{argument})
returns table (provider uuid, sex text, since date, until date, leaves date)
stable language sql security definer set search_path = public, pg_temp as $$
  select p.provider_id, {sex}, p.since, p.until, p.planned_until
    from aftercare_placement p join victims_victim v on v.id = p.victim_id
   where p.provider_id = any ($1) and ($3 is null or p.since < $3)
     and (p.until is null or p.until > $2){but} $$;
"""
BEFORE, AFTER = "uuid[], date, date", "uuid[], date, date, uuid"


class Migration(migrations.Migration):
    dependencies = [("aftercare", "0036_relief_comes_out_of_the_cash")]
    operations = [
        migrations.RunSQL(
            STAYS.format(
                drop=BEFORE,
                argument=", but uuid default null",
                sex=OF_PERSON,
                but=" and ($4 is null or p.id <> $4)",
            ),
            STAYS.format(drop=AFTER, argument="", sex="v.sex", but=""),
        )
    ]
