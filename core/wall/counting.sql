-- What a reader's figures are made of, for the report role: it counts, and reads no names.

-- Who counts whole offices.
create function role_counts(role text) returns boolean
immutable language sql as $$
  select role in ('field_officer', 'aftercare_worker', 'legal_officer', 'case_manager',
                  'programme_manager', 'data_officer') $$;

-- Nothing of an office for practice. Whole offices without sealed cases, and sealed cases that name the reader. For nobody (null) there
-- is nothing to count.
create function open_count_context(who uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  offices uuid[];
  named uuid[] := '{}';
begin
  if who is null then
    offices := '{}';
  else
    select coalesce(array_agg(distinct reach.id), '{}') into offices
      from accounts_membership m
      join accounts_user u on u.id = m.user_id and u.is_active
      join accounts_office own on own.id = m.office_id
      join accounts_office reach on (reach.id = own.id or own.is_global) and not reach.is_practice
     where m.user_id = who and m.started_at <= statement_timestamp()
       and (m.ended_at is null or m.ended_at > statement_timestamp()) and role_counts(m.role);
    select coalesce(array_agg(a.case_id), '{}') into named
      from casework_assignment a
      join accounts_office o on o.id = a.office_id and not o.is_practice
     where a.user_id = who and a.level = 4 and a.named and cardinality(offices) > 0
       and exists (select 1 from accounts_membership m
                    where m.user_id = who and team_depth(m.role) > 0
                      and m.started_at <= statement_timestamp()
                      and (m.ended_at is null or m.ended_at > statement_timestamp()))
       and (a.ended_at is null or a.ended_at > statement_timestamp());
  end if;
  perform set_config('app.counted', offices::text, true);
  perform set_config('app.counted_cases', named::text, true);
end $$;

-- What the built-in reporter counts: every office, no sealed case. For the worker alone.
create function open_count_of_all() returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform set_config('app.counted', coalesce(array_agg(id), '{}')::text, true)
     from accounts_office where not is_practice;
  perform set_config('app.counted_cases', '{}', true);
end $$;
revoke all on function open_count_of_all() from public;
grant execute on function open_count_of_all() to casework_worker;

-- Count the sealed cases of these offices until the count context ends, and say which they are:
-- to the report role alone, which reads no names and writes nothing.
create function open_release_context(offices uuid[]) returns uuid[]
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  sealed uuid[];
begin
  offices := array(select id from accounts_office where id = any (offices) and not is_practice);
  select coalesce(array_agg(id), '{}') into sealed
    from casework_case where level = 4 and office_id = any (offices);
  perform set_config('app.counted', offices::text, true);
  perform set_config('app.counted_cases', sealed::text, true);
  return sealed;
end $$;
revoke all on function open_release_context(uuid[]) from public;
grant execute on function open_release_context(uuid[]) to casework_report;

-- How often a case of these offices was sealed or opened again. A number for a digest, shown to
-- nobody; the rows it counts are hidden from most who ask.
create function sealings_in(offices uuid[]) returns bigint
stable language plpgsql security definer set search_path = public, pg_temp as $$
begin
  return (select count(*) + count(opened_at) from casework_seal where office_id = any (offices));
end $$;

-- Who said no to figures that leave the house, or never said yes to everyone.
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
revoke all on function victims_out_of_figures() from public;
grant execute on function victims_out_of_figures() to casework_report;
