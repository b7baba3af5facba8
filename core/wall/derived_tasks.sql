-- What the rules ask is kept while the facts ask it (desk/derived.py, which makes a function
-- `ask_<rule>` of each rule, and the triggers that call these).
--
-- Whoever writes a fact notes which rules rest on it, of which cases; before the transaction ends
-- they are asked again. So a task is there with the commit of its cause, and goes with it.

create function note_asked() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'UPDATE' then
    insert into casework_askagain (case_id, rule)
      select w.case_id, r from (select case_id from written union select case_id from before) w,
             unnest(tg_argv) r;
  else
    insert into casework_askagain (case_id, rule)
      select w.case_id, r from (select distinct case_id from written) w, unnest(tg_argv) r;
  end if;
  return null;
end $$;

-- Of the case itself: as its columns change that a rule reads, or that a task bears.
create function note_asked_of_case() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into casework_askagain (case_id, rule) select new.id, r from unnest(tg_argv) r;
  return null;
end $$;

-- Some rules look at all records of a person: they are asked again in every case of theirs.
create function cases_of_persons(victims uuid[]) returns setof uuid
stable language sql set search_path = public, pg_temp as $$
  select distinct i.case_id
    from victims_victim v
    join victims_victim same on same.id in (v.id, v.merged_into_id)
                             or same.merged_into_id in (v.id, v.merged_into_id)
    join victims_involvement i on i.victim_id = same.id
   where v.id = any(victims)
$$;

create function note_asked_of_persons() returns trigger
language plpgsql security definer set search_path = public, pg_temp
set enable_seqscan = off as $$
declare
  victims uuid[];
begin
  if tg_table_name = 'victims_victim' then
    if tg_op = 'INSERT' then
      select array_agg(id) into victims from written;
    else
      select array_agg(record) into victims
        from (select unnest(array[w.id, b.merged_into_id]) as record
                from written w join before b on b.id = w.id
               where w.merged_into_id is distinct from b.merged_into_id) merged;
    end if;
  elsif tg_table_name = 'victims_involvement' then
    select array_agg(distinct victim_id) into victims from written;
  else
    select array_agg(distinct i.victim_id) into victims
      from victims_involvement i where i.case_id in (select case_id from written);
  end if;
  insert into casework_askagain (case_id, rule)
    select c, r from cases_of_persons(victims) c, unnest(tg_argv) r;
  if tg_table_name <> 'victims_victim' then
    insert into casework_askagain (case_id, rule)
      select w.case_id, r from (select distinct case_id from written) w, unnest(tg_argv) r;
  end if;
  return null;
end $$;

create function ask_again() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  due record;
begin
  -- The first row of a transaction asks for all of them.
  if not exists (select from casework_askagain) then
    return null;
  end if;
  perform wait_to_ask((select array_agg(distinct case_id order by case_id) from casework_askagain));
  for due in
    select n.rule, zone_of_office(c.office_id) as zone, array_agg(distinct n.case_id) as cases
      from casework_askagain n left join casework_case c on c.id = n.case_id
     group by 1, 2 order by 1, 2
  loop
    execute format('select ask_%s($1, $2)', replace(due.rule, '-', '_'))
      using due.cases, due.zone;
  end loop;
  delete from casework_askagain;
  return null;
end $$;

-- One after the other for a case, so that of two who write at once the second sees what the first
-- wrote; where there are very many cases, one after the other in all.
create function wait_to_ask(cases uuid[]) returns void
language plpgsql set search_path = public, pg_temp as $$
begin
  if cardinality(cases) > 200 then
    perform pg_advisory_xact_lock(hashtextextended('derived tasks', 0));
    return;
  end if;
  perform pg_advisory_xact_lock_shared(hashtextextended('derived tasks', 0));
  perform pg_advisory_xact_lock(hashtextextended('derived tasks ' || id, 0))
     from unnest(cases) id;
end $$;

-- The day of a task is that of the office of its case; of the global one it is UTC's.
create function zone_of_office(office uuid) returns text
stable language sql set search_path = public, pg_temp as $$
  select coalesce((select nullif(j.time_zone, '')
                     from accounts_office o join places_jurisdiction j on j.id = o.jurisdiction_id
                    where o.id = office and not o.is_global), 'UTC')
$$;

-- All rules of the next cases: for the whole record after a rule changed, and every night to see
-- that what is kept is what would be asked. Returns the last case, and how many tasks differed.
create function ask_all_again(rules text[], after_case uuid, many int,
                              out last_case uuid, out differed bigint)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  due record;
  n bigint;
begin
  differed := 0;
  perform pg_advisory_xact_lock(hashtextextended('derived tasks', 0));
  for due in
    select zone_of_office(c.office_id) as zone, array_agg(c.id) as cases, r as rule
      from (select id, office_id from casework_case
             where after_case is null or id > after_case order by id limit many) c,
           unnest(rules) r
     group by 1, 3
  loop
    execute format('select ask_%s($1, $2)', replace(due.rule, '-', '_'))
       into n using due.cases, due.zone;
    differed := differed + n;
    last_case := greatest(last_case, (select max(id::text)::uuid from unnest(due.cases) id));
  end loop;
end $$;

revoke all on function ask_all_again(text[], uuid, int) from public;
grant execute on function ask_all_again(text[], uuid, int) to casework_worker;

create constraint trigger casework_askagain_now after insert on casework_askagain
  deferrable initially deferred for each row execute function ask_again();

create policy owner_maintains on casework_askagain to current_user using (true) with check (true);
