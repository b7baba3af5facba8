-- A conflict with a person holds in every case of that person, today and later, whoever declared it
-- and whatever the declarer may see.

-- Every record that stands for the same person. Called by the triggers below, which are its owner;
-- for anyone else it finds what the walls leave.
create function casework_records_of(person uuid) returns setof uuid
stable language sql set search_path = public, pg_temp as $$
  select person
  union select v.id from victims_victim v
    join (select coalesce(merged_into_id, id) as id from victims_victim where id = person) as kept
      on v.id = kept.id or v.merged_into_id = kept.id
  union select p.id from prosecutions_perpetrator p
    join (select coalesce(merged_into_id, id) as id
            from prosecutions_perpetrator where id = person) as kept
      on p.id = kept.id or p.merged_into_id = kept.id $$;

-- Write what is declared about this person into each case where it is not known since then: a
-- conflict lifted in one case stays lifted there, and its other cases decide for themselves.
create function casework_spread_conflicts(person uuid) returns void
language plpgsql set search_path = public, pg_temp as $$
declare
  records uuid[];
begin
  if not exists (select from casework_conflict where person_id is not null) then
    return;
  end if;
  select array_agg(id) into records from casework_records_of(person) as id;
  with held as (
    select distinct on (user_id) user_id, kind, person_id, declared_by_id, declared_at
      from casework_conflict where person_id = any (records) and status = 'holds'
     order by user_id, declared_at desc
  ), cases as (
    select case_id from victims_involvement where victim_id = any (records)
    union select case_id from prosecutions_suspect where perpetrator_id = any (records)
  ), written as (
    insert into casework_conflict (id, version, created_at, updated_at, case_id, user_id, kind,
                                   person_id, status, declared_by_id, declared_at)
    select gen_random_uuid(), 1, statement_timestamp(), statement_timestamp(), c.case_id,
           h.user_id, h.kind, h.person_id, 'holds', h.declared_by_id, h.declared_at
      from held h cross join cases c
     where not exists (select from casework_conflict k
                        where k.case_id = c.case_id and k.user_id = h.user_id
                          and k.person_id = any (records) and k.declared_at >= h.declared_at)
    on conflict do nothing
    returning case_id, user_id
  )
  update casework_assignment a
     set ended_at = statement_timestamp(), updated_at = statement_timestamp()
    from written w
   where a.case_id = w.case_id and a.user_id = w.user_id
     and (a.ended_at is null or a.ended_at > statement_timestamp());
end $$;

create function casework_conflict_declared() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  -- Whoever places this person in a case just now is waited for, and waits.
  perform from victims_victim where id in (select casework_records_of(new.person_id)) for update;
  perform from prosecutions_perpetrator
    where id in (select casework_records_of(new.person_id)) for update;
  perform casework_spread_conflicts(new.person_id);
  return null;
end $$;

-- Rows that are spread are spread already: only one that someone declared goes on from here.
create trigger casework_conflict_declared after insert on casework_conflict
  for each row when (new.person_id is not null and pg_trigger_depth() = 0)
  execute function casework_conflict_declared();

create function casework_person_placed() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  person uuid;
begin
  if tg_table_name = 'victims_involvement' then
    person := new.victim_id;
    perform from victims_victim where id = person for key share;
  else
    person := new.perpetrator_id;
    perform from prosecutions_perpetrator where id = person for key share;
  end if;
  perform casework_spread_conflicts(person);
  return null;
end $$;
create trigger casework_person_placed after insert or update of case_id, perpetrator_id on prosecutions_suspect
  for each row execute function casework_person_placed();
create trigger casework_person_placed after insert or update of case_id, victim_id on victims_involvement
  for each row execute function casework_person_placed();

create function casework_persons_merged() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform casework_spread_conflicts(new.id);
  return null;
end $$;
create trigger casework_persons_merged after update of merged_into_id on prosecutions_perpetrator
  for each row execute function casework_persons_merged();
create trigger casework_persons_merged after update of merged_into_id on victims_victim
  for each row execute function casework_persons_merged();
