-- What figures rest on: that something was written, and a number for each row that is counted.
--
-- The triggers are made for each table of reports/changes.py and reports/numbers.py.

-- Said by every table that figures are made of, once for each statement (reports/changes.py).
create function note_change() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform nextval('reports_writes');
  insert into reports_datachange (transaction)
    values (pg_current_xact_id()::text::bigint) on conflict do nothing;
  return null;
end $$;

-- How the data stand: the transactions one sees, and the writes begun. Numbers, shown to nobody.
create function data_state() returns text
stable language plpgsql security definer set search_path = public, pg_temp as $$
begin
  return (select count(*) || '.' || coalesce(max(transaction), 0) from reports_datachange)
    || '.' || (select last_value from reports_writes);
end $$;

-- Said by every table whose rows figures count, once for each statement, with the number by which
-- rows of that table are told from others (reports/numbers.py).
create function number_rows() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into reports_rownumber (row_id, of_table)
    select id, tg_argv[0]::smallint from written on conflict do nothing;
  return null;
end $$;
