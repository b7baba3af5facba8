-- What a provider sees: what was sent to it, its own notes, and that a consent was withdrawn. The rest
-- it asks of functions that answer in numbers, or yes or no.

-- The person withdrew the consent it was sent on: of what is over, the provider sees that alone.
create policy received on aftercare_referral to casework_app, casework_worker using (
  status <> 'draft' and provider_id in (
    select s.provider_id from aftercare_providerstaff s
     where s.user_id = nullif(current_setting('app.user_id', true), '')::uuid
       and s.ended_at is null)
  and not (status in ('withdrawn', 'declined', 'completed') and exists (
    select 1 from victims_withdrawal w
     where w.recipient_kind = 'provider' and w.recipient_id = aftercare_referral.provider_id
       and w.involvement_id = aftercare_referral.involvement_id
       and w.created_at > aftercare_referral.sent_at)));

-- Former values are as open as the referral is today.
create policy received on aftercare_referralevent to casework_app, casework_worker using (
  status <> 'draft' and provider_id in (
    select s.provider_id from aftercare_providerstaff s
     where s.user_id = nullif(current_setting('app.user_id', true), '')::uuid
       and s.ended_at is null)
  and exists (select 1 from aftercare_referral r where r.id = pgh_obj_id));

create policy received on aftercare_progressnote to casework_app, casework_worker using (
  referral_id in (
    select r.id from aftercare_referral r join aftercare_providerstaff s using (provider_id)
     where r.status <> 'draft' and s.ended_at is null
       and s.user_id = nullif(current_setting('app.user_id', true), '')::uuid));

create policy received on victims_withdrawal to casework_app, casework_worker using (
  recipient_kind = 'provider' and recipient_id in (
    select s.provider_id from aftercare_providerstaff s
     where s.user_id = nullif(current_setting('app.user_id', true), '')::uuid
       and s.ended_at is null));
create policy received on victims_withdrawalevent to casework_app, casework_worker using (
  recipient_kind = 'provider' and recipient_id in (
    select s.provider_id from aftercare_providerstaff s
     where s.user_id = nullif(current_setting('app.user_id', true), '')::uuid
       and s.ended_at is null));

-- What a provider asks before it takes a person in: it reads no consent, so the database answers yes
-- or no. The same rule as victims/services/basis.py; a test holds the two together.
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

-- Whether a provider is full is known only over all cases, also those the asker may not see: nights
-- and sexes, and nothing that leads to a person. A sex unknown in one record may be known in another.
create function aftercare_stays(of uuid[], since date, until date, but uuid default null)
returns table (provider uuid, sex text, since date, until date, leaves date)
stable language sql security definer set search_path = public, pg_temp as $$
  select p.provider_id, case when v.merged_into_id is null and v.sex <> 'unknown' then v.sex
    else coalesce((
      select r.sex from victims_victim r
       where (r.id = coalesce(v.merged_into_id, v.id)
              or r.merged_into_id = coalesce(v.merged_into_id, v.id))
         and r.sex <> 'unknown'
       order by r.merged_into_id is not null, r.created_at, r.id limit 1), 'unknown') end,
         p.since, p.until, p.planned_until
    from aftercare_placement p join victims_victim v on v.id = p.victim_id
   where p.provider_id = any ($1) and ($3 is null or p.since < $3)
     and (p.until is null or p.until > $2) and ($4 is null or p.id <> $4) $$;
