-- What the rules ask is kept until a fact changes (desk/to_do/derived.py, which makes a function
-- `ask_<rule>` of each rule, and the triggers that call these).
--
-- Whoever writes a fact only notes its case. Whoever reads asks the noted cases again first, and
-- what is kept of them is replaced; so nothing old is ever read, and writing waits for nothing.
--
-- A case is asked again by one at a time: that one holds its notes until the end of its
-- transaction. Every note is a row of its own, so one that is made meanwhile stays for the next.
-- Of notes of a transaction that still goes on only itself knows; it asks the record (`asks_live`).

create function note_asked() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'UPDATE' then
    insert into casework_askagain (case_id, office_id, noted_by)
      select case_id, office_id, pg_current_xact_id()::text::bigint
        from (select case_id, office_id from written union select case_id, office_id from before) w;
  else
    insert into casework_askagain (case_id, office_id, noted_by)
      select distinct case_id, office_id, pg_current_xact_id()::text::bigint from written;
  end if;
  return null;
end $$;

-- Of the case itself: as its columns change that a rule reads, or that a task bears.
create function note_asked_of_case() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into casework_askagain (case_id, office_id, noted_by)
    values (new.id, new.office_id, pg_current_xact_id()::text::bigint);
  return null;
end $$;

create trigger casework_case_asks_first after insert on casework_case
  for each row execute function note_asked_of_case();

-- Of every case a person was ever on: as they begin to work here, stop, or may not sign in.
create function note_asked_of_team() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  people uuid[];
begin
  if tg_table_name = 'accounts_user' then
    people := array[new.id];
  elsif tg_op = 'DELETE' then
    people := array[old.user_id];
  elsif tg_op = 'INSERT' then
    people := array[new.user_id];
  else
    people := array[old.user_id, new.user_id];
  end if;
  -- Of who was on none nothing is written: a new role alone makes no figure old.
  if exists (select from casework_assignment where user_id = any(people)) then
    insert into casework_askagain (case_id, office_id, noted_by)
      select distinct case_id, office_id, pg_current_xact_id()::text::bigint
        from casework_assignment where user_id = any(people);
  end if;
  return null;
end $$;
create trigger accounts_user_asks after update on accounts_user
  for each row when (old.is_active is distinct from new.is_active)
  execute function note_asked_of_team();
create trigger accounts_membership_asks after insert or delete on accounts_membership
  for each row execute function note_asked_of_team();
create trigger accounts_membership_asks_again after update on accounts_membership
  for each row when ((old.user_id, old.role, old.ended_at)
                     is distinct from (new.user_id, new.role, new.ended_at))
  execute function note_asked_of_team();

-- Of every case: as the organisation sets another number of days for a rule.
create function note_asked_of_all() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into casework_askagain (case_id, office_id, noted_by)
    select id, office_id, pg_current_xact_id()::text::bigint from casework_case;
  return null;
end $$;
create trigger casework_taskrule_asks after update on casework_taskrule
  for each row when (old.days is distinct from new.days) execute function note_asked_of_all();

-- How many are asked of a rule now, in all offices; or would be, so many days later, or with so many
-- days `ahead`. Rounded up to tens: who sets rules sees no case, and reads of few that there are some.
create function count_asked(of_rule text, later int, ahead int) returns bigint
stable language sql security definer set search_path = public, pg_temp as $$
  select (ceil(count(*) / 10.0) * 10)::bigint
    from casework_derivedtask d join accounts_office o on o.id = d.office_id and not o.is_practice
   where d.rule = of_rule
     and (d.from_at is null or d.from_at + make_interval(days => later) <= statement_timestamp())
     and (ahead is null or d.due_on + later - ahead
          <= (statement_timestamp() at time zone zone_of_office(d.office_id))::date) $$;

-- Of a case that is erased nothing is asked, and nothing stays.
create function forget_noted() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from casework_askagain where case_id = old.id;
  return null;
end $$;
create trigger casework_case_asks_no_more after delete on casework_case
  for each row execute function forget_noted();

-- Some rules look at all records of a person: what is written in one case is noted of every case
-- of theirs.
create function note_asked_of_persons() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_table_name = 'victims_involvement' then
    perform note_cases_of(array(select distinct victim_id from written));
  else
    perform note_cases_of(array(select distinct i.victim_id from victims_involvement i
                                 where i.case_id in (select case_id from written)));
  end if;
  return null;
end $$;

-- Of a record that was found to be of another's person, or parted from it.
create function note_asked_of_merged() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform note_cases_of(array[new.id, old.merged_into_id]);
  return null;
end $$;

create function note_cases_of(victims uuid[]) returns void
language plpgsql set search_path = public, pg_temp
set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
declare
  records uuid[] := array(select unnest(array[id, merged_into_id])
                            from victims_victim where id = any(victims));
begin
  insert into casework_askagain (case_id, office_id, noted_by)
    select distinct i.case_id, i.office_id, pg_current_xact_id()::text::bigint
      from victims_victim v join victims_involvement i on i.victim_id = v.id
     where v.id = any(records) or v.merged_into_id = any(records);
end $$;

-- Before what is kept is read: the noted cases of these offices, and of these, are asked again.
-- Whether what is kept of them now is what would be asked; if not, the reader asks the record:
-- after an import (`most`), in the transaction that changed a fact, where nothing can be written,
-- and where somebody else does not let go of a case in time. It waits less than it takes to find a
-- deadlock, and holds back nobody who writes but to the end of a request.
create function ask_again(offices uuid[], cases uuid[], most int) returns boolean
language plpgsql security definer set search_path = public, pg_temp set lock_timeout = '400ms' as $$
declare
  due uuid[];
  notes int;
begin
  select array_agg(distinct case_id), count(*) into due, notes
    from (select case_id from casework_askagain
           where office_id = any(offices) or case_id = any(cases) limit 20 * most + 1) noted;
  if notes = 0 then
    return true;
  end if;
  if notes > 20 * most or cardinality(due) > most
     or current_setting('transaction_read_only')::boolean
     or current_setting('transaction_isolation') <> 'read committed' then
    return false;
  end if;
  begin
    return ask_noted(due);
  exception when lock_not_available or deadlock_detected then
    return false;
  end;
end $$;

-- Asks these cases again, unless this very transaction changed them.
create function ask_noted(due uuid[]) returns boolean
language plpgsql set search_path = public, pg_temp as $$
declare
  notes bigint[];
  ours boolean;
begin
  select array_agg(id), bool_or(noted_by = pg_current_xact_id_if_assigned()::text::bigint)
    into notes, ours
    from (select id, noted_by from casework_askagain
           where case_id = any(due) order by id for update) held;
  if ours then
    return false;
  end if;
  -- From here on, with a new look at the record: whatever is committed after it leaves its own note.
  perform keep_asked(due);
  delete from casework_askagain where id = any(notes);
  return true;
end $$;

-- The day of a task is that of the office of its case; of the global one it is UTC's. In a language
-- that keeps its plan: it is asked once a row.
create function zone_of_office(office uuid) returns text
stable language plpgsql set search_path = public, pg_temp as $$
begin
  return coalesce((select nullif(j.time_zone, '')
                     from accounts_office o join places_jurisdiction j on j.id = o.jurisdiction_id
                    where o.id = office and not o.is_global), 'UTC');
end $$;

-- For the worker, each minute: the longest noted cases. How many there were; none, while another
-- worker does this, a reader holds one of them, or this transaction noted one itself.
create function ask_longest_noted(many int) returns int
language plpgsql security definer set search_path = public, pg_temp set lock_timeout = '400ms' as $$
declare
  due uuid[];
begin
  if not pg_try_advisory_xact_lock(hashtextextended('ask_longest_noted', 0)) then
    return 0;
  end if;
  select array_agg(distinct case_id) into due
    from (select case_id from casework_askagain order by id limit many) longest;
  if due is null or not ask_noted(due) then
    return 0;
  end if;
  return cardinality(due);
exception when lock_not_available or deadlock_detected then
  return 0;
end $$;

-- For the worker, every night: the full question of the next cases that nobody noted, beside what is
-- kept of them, at one moment. Where they differ the case is noted. Returns the last case, and in
-- how many they differed.
create function check_asked(after_case uuid, many int, out last_case uuid, out differed bigint)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  these uuid[] := array(select id from casework_case
                         where after_case is null or id > after_case order by id limit many);
begin
  with amiss as (
    select coalesce(a.case_id, d.case_id) as id
      from asked_of(these) a
      full join (select * from casework_derivedtask where case_id = any(these)) d
        on d.rule = a.rule and d.row_id = a.row_id
     where (a.case_id, a.reference, a.target, a.about, a.due_on, a.from_on, a.from_at, a.gravity)
           is distinct from
           (d.case_id, d.reference, d.target, d.about, d.due_on, d.from_on, d.from_at, d.gravity))
  insert into casework_askagain (case_id, office_id, noted_by)
    select c.id, c.office_id, pg_current_xact_id()::text::bigint
      from casework_case c where c.id in (select id from amiss)
       and not exists (select from casework_askagain n where n.case_id = c.id);
  get diagnostics differed = row_count;
  last_case := these[cardinality(these)];
end $$;

revoke all on function ask_longest_noted(int) from public;
grant execute on function ask_longest_noted(int) to casework_worker;
revoke all on function check_asked(uuid, int) from public;
grant execute on function check_asked(uuid, int) to casework_worker;

create policy owner_maintains on casework_askagain to current_user using (true) with check (true);
