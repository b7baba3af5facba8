-- Rows of a case bear its office and its level, so that a policy compares columns of its own row.
--
-- They are copied when a row is written, and follow when the case is moved or sealed. The triggers
-- are made for each table of core/wall/tables.py.

-- A row joins a case as the case stands at its commit.
create function casework_copy_scope() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  -- Waits for a sealing or a transfer under way; one that comes later waits for this row.
  select c.office_id, case when c.level = 4 then 4 else tg_argv[0]::int end
    into new.office_id, new.level
    from casework_case c where c.id = new.case_id for share;
  return new;
end $$;

create function casework_follow_case() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  execute format('update %I set office_id = $1 where case_id = $2', tg_argv[0])
    using new.office_id, new.id;
  return null;
end $$;
