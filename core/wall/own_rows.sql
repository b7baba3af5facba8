-- What concerns a person, open to that person: their conflicts always, a disclosure or an emergency
-- only while by it the case is shown to them.

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

-- What a person kept for themselves goes when they are deactivated, by whomever: of the table that a
-- trigger names, by the column of the person.
create function forget_with_person() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  execute format('delete from %I where %I = $1', tg_argv[0], tg_argv[1]) using new.id;
  return null;
end $$;
