-- What opens an account changes by two persons, or by its own person, whatever SQL is run in the
-- application's session. Triggers look at the serving roles only: the owner migrates, and the
-- functions below, which are the owner's, let take effect what two persons decided.
-- Which columns the serving roles may write at all stands in core/wall/grants.py.

create function is_serving() returns boolean stable language sql as $$
  select current_user in ('casework_app', 'casework_worker') $$;

create function role_manages(role text) returns boolean immutable language sql as $$
  select role = 'system_admin' $$;

create function role_decides(role text) returns boolean immutable language sql as $$
  select role in ('system_admin', 'safeguarding_lead') $$;

create function manages_people(who uuid) returns boolean stable
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  return exists (
    select from accounts_membership m join accounts_user u on u.id = m.user_id and u.is_active
     where m.user_id = who and role_manages(m.role) and m.started_at <= statement_timestamp()
       and (m.ended_at is null or m.ended_at > statement_timestamp()));
end $$;

create function decides_changes(who uuid) returns boolean stable
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  return exists (
    select from accounts_membership m join accounts_user u on u.id = m.user_id and u.is_active
     where m.user_id = who and role_decides(m.role) and m.started_at <= statement_timestamp()
       and (m.ended_at is null or m.ended_at > statement_timestamp()));
end $$;

-- Programs end roles only when the organisation's provider lets somebody go: by a key for that.
create function off_boards(who uuid) returns boolean stable
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  return exists (
    select from accounts_serviceaccount s join accounts_user u on u.id = s.user_id and u.is_active
      join accounts_apikey k on k.user_id = s.user_id
     where s.user_id = who and k.provider <> '' and 'off_board' = any (k.scopes)
       and k.revoked_at is null and k.expires_at > statement_timestamp());
end $$;

-- Locked, so that no two who go at once each count the other.
create function two_manage_without(who uuid) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform from accounts_membership where role_manages(role) order by id for update;
  return not manages_people(who) or (
    select count(distinct m.user_id) >= 2 from accounts_membership m
     where m.user_id <> who and manages_people(m.user_id));
end $$;

create function refuse(why text) returns void language plpgsql as $$
begin
  raise exception '%', why using errcode = 'insufficient_privilege';
end $$;

-- Roles and second factors of others: one administrator asks, a second person decides.

create function accounts_change_guard() returns trigger language plpgsql as $$
declare
  me uuid := vouched_person();
begin
  if not is_serving() then
    return new;
  end if;
  if tg_op = 'INSERT' then
    if new.asked_by_id is distinct from me
       or not (manages_people(me) or new.kind = 'take' and off_boards(me)) then
      perform refuse('only an administrator who acts may ask for a change');
    elsif not manages_people(me) and role_manages(new.role)
          and not two_manage_without(new.user_id) then
      perform refuse('two administrators stay');
    elsif new.outcome <> '' and (new.kind <> 'take' or new.decided_by_id is distinct from me) then
      perform refuse('a change that gives something waits for a second person');
    end if;
  elsif old.outcome <> '' or new.outcome = '' then
    perform refuse('a change is decided once');
  elsif me is null or new.decided_by_id is distinct from me then
    perform refuse('only whoever acts may decide a change');
  elsif new.outcome <> 'withdrawn' and not decides_changes(me) then
    perform refuse('this person may not decide changes');
  elsif new.outcome = 'confirmed' and not manages_people(new.asked_by_id) then
    perform refuse('whoever asked for this may not ask any more');
  end if;
  return new;
end $$;
create trigger accounts_change_guard before insert or update on accounts_accountchange
  for each row execute function accounts_change_guard();

create function accounts_change_effect() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.kind = 'give' and tg_op = 'UPDATE' then
    insert into accounts_membership
           (id, version, created_at, updated_at, user_id, office_id, role, started_at)
    select gen_random_uuid(), 1, statement_timestamp(), statement_timestamp(),
           new.user_id, new.office_id, new.role, statement_timestamp()
     where not exists (
       select from accounts_membership m
        where (m.user_id, m.office_id, m.role) = (new.user_id, new.office_id, new.role)
          and m.started_at <= statement_timestamp()
          and (m.ended_at is null or m.ended_at > statement_timestamp()));
  elsif new.kind = 'take' and tg_op = 'INSERT' then
    update accounts_membership m
       set ended_at = statement_timestamp(), updated_at = statement_timestamp(),
           version = m.version + 1
     where (m.user_id, m.office_id, m.role) = (new.user_id, new.office_id, new.role)
       and (m.ended_at is null or m.ended_at > statement_timestamp());
  elsif new.kind = 'second_factor' and tg_op = 'UPDATE' then
    delete from mfa_authenticator where user_id = new.user_id;
    delete from socialaccount_socialaccount where user_id = new.user_id;
  end if;
  return null;
end $$;
create trigger accounts_change_effect after insert or update of outcome on accounts_accountchange
  for each row when (new.outcome = 'confirmed') execute function accounts_change_effect();

-- The first two, of whom nobody could ask: only while there is no administrator.
create function begin_administration(people uuid[], office uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  lock table accounts_membership in share row exclusive mode;
  if exists (
    select from accounts_membership m join accounts_user u on u.id = m.user_id
     where role_manages(m.role) and (m.ended_at is null or m.ended_at > statement_timestamp())
       and (u.is_active or exists (
         select from accounts_invitation i
          where i.user_id = u.id and i.used_at is null and i.withdrawn_at is null
            and (i.expires_at is null or i.expires_at > statement_timestamp())))) then
    perform refuse('there are administrators');
  end if;
  insert into accounts_membership
         (id, version, created_at, updated_at, user_id, office_id, role, started_at)
  select gen_random_uuid(), 1, statement_timestamp(), statement_timestamp(),
         person, office, 'system_admin', statement_timestamp()
    from unnest(people) person
  on conflict do nothing;
end $$;

-- Passwords, and whether an account is open: each new value is vouched for by the code that looked
-- at the old password, the invitation or the mailed link.

create function accounts_user_guard() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    if new.password = '' or new.password like '!%' then
      return new;
    end if;
  elsif (new.password, new.is_active) is not distinct from (old.password, old.is_active) then
    return new;
  end if;
  if is_serving() and not vouched(
       concat_ws('|', 'account', new.id, new.password, new.is_active::text),
       current_setting('app.vouched', true)) then
    perform refuse('nobody vouched for this password');
  end if;
  return new;
end $$;
create trigger accounts_user_guard before insert or update of password, is_active on accounts_user
  for each row execute function accounts_user_guard();

-- Links of invitations: made by the code that sends them, good once.

create function accounts_invitation_guard() returns trigger language plpgsql as $$
begin
  if not is_serving() then
    return new;
  end if;
  if tg_op = 'UPDATE' and (
       old.used_at is not null and new.used_at is distinct from old.used_at
       or old.withdrawn_at is not null and new.withdrawn_at is distinct from old.withdrawn_at) then
    perform refuse('an invitation that is over stays over');
  end if;
  if new.digest is null
     or tg_op = 'UPDATE' and (new.digest, new.expires_at) is not distinct from
                             (old.digest, old.expires_at) then
    return new;
  end if;
  if not vouched(concat_ws('|', 'invitation', new.id, encode(new.digest, 'hex')),
                 current_setting('app.vouched', true)) then
    perform refuse('nobody vouched for this link');
  end if;
  return new;
end $$;
create trigger accounts_invitation_guard before insert or update on accounts_invitation
  for each row execute function accounts_invitation_guard();

-- Keys: a new one is vouched for; an end only comes nearer, and a key that was revoked stays so.

create function accounts_key_guard() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    if new.expires_at > old.expires_at
       or old.revoked_at is not null and new.revoked_at is distinct from old.revoked_at then
      perform refuse('a key that has an end keeps it');
    end if;
  elsif is_serving() and not vouched(
          concat_ws('|', 'key', new.id, new.user_id, encode(new.digest, 'hex')),
          current_setting('app.vouched', true)) then
    perform refuse('nobody vouched for this key');
  end if;
  return new;
end $$;
create trigger accounts_key_guard before insert or update on accounts_apikey
  for each row execute function accounts_key_guard();

-- Which account of an organisation's provider opens one of ours: vouched for, and never another's
-- later. Taking a link away lets nobody in.

create function accounts_link_guard() returns trigger language plpgsql as $$
begin
  if not is_serving() then
    return new;
  end if;
  if tg_op = 'UPDATE' then
    if (new.user_id, new.provider, new.uid) is distinct from (old.user_id, old.provider, old.uid) then
      perform refuse('a link leads where it led');
    end if;
  elsif not vouched(concat_ws('|', 'link', new.user_id, new.provider, new.uid),
                    current_setting('app.vouched', true)) then
    perform refuse('nobody vouched for this link');
  end if;
  return new;
end $$;
create trigger accounts_link_guard before insert or update on socialaccount_socialaccount
  for each row execute function accounts_link_guard();

-- Second factors: a person adds and takes away their own, while they act. Before that, at sign-in,
-- a recovery code is used up and the moment of use noted, nothing else. Those of another person go
-- when a change that two persons decided takes effect.

create function accounts_factor_guard() returns trigger language plpgsql as $$
declare
  whose uuid := case tg_op when 'DELETE' then old.user_id else new.user_id end;
begin
  if not is_serving() or whose = vouched_person()
                         and (tg_op <> 'UPDATE' or old.user_id = new.user_id) then
    return case tg_op when 'DELETE' then old else new end;
  end if;
  if tg_op <> 'UPDATE' then
    perform refuse('a second factor is its person''s own');
  elsif (new.user_id, new.type, new.created_at, new.data - 'used_mask')
        is distinct from (old.user_id, old.type, old.created_at, old.data - 'used_mask')
     or coalesce((old.data->>'used_mask')::bigint, 0) & ~coalesce((new.data->>'used_mask')::bigint, 0)
        <> 0 then
    perform refuse('a second factor is its person''s own');
  end if;
  return new;
end $$;
create trigger accounts_factor_guard before insert or update or delete on mfa_authenticator
  for each row execute function accounts_factor_guard();
