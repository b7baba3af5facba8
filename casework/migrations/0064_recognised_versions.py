"""What is destroyed, and known ever after, are the versions said to be such material, not others."""

from django.db import migrations

from core import rls

SQL = f"""
-- Until now all versions of a document were meant.
update casework_recognition r set digests = coalesce(
  (select array_agg(distinct encode(v.sha256, 'hex')) from casework_documentversion v
    where v.document_id = r.document_id), '{{}}');

-- Takes away the files of the versions of which two persons said that they are such material.
-- Answers the names of the files; their keys are gone with their rows.
create or replace function casework_destroy_material(said uuid) returns setof uuid
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  doc uuid;
  bad text[];
  gone uuid[];
begin
  select document_id, digests into doc, bad from casework_recognition
   where id = said and status = 'destroyed' and answered_by_id <> said_by_id
     and {rls.in_scope(3)};
  if doc is null then
    raise exception 'two persons say so first' using errcode = 'check_violation';
  end if;
  select coalesce(array_agg(f), '{{}}') into gone
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

-- Whether bytes of this hash are on record as such material in any case: yes or no, nothing else.
-- What was recorded by its hash alone is; of a document recognised later, what was recognised.
create or replace function casework_known_material(digest bytea) returns boolean
stable language sql security definer set search_path = public, pg_temp as $$
  select exists (select from casework_recognition r
                  where r.status = 'destroyed' and encode(digest, 'hex') = any (r.digests))
      or exists (select from casework_documentversion v join casework_document d
                   on d.id = v.document_id
                  where v.sha256 = digest and d.kind = 'abuse_material'
                    and not exists (select from casework_recognition r
                                     where r.document_id = d.id and r.status = 'destroyed')) $$;
"""
BACK = f"""
create or replace function casework_known_material(digest bytea) returns boolean
stable language sql security definer set search_path = public, pg_temp as $$
  select exists (select from casework_documentversion v join casework_document d
                   on d.id = v.document_id
                  where v.sha256 = digest and d.kind = 'abuse_material') $$;
create or replace function casework_destroy_material(said uuid) returns setof uuid
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  doc uuid;
  gone uuid[];
begin
  select document_id into doc from casework_recognition
   where id = said and status = 'destroyed' and answered_by_id <> said_by_id
     and {rls.in_scope(3)};
  if doc is null then
    raise exception 'two persons say so first' using errcode = 'check_violation';
  end if;
  select coalesce(array_agg(f), '{{}}') into gone
    from casework_documentversion v, unnest(array[v.file_id, v.original_id]) f
   where v.document_id = doc and f is not null;
  update casework_documentversion set file_id = null, original_id = null, size = null, type = ''
   where document_id = doc;
  delete from casework_storedfile where id = any (gone);
  update casework_document
     set kind = 'abuse_material', version = version + 1, updated_at = statement_timestamp()
   where id = doc;
  return query select unnest(gone);
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0063_recognised_digests")]
    operations = [migrations.RunSQL(SQL, BACK)]
