-- Which cases somebody opened last or keeps at hand is that person's alone, and opens none of them.
-- With the person it goes.

create policy own on casework_openedcase to casework_app
  using (user_id = nullif(current_setting('app.user_id', true), '')::uuid)
  with check (user_id = nullif(current_setting('app.user_id', true), '')::uuid);
create policy owner_maintains on casework_openedcase to current_user using (true) with check (true);

create trigger accounts_user_forgets_opened after update of is_active on accounts_user
  for each row when (old.is_active and not new.is_active)
  execute function forget_with_person('casework_openedcase', 'user_id');
