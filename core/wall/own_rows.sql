-- What concerns a person, open to that person: their conflicts always, a disclosure or an emergency
-- or an answer only while by it the case is shown to them: what a prosecutor told, to no other.

create policy own on casework_conflict for select to casework_app, casework_worker
  using (user_id = nullif(current_setting('app.user_id', true), '')::uuid);
create policy own on casework_disclosure for select to casework_app, casework_worker
  using (user_id = nullif(current_setting('app.user_id', true), '')::uuid
         and case_id
             = any ((select nullif(current_setting('app.shown_case', true), '')::uuid[])::uuid[])
         and not (case_id
             = any ((select nullif(current_setting('app.conflicts', true), '')::uuid[])::uuid[])));
create policy own on casework_breakglass for select to casework_app, casework_worker
  using (user_id = nullif(current_setting('app.user_id', true), '')::uuid
         and case_id
             = any ((select nullif(current_setting('app.shown_case', true), '')::uuid[])::uuid[])
         and not (case_id
             = any ((select nullif(current_setting('app.conflicts', true), '')::uuid[])::uuid[])));

create policy own on prosecutions_answer for select to casework_app, casework_worker
  using (user_id = nullif(current_setting('app.user_id', true), '')::uuid
         and case_id
             = any ((select nullif(current_setting('app.shown_court', true), '')::uuid[])::uuid[])
         and not (case_id
             = any ((select nullif(current_setting('app.conflicts', true), '')::uuid[])::uuid[])));

-- Whoever is shown a case writes, of all its tables, only that they keep out of it.
create policy declared on casework_conflict for insert to casework_app, casework_worker
  with check (user_id = nullif(current_setting('app.user_id', true), '')::uuid
              and declared_by_id = nullif(current_setting('app.user_id', true), '')::uuid
              and case_id
                  = any ((select nullif(current_setting('app.shown_case', true), '')::uuid[])::uuid[])
              and not (case_id
                  = any ((select nullif(current_setting('app.conflicts', true), '')::uuid[])::uuid[])));

-- To whom the court of a case is disclosed may tell or ask, and no more: what waits for the team.
create policy told on prosecutions_answer for insert to casework_app, casework_worker
  with check (user_id = nullif(current_setting('app.user_id', true), '')::uuid
              and status = 'waiting'
              and case_id
                  = any ((select nullif(current_setting('app.shown_court', true), '')::uuid[])::uuid[])
              and not (case_id
                  = any ((select nullif(current_setting('app.conflicts', true), '')::uuid[])::uuid[])));

-- Nobody tells in the name of another, or what is decided already: the team neither. The owner, who
-- may be a member of these roles, maintains.
create policy told_by_oneself on prosecutions_answer as restrictive
  for insert to casework_app, casework_worker
  with check (not is_serving()
              or user_id = nullif(current_setting('app.user_id', true), '')::uuid
                 and status = 'waiting');

-- What was told stands (`changeable`): it lets go of what was struck, and is decided once.
create function prosecutions_answer_stands() returns trigger
language plpgsql as $$
begin
  if new.prosecution_id is distinct from old.prosecution_id and new.prosecution_id is not null
     or new.hearing_id is distinct from old.hearing_id and new.hearing_id is not null
     or old.status <> 'waiting'
        and (new.status, new.decided_by_id, new.decided_at, new.reason)
            is distinct from (old.status, old.decided_by_id, old.decided_at, old.reason) then
    raise exception 'an answer stands as it was told and decided';
  end if;
  return new;
end $$;
create trigger prosecutions_answer_stands before update on prosecutions_answer
  for each row execute function prosecutions_answer_stands();

-- What a person kept for themselves goes when they are deactivated, by whomever: of the table that a
-- trigger names, by the column of the person.
create function forget_with_person() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  execute format('delete from %I where %I = $1', tg_argv[0], tg_argv[1]) using new.id;
  return null;
end $$;
