"""One person, of however many records, sleeps in one place; what ended with a consent is gone."""

from django.db import migrations

# A record of a person that stands under another counts as that one. Kept by the database alone:
# whoever merges need not see the placements, and nobody can forget it. The triggers run with the
# owner's rights; the function they call does not, so that nobody else learns who is merged.
PERSON = """
alter table aftercare_placement add column person_id uuid;
create function aftercare_person_of(record uuid) returns uuid
stable language sql as $$
  select coalesce((select v.merged_into_id from victims_victim v where v.id = record), record) $$;
create function aftercare_place_person() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  new.person_id := aftercare_person_of(new.victim_id);
  return new;
end $$;
create function aftercare_follow_merge() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update aftercare_placement set person_id = coalesce(new.merged_into_id, new.id)
   where victim_id = new.id;
  return null;
end $$;
update aftercare_placement set person_id = aftercare_person_of(victim_id);
alter table aftercare_placement alter column person_id set not null;
create trigger aftercare_placement_person before insert or update of victim_id
  on aftercare_placement for each row execute function aftercare_place_person();
create trigger aftercare_placement_follow_merge after update of merged_into_id on victims_victim
  for each row when (old.merged_into_id is distinct from new.merged_into_id)
  execute function aftercare_follow_merge();
alter table aftercare_placement drop constraint aftercare_placement_one_a_night;
alter table aftercare_placement add constraint aftercare_placement_one_a_night
  exclude using gist (aftercare_person(person_id, person_id, '[]') with &&,
                      daterange(since, until, '[)') with &&);
"""
RECORD = """
alter table aftercare_placement drop constraint aftercare_placement_one_a_night;
alter table aftercare_placement add constraint aftercare_placement_one_a_night
  exclude using gist (aftercare_person(victim_id, victim_id, '[]') with &&,
                      daterange(since, until, '[)') with &&);
drop trigger aftercare_placement_follow_merge on victims_victim;
drop trigger aftercare_placement_person on aftercare_placement;
drop function aftercare_follow_merge();
drop function aftercare_place_person();
drop function aftercare_person_of(uuid);
alter table aftercare_placement drop column person_id;
"""

MINE = """status <> 'draft' and provider_id in (
    select s.provider_id from aftercare_providerstaff s
     where s.user_id = nullif(current_setting('app.user_id', true), '')::uuid
       and s.ended_at is null)"""
# The person withdrew the consent it was sent on: the provider sees that alone.
STANDS = """not (status = 'withdrawn' and exists (
    select 1 from victims_withdrawal w
     where w.recipient_kind = 'provider' and w.recipient_id = aftercare_referral.provider_id
       and w.involvement_id = aftercare_referral.involvement_id
       and w.created_at > aftercare_referral.sent_at))"""
# Former values are as open as the referral is today.
TODAY = "exists (select 1 from aftercare_referral r where r.id = pgh_obj_id)"


def received(table, more):
    return migrations.RunSQL(
        f"alter policy received on {table} using ({MINE} and {more})",
        f"alter policy received on {table} using ({MINE})",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("aftercare", "0012_load_schemes"),
        ("victims", "0021_incident_survivor_walls"),
    ]
    operations = [
        migrations.RunSQL(PERSON, RECORD),
        received("aftercare_referral", STANDS),
        received("aftercare_referralevent", TODAY),
    ]
