-- Views of lists are their person's own; one that is shown to an office is read by whoever knows of
-- its cases, and changed by nobody else. They hold no row of any list. Those of a person who is
-- deactivated go at once.

create policy own on accounts_savedview to casework_app
  using (owner_id = nullif(current_setting('app.user_id', true), '')::uuid)
  with check (owner_id = nullif(current_setting('app.user_id', true), '')::uuid
              and (office_id is null or office_id
                   = any ((select nullif(current_setting('app.offices_l1', true), '')::uuid[])::uuid[])));
create policy of_office on accounts_savedview for select to casework_app
  using (office_id
         = any ((select nullif(current_setting('app.offices_l1', true), '')::uuid[])::uuid[]));
create policy owner_maintains on accounts_savedview to current_user using (true) with check (true);

create trigger accounts_user_forgets_views after update of is_active on accounts_user
  for each row when (old.is_active and not new.is_active)
  execute function forget_with_person('accounts_savedview', 'owner_id');
