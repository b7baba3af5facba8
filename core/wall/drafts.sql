-- What somebody typed and did not save is that person's alone: nobody else reads it, whoever they
-- are. The worker takes away what has had its time, and the database itself what belongs to a person
-- who is deactivated.

create policy own on core_draft to casework_app
  using (person_id = nullif(current_setting('app.user_id', true), '')::uuid)
  with check (person_id = nullif(current_setting('app.user_id', true), '')::uuid);
create policy outdated on core_draft to casework_worker
  using (kept_at < statement_timestamp() - interval '14 days');
create policy owner_maintains on core_draft to current_user using (true) with check (true);

create trigger accounts_user_forgets_drafts after update of is_active on accounts_user
  for each row when (old.is_active and not new.is_active)
  execute function forget_with_person('core_draft', 'person_id');
