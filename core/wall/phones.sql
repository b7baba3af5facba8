-- What phones delivered: its writer's, and of whoever reads all cases of the office. Nobody else
-- sees who wrote what when, and nobody at all what is in it: it is sealed to the field keys.

create policy own on intake_box to casework_app, casework_worker
  using (exists (select from intake_phone p where p.id = phone_id
                   and p.person_id = nullif(current_setting('app.user_id', true), '')::uuid))
  with check (exists (select from intake_phone p where p.id = phone_id
                   and p.person_id = nullif(current_setting('app.user_id', true), '')::uuid));
create policy looked_after on intake_box to casework_app, casework_worker
  using (exists (select from intake_phone p where p.id = phone_id
                   and p.office_id
                     = any ((select nullif(current_setting('app.offices_l3', true), '')::uuid[])::uuid[])))
  with check (exists (select from intake_phone p where p.id = phone_id
                   and p.office_id
                     = any ((select nullif(current_setting('app.offices_l3', true), '')::uuid[])::uuid[])));
create policy outdated on intake_box to casework_worker
  using (state in ('arriving', 'away') and updated_at < statement_timestamp() - interval '90 days')
  with check (true);
create policy owner_maintains on intake_box to current_user using (true) with check (true);

-- Pieces go where their box goes.
create policy of_box on intake_boxpart to casework_app, casework_worker
  using (exists (select from intake_box b where b.id = box_id))
  with check (exists (select from intake_box b where b.id = box_id));
create policy owner_maintains on intake_boxpart to current_user using (true) with check (true);

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
-- days at most; one that ended stays so.
create function intake_extract_guard() returns trigger
language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    if old.ended_at is not null and new.ended_at is distinct from old.ended_at then
      perform refuse('an extract that ended stays so');
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
