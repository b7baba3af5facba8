-- The hour until which somebody must be seen by a court: kept for each case by triggers, which follow
-- arrests, custodies and deaths (prosecutions/models/custody.py).

-- What must stand on the clock of these cases: each hour once, whoever is held until then.
create function prosecutions_presumed(cases uuid[])
returns table (case_id uuid, court_by timestamptz, country text)
stable language sql set search_path = public, pg_temp as $$
  select distinct on (a.case_id, a.presumed_until)
         a.case_id, a.presumed_until, left(j.code, 2)
    from prosecutions_arrest a
    join prosecutions_suspect s on s.id = a.suspect_id
    join casework_case c on c.id = a.case_id
    left join casework_rescue r on r.id = a.rescue_id
    join places_jurisdiction j on j.id = coalesce(r.jurisdiction_id, c.jurisdiction_id)
   where a.case_id = any(cases) and a.presumed_until is not null and s.died_on is null
     and not exists (select from prosecutions_custody k
                      where k.suspect_id = a.suspect_id
                        and (k.since >= a.arrested_on
                             or k.ended_on is null or k.ended_on > a.arrested_on))
   order by a.case_id, a.presumed_until, a.id
$$;

create function prosecutions_follow_custody() returns trigger
language plpgsql security definer set search_path = public, pg_temp
set plan_cache_mode = force_custom_plan set enable_seqscan = off as $$
declare
  touched uuid[];
begin
  -- A case without an arrest that was told in time, and without a clock, has nothing to follow.
  select array_agg(distinct w.case_id order by w.case_id) into touched from written w
   where exists (select from prosecutions_arrest a
                  where a.case_id = w.case_id and a.presumed_until is not null)
      or exists (select from prosecutions_custodyclock k where k.case_id = w.case_id);
  if touched is null then
    return null;
  end if;
  -- One after the other for a case: two who write at once each see what the other wrote.
  perform pg_advisory_xact_lock(hashtextextended('custody clock ' || id, 0))
     from unnest(touched) id;
  delete from prosecutions_custodyclock k
   where k.case_id = any(touched)
     and not exists (select from prosecutions_presumed(touched) p
                      where (p.case_id, p.court_by) = (k.case_id, k.court_by));
  insert into prosecutions_custodyclock as k
         (id, version, created_at, updated_at, case_id, court_by, country)
  select gen_random_uuid(), 1, statement_timestamp(), statement_timestamp(), case_id, court_by, country
    from prosecutions_presumed(touched)
      on conflict (case_id, court_by) do update
     set country = excluded.country, version = k.version + 1, updated_at = statement_timestamp()
   where k.country <> excluded.country;
  return null;
end $$;
create trigger prosecutions_arrest_clock_added after insert on prosecutions_arrest
  referencing new table as written
  for each statement execute function prosecutions_follow_custody();
create trigger prosecutions_arrest_clock_changed after update on prosecutions_arrest
  referencing new table as written
  for each statement execute function prosecutions_follow_custody();
create trigger prosecutions_arrest_clock_struck after delete on prosecutions_arrest
  referencing old table as written
  for each statement execute function prosecutions_follow_custody();
create trigger prosecutions_custody_clock_added after insert on prosecutions_custody
  referencing new table as written
  for each statement execute function prosecutions_follow_custody();
create trigger prosecutions_custody_clock_changed after update on prosecutions_custody
  referencing new table as written
  for each statement execute function prosecutions_follow_custody();
create trigger prosecutions_custody_clock_struck after delete on prosecutions_custody
  referencing old table as written
  for each statement execute function prosecutions_follow_custody();
create trigger prosecutions_suspect_clock_changed after update on prosecutions_suspect
  referencing new table as written
  for each statement execute function prosecutions_follow_custody();
