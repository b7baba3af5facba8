-- Offices for practice: their cases are invented and go at once. So no case comes from there or goes
-- there, and whoever works there works nowhere else.

create function is_practice(office uuid) returns boolean
stable language plpgsql security definer set search_path = public, pg_temp as $$
begin
  return exists (select from accounts_office o where o.id = office and o.is_practice);
end $$;

create function practice_stays_apart() returns trigger language plpgsql as $$
begin
  if is_practice(old.office_id) is distinct from is_practice(new.office_id) then
    perform refuse('a case neither leaves practice nor becomes practice');
  end if;
  return new;
end $$;
create trigger practice_stays_apart before update of office_id on casework_case
  for each row when (old.office_id is distinct from new.office_id)
  execute function practice_stays_apart();

-- Whether somebody is still on the team of a case of the other world than this office is of.
create function on_cases_across(who uuid, office uuid) returns boolean
stable language plpgsql security definer set search_path = public, pg_temp as $$
begin
  return exists (
    select from casework_assignment a join accounts_office o on o.id = a.office_id
     where a.user_id = who and o.is_practice <> is_practice(office)
       and (a.ended_at is null or a.ended_at > statement_timestamp()));
end $$;

-- In either order: the first role in force says in which of the two worlds a person works, and so
-- does a case on whose team they still are: a role opens it again, of whatever office.
create function practice_is_all_one_does() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if is_practice(new.office_id)
     and new.role not in ('field_officer', 'aftercare_worker', 'legal_officer', 'case_manager') then
    perform refuse('this role is not one for practice');
  end if;
  perform from accounts_user where id = new.user_id for update;  -- one role of a person at a time
  if exists (
    select from accounts_membership m
     where m.user_id = new.user_id and m.id <> new.id
       and is_practice(m.office_id) <> is_practice(new.office_id)
       and (m.ended_at is null or m.ended_at > statement_timestamp())) then
    perform refuse('whoever practises works nowhere else');
  end if;
  if on_cases_across(new.user_id, new.office_id) then
    perform refuse('whoever practises is on the team of no other case');
  end if;
  return null;
end $$;
create trigger practice_is_all_one_does after insert on accounts_membership
  for each row execute function practice_is_all_one_does();

-- Who writes what is invented: nobody can sign in as this person, and the role ends by itself.
create function begin_practice(author uuid, office uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not coalesce(manages_people(vouched_person()), false) or not is_practice(office)
     or not exists (select from accounts_user u where u.id = author and u.password like '!%') then
    perform refuse('an administrator lets somebody write who cannot sign in');
  end if;
  insert into accounts_membership
         (id, version, created_at, updated_at, user_id, office_id, role, started_at, ended_at)
  values (gen_random_uuid(), 1, statement_timestamp(), statement_timestamp(), author, office,
          'case_manager', statement_timestamp(), statement_timestamp() + interval '10 minutes');
end $$;

-- All cases of an office for practice with everybody in them; how many cases. Nothing is left of
-- them for figures. Where one is held nothing goes, and there is no number; the lock lets nobody
-- hold one meanwhile.
create function take_practice_away(office uuid) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  one uuid;
  found uuid[];
  cases integer := 0;
begin
  if not coalesce(manages_people(vouched_person()), false) or not is_practice(office) then
    perform refuse('an administrator takes practice away, and nothing else');
  end if;
  found := array(
    select c.id from casework_case c where c.office_id = office order by c.id for update);
  if exists (select from unnest(found) c where retention_is_held(c)) then
    return null;
  end if;
  foreach one in array found loop
    set constraints all deferred;
    perform retention_erase_rows(one, null, '{}', null, null, '', current_date);
    cases := cases + 1;
  end loop;
  set constraints all deferred;  -- as for whatever else this transaction does
  return cases;
end $$;
