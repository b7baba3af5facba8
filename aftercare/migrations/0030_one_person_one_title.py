"""One person, of however many records, has one certificate and one title; what a consent ended."""

from django.db import migrations

# The record that stands for the person, kept by the database alone, as for placements (0013).
ONCE = """
create function aftercare_title_person() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  new.person_id := aftercare_person_of(
    (select i.victim_id from victims_involvement i where i.id = new.involvement_id));
  return new;
end $$;
alter table aftercare_releasecertificate add column person_id uuid;
alter table aftercare_entitlement add column person_id uuid;
update aftercare_releasecertificate t set person_id = aftercare_person_of(i.victim_id)
  from victims_involvement i where i.id = t.involvement_id;
update aftercare_entitlement t set person_id = aftercare_person_of(i.victim_id)
  from victims_involvement i where i.id = t.involvement_id;
alter table aftercare_releasecertificate alter column person_id set not null;
alter table aftercare_entitlement alter column person_id set not null;
create trigger aftercare_certificate_person before insert or update of involvement_id
  on aftercare_releasecertificate for each row execute function aftercare_title_person();
create trigger aftercare_entitlement_person before insert or update of involvement_id
  on aftercare_entitlement for each row execute function aftercare_title_person();
create unique index aftercare_certificate_one_a_person
  on aftercare_releasecertificate (person_id) where status <> 'refused';
create unique index aftercare_entitlement_one_a_person on aftercare_entitlement (person_id);
create or replace function aftercare_follow_merge() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  person uuid := coalesce(new.merged_into_id, new.id);
begin
  update aftercare_placement set person_id = person where victim_id = new.id;
  update aftercare_releasecertificate t set person_id = person
    from victims_involvement i where i.id = t.involvement_id and i.victim_id = new.id;
  update aftercare_entitlement t set person_id = person
    from victims_involvement i where i.id = t.involvement_id and i.victim_id = new.id;
  return null;
end $$;
"""
TWICE = """
create or replace function aftercare_follow_merge() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update aftercare_placement set person_id = coalesce(new.merged_into_id, new.id)
   where victim_id = new.id;
  return null;
end $$;
drop trigger aftercare_entitlement_person on aftercare_entitlement;
drop trigger aftercare_certificate_person on aftercare_releasecertificate;
alter table aftercare_entitlement drop column person_id;
alter table aftercare_releasecertificate drop column person_id;
drop function aftercare_title_person();
"""

# What a provider asks before it takes a person in: it reads no consent, so the database answers
# yes or no. The same rule as `victims/services/basis.py`; a test holds the two together.
CARRIES = """
create function aftercare_consent_carries(referral uuid) returns boolean
stable language sql security definer set search_path = public, pg_temp as $$
  with sent as (
    select r.involvement_id, r.provider_id,
           (now() at time zone j.time_zone)::date as today
      from aftercare_referral r
      join casework_case c on c.id = r.case_id
      join places_jurisdiction j on j.id = c.jurisdiction_id
     where r.id = referral
  ), standing as (
    select c.recipient_kind, c.withdrawn_on is not null as withdrawn,
           c.withdrawn_on is null and c.given_on <= s.today
           and (c.expires_on is null or c.expires_on >= s.today) as holds
      from victims_consent c join sent s on s.involvement_id = c.involvement_id
     where c.purpose = 'care' and c.replaced_at is null
       and (c.recipient_kind = 'any_provider'
            or (c.recipient_kind = 'provider' and c.recipient_id = s.provider_id))
  )
  select exists (select 1 from standing where holds)
     and not exists (select 1 from standing where recipient_kind = 'provider' and withdrawn) $$;
"""

MINE = """status <> 'draft' and provider_id in (
    select s.provider_id from aftercare_providerstaff s
     where s.user_id = nullif(current_setting('app.user_id', true), '')::uuid
       and s.ended_at is null)"""
# The person withdrew the consent it was sent on: of what is over, the provider sees that alone.
STANDS = """not (status in ({over}) and exists (
    select 1 from victims_withdrawal w
     where w.recipient_kind = 'provider' and w.recipient_id = aftercare_referral.provider_id
       and w.involvement_id = aftercare_referral.involvement_id
       and w.created_at > aftercare_referral.sent_at))"""


def over(*codes):
    listed = ", ".join(f"'{code}'" for code in codes)
    stands = STANDS.format(over=listed)
    return f"alter policy received on aftercare_referral using ({MINE} and {stands})"


class Migration(migrations.Migration):
    dependencies = [
        ("aftercare", "0013_after_merge_and_withdrawal"),
        ("victims", "0030_share_told_on"),
    ]
    operations = [
        migrations.RunSQL(ONCE, TWICE),
        migrations.RunSQL(CARRIES, "drop function aftercare_consent_carries(uuid)"),
        migrations.RunSQL(over("withdrawn", "declined", "completed"), over("withdrawn")),
    ]
