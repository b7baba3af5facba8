-- What phones delivered: its writer's, and of whoever reads all cases of the office that looks after
-- it: the one that the box says, or that of its phone. Nobody else sees who wrote what when, and
-- nobody at all what is in it: it is sealed to the field keys.

create policy own on intake_box to casework_app, casework_worker
  using (exists (select from intake_phone p where p.id = phone_id
                   and p.person_id = nullif(current_setting('app.user_id', true), '')::uuid))
  with check (exists (select from intake_phone p where p.id = phone_id
                   and p.person_id = nullif(current_setting('app.user_id', true), '')::uuid));
create policy looked_after on intake_box to casework_app, casework_worker
  using (coalesce(office_id, (select p.office_id from intake_phone p where p.id = phone_id))
           = any ((select nullif(current_setting('app.offices_l3', true), '')::uuid[])::uuid[]))
  with check (coalesce(office_id, (select p.office_id from intake_phone p where p.id = phone_id))
           = any ((select nullif(current_setting('app.offices_l3', true), '')::uuid[])::uuid[]));
create policy outdated on intake_box to casework_worker
  using (state in ('arriving', 'away') and updated_at < statement_timestamp() - interval '90 days')
  with check (true);
create policy owner_maintains on intake_box to current_user using (true) with check (true);

-- Pieces go where their box goes.
create policy of_box on intake_boxpart to casework_app, casework_worker
  using (exists (select from intake_box b where b.id = box_id))
  with check (exists (select from intake_box b where b.id = box_id));
create policy owner_maintains on intake_boxpart to current_user using (true) with check (true);

-- The cases that a box names, also by a site, and also those that its writer may no longer see: there
-- it waits. Of each its office, and the digest of its id, by which the box follows the case; of what
-- is sealed nothing is told. The case cannot move meanwhile.
create function intake_cases_meant(cases uuid[], sites uuid[], named text)
returns table (office uuid, of_case bytea)
language sql security definer set search_path = public, pg_temp as $$
  select c.office_id, sha256(uuid_send(c.id)) from casework_case c
   where c.level < 4 and c.id in (
     select unnest(cases)
     union select s.case_id from casework_site s where s.id = any (sites) and s.level < 4
     union select k.id from casework_case k where upper(k.reference) = upper(named))
     for share of c
$$;
revoke all on function intake_cases_meant(uuid[], uuid[], text) from public;
grant execute on function intake_cases_meant(uuid[], uuid[], text) to casework_app;

-- A box goes with its case to another office: there are those who can open it.
create function intake_case_takes_boxes() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update intake_box set office_id = new.office_id, version = version + 1
   where of_case = sha256(uuid_send(new.id)) and state in ('waiting', 'away');
  return null;
end $$;
create trigger intake_case_takes_boxes after update of office_id on casework_case
  for each row when (new.office_id <> old.office_id and new.level < 4)
  execute function intake_case_takes_boxes();

-- A phone is enrolled by the word of the application, and one that is ended stays so; what was taken
-- in is not taken in again.
create function intake_phone_guard() returns trigger
language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    if old.ended_at is not null and new.ended_at is distinct from old.ended_at then
      perform refuse('a phone that is no longer used stays so');
    end if;
  elsif is_serving() and not vouched(
          concat_ws('|', 'phone', new.person_id, encode(new.fingerprint, 'hex')),
          current_setting('app.vouched', true)) then
    perform refuse('nobody vouched for this phone');
  end if;
  return new;
end $$;
create trigger intake_phone_guard before insert or update on intake_phone
  for each row execute function intake_phone_guard();

create function intake_box_guard() returns trigger
language plpgsql as $$
begin
  if old.state = 'taken' and new.state <> 'taken' then
    perform refuse('a box that was taken in stays so');
  end if;
  return new;
end $$;
create trigger intake_box_guard before update of state on intake_box
  for each row execute function intake_box_guard();

-- An extract is checked out by the person of the phone, of a case that is not sealed and for three
-- days at most; one that ended stays so, and with it goes the share of its key.
create function intake_extract_guard() returns trigger
language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    if old.ended_at is not null and new.ended_at is distinct from old.ended_at then
      perform refuse('an extract that ended stays so');
    end if;
    if new.ended_at is not null then
      new.share := null;
    end if;
    return new;
  end if;
  if not is_serving() then
    return new;
  end if;
  if not exists (
       select from intake_phone p where p.id = new.phone_id and p.ended_at is null
          and p.person_id = nullif(current_setting('app.user_id', true), '')::uuid) then
    perform refuse('an extract is on a phone of whoever reads it');
  end if;
  if new.until > statement_timestamp() + interval '72 hours 1 minute'
     or exists (select from casework_case c where c.id = new.case_id and c.level > 3) then
    perform refuse('an extract lasts three days, and none is of a sealed case');
  end if;
  return new;
end $$;
create trigger intake_extract_guard before insert or update on intake_extract
  for each row execute function intake_extract_guard();

-- It ends at once, and whoever seals, moves or closes need not see it, with its case and its phone.
-- The history has what was done with these.
create function intake_case_ends_extracts() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update intake_extract
     set ended_at = statement_timestamp(), updated_at = statement_timestamp(), version = version + 1,
         ended_for = case when new.level = 4 then 'sealed' else 'case' end
   where case_id = new.id and ended_at is null;
  return null;
end $$;
create trigger intake_case_ends_extracts after update of level, office_id, status on casework_case
  for each row when (new.level = 4 and old.level < 4 or new.office_id <> old.office_id
                     or new.status = 'closed' and old.status <> 'closed')
  execute function intake_case_ends_extracts();

create function intake_phone_ends_extracts() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update intake_extract
     set ended_at = statement_timestamp(), updated_at = statement_timestamp(), version = version + 1,
         ended_for = 'phone'
   where phone_id = new.id and ended_at is null;
  return null;
end $$;
create trigger intake_phone_ends_extracts after update of ended_at on intake_phone
  for each row when (new.ended_at is not null and old.ended_at is null)
  execute function intake_phone_ends_extracts();

-- What a phone of this person says of itself: it has these, and of all others of its own nothing is
-- left. Of those in force only some are `open` to its person now; the others end, for that reason,
-- though the person may no longer see them. Says which ended.
create function intake_phone_said(which uuid, held uuid[], still_open uuid[], why text)
returns table (ended uuid, of_case uuid)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select from intake_phone p where p.id = which
                    and p.person_id = nullif(current_setting('app.user_id', true), '')::uuid) then
    perform refuse('a phone speaks for itself');
  end if;
  update intake_extract e set gone_at = statement_timestamp()
   where e.phone_id = which and e.gone_at is null and e.given_at is not null
     and not e.id = any (held);
  return query
  update intake_extract e
     set ended_at = statement_timestamp(), updated_at = statement_timestamp(),
         version = e.version + 1,
         ended_for = case when e.gone_at is not null then 'gone' else why end
   where e.phone_id = which and e.ended_at is null and e.until > statement_timestamp()
     and (e.gone_at is not null or not e.id = any (still_open))
  returning e.id, e.case_id;
end $$;
revoke all on function intake_phone_said(uuid, uuid[], uuid[], text) from public;
grant execute on function intake_phone_said(uuid, uuid[], uuid[], text) to casework_app;

-- How many may still lie open on phones of this person: in force, or ended while the phone did not
-- say that it wiped them and heard of the server within twelve hours. Whatever the person may see.
create function intake_extracts_out(who uuid) returns bigint
stable language sql security definer set search_path = public, pg_temp as $$
  select count(*) from intake_extract e join intake_phone p on p.id = e.phone_id
   where p.person_id = who and e.until > statement_timestamp() and e.gone_at is null
     and (e.ended_at is null or e.told_at > statement_timestamp() - interval '12 hours')
$$;
revoke all on function intake_extracts_out(uuid) from public;
grant execute on function intake_extracts_out(uuid) to casework_app;

create policy outdated on intake_extract to casework_worker
  using (until <= statement_timestamp()) with check (true);
