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
