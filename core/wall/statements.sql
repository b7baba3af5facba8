-- A signed statement is never changed: it has one version, and stays a statement. A later one is a
-- document of its own that names it. Versions themselves are append-only.
create function casework_statement_has_one_version() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.number > 1 and exists (
      select from casework_document d where d.id = new.document_id and d.kind = 'statement')
  then
    raise exception 'a signed statement is never changed' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger casework_documentversion_of_a_statement before insert
  on casework_documentversion for each row execute function casework_statement_has_one_version();

-- But for material of child abuse, which two persons say it is.
create function casework_statement_stays() returns trigger
language plpgsql as $$
begin
  if 'statement' in (old.kind, new.kind) and new.kind <> 'abuse_material'
     and (new.kind, new.code, new.received_on, new.redacts, new.follows)
         is distinct from (old.kind, old.code, old.received_on, old.redacts, old.follows)
  then
    raise exception 'a signed statement is never changed' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger casework_document_statement_stays before update
  on casework_document for each row execute function casework_statement_stays();
