-- A case that is offered is open to who may take it over, and moves when they do.

-- An offer that waits is open to who may take the case over, from outside its team or its office,
-- and to nobody with a tie to it. Written apart from casework/models/transfers.py on purpose: the
-- two walls must not share a mistake.
create function casework_offered_to_me(t casework_transfer) returns boolean
stable language sql set search_path = public, pg_temp as $$
  select t.level < 4
    and ((t.to_person_id = nullif(current_setting('app.user_id', true), '')::uuid
          and t.office_id
              = any (nullif(current_setting('app.offices_l1', true), '')::uuid[]))
         or t.to_office_id
            = any (nullif(current_setting('app.offices_l3', true), '')::uuid[]))
    and not (t.case_id = any (nullif(current_setting('app.conflicts', true), '')::uuid[])) $$;

create policy offered on casework_transfer for select to casework_app, casework_worker
  using (casework_offered_to_me(casework_transfer)
         and (status = 'waiting'
              or decided_by_id = nullif(current_setting('app.user_id', true), '')::uuid));
create policy answered on casework_transfer for update to casework_app, casework_worker
  using (casework_offered_to_me(casework_transfer) and status = 'waiting')
  with check (casework_offered_to_me(casework_transfer) and status in ('accepted', 'refused')
              and decided_by_id = nullif(current_setting('app.user_id', true), '')::uuid);

-- Who takes a case over cannot write into it before; so the database moves it, and only for them.
create function casework_transfer_accepted() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  me uuid := nullif(current_setting('app.user_id', true), '')::uuid;
  stood casework_case;
  now timestamptz := statement_timestamp();
begin
  if new.decided_by_id is distinct from me or casework_offered_to_me(new) is not true then
    raise exception 'a case is taken over by who receives it' using errcode = '42501';
  end if;
  select * into stood from casework_case where id = new.case_id for update;
  if stood.level >= 4 or stood.status = 'closed' then
    -- Sealed or closed in this very moment: asked again, the offer is not there any more.
    raise exception 'a sealed or closed case does not move' using errcode = '40001';
  end if;
  update casework_assignment set ended_at = now, updated_at = now, version = version + 1
   where case_id = new.case_id and (ended_at is null or ended_at > now)
     and (new.to_office_id is not null or user_id = new.from_person_id);
  update casework_task set assignee_id = new.to_person_id, updated_at = now, version = version + 1
   where case_id = new.case_id and status = 'open' and assignee_id is not null
     and (new.to_office_id is not null or assignee_id = new.from_person_id);
  update casework_case
     set office_id = coalesce(new.to_office_id, office_id), updated_at = now, version = version + 1
   where id = new.case_id;
  insert into casework_assignment
    (id, version, created_at, updated_at, case_id, user_id, named, started_at)
  values (gen_random_uuid(), 1, now, now, new.case_id, me, false, now)
  on conflict do nothing;
  return null;
end $$;
create trigger casework_transfer_accepted after update of status on casework_transfer
  for each row when (old.status = 'waiting' and new.status = 'accepted')
  execute function casework_transfer_accepted();
