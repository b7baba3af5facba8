-- Material of child abuse is never stored, and known by its hash ever after.

-- No file is ever named for such a document.
create function casework_never_stored() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if (new.file_id is not null or new.original_id is not null) and exists (
      select from casework_document d where d.id = new.document_id and d.kind = 'abuse_material')
  then
    raise exception 'material of child abuse is never stored' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger casework_documentversion_never_stored before insert or update
  on casework_documentversion for each row execute function casework_never_stored();

-- A document becomes such material only when no file of it is left, and never something else again.
create function casework_kind_stays() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if old.kind = 'abuse_material' and new.kind <> old.kind
     or new.kind = 'abuse_material' and exists (
        select from casework_documentversion v where v.document_id = new.id
           and (v.file_id is not null or v.original_id is not null))
  then
    raise exception 'what is never stored stays so' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger casework_document_kind_stays before update of kind
  on casework_document for each row execute function casework_kind_stays();

-- Takes away the files of the versions of which two persons said that they are such material.
-- Answers the names of the files; their keys are gone with their rows.
create function casework_destroy_material(said uuid) returns setof uuid
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  doc uuid;
  bad text[];
  gone uuid[];
begin
  select document_id, digests into doc, bad from casework_recognition
   where id = said and status = 'destroyed' and answered_by_id <> said_by_id
     and (case_id = any ((select nullif(current_setting('app.cases_l3', true), '')::uuid[])::uuid[])
          or (level < 4 and office_id
              = any ((select nullif(current_setting('app.offices_l3', true), '')::uuid[])::uuid[])))
     and not (case_id = any ((select nullif(current_setting('app.conflicts', true), '')::uuid[])::uuid[]));
  if doc is null then
    raise exception 'two persons say so first' using errcode = 'check_violation';
  end if;
  select coalesce(array_agg(f), '{}') into gone
    from casework_documentversion v, unnest(array[v.file_id, v.original_id]) f
   where v.document_id = doc and f is not null and encode(v.sha256, 'hex') = any (bad);
  update casework_documentversion set file_id = null, original_id = null, size = null, type = ''
   where document_id = doc and encode(sha256, 'hex') = any (bad);
  delete from casework_storedfile where id = any (gone);
  if not exists (select from casework_documentversion
                  where document_id = doc and (file_id is not null or original_id is not null))
  then
    update casework_document
       set kind = 'abuse_material', version = version + 1, updated_at = statement_timestamp()
     where id = doc;
  end if;
  return query select unnest(gone);
end $$;
revoke all on function casework_destroy_material(uuid) from public;
grant execute on function casework_destroy_material(uuid) to casework_app, casework_worker;

-- Whether bytes of this hash are on record as such material in any case: yes or no, nothing else.
-- What was recorded by its hash alone is; of a document recognised later, what was recognised.
create function casework_known_material(digest bytea) returns boolean
stable language sql security definer set search_path = public, pg_temp as $$
  select exists (select from casework_recognition r
                  where r.status = 'destroyed' and encode(digest, 'hex') = any (r.digests))
      or exists (select from casework_documentversion v join casework_document d
                   on d.id = v.document_id
                  where v.sha256 = digest and d.kind = 'abuse_material'
                    and not exists (select from casework_recognition r
                                     where r.document_id = d.id and r.status = 'destroyed')) $$;
revoke all on function casework_known_material(bytea) from public;
grant execute on function casework_known_material(bytea) to casework_app, casework_worker;

-- Versions anywhere whose bytes are such material. Numbers only: the rows come through the wall.
create function casework_known_elsewhere() returns setof uuid
stable language sql security definer set search_path = public, pg_temp as $$
  with known as (
    select decode(unnest(r.digests), 'hex') as digest
      from casework_recognition r where r.status = 'destroyed'
    union
    select v.sha256 from casework_document d
      join casework_documentversion v on v.document_id = d.id
     where d.kind = 'abuse_material'
       and not exists (select from casework_recognition r
                        where r.document_id = d.id and r.status = 'destroyed')
  )
  select v.id from known k join casework_documentversion v on v.sha256 = k.digest
   where v.file_id is not null $$;
revoke all on function casework_known_elsewhere() from public;
grant execute on function casework_known_elsewhere() to casework_app, casework_worker;
