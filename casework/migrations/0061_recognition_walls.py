"""Material of child abuse recognised later: destroyed by two persons, known by its hash ever after."""

from django.db import migrations

from core import rls

SQL = f"""
-- A document becomes such material only when no file of it is left, and never something else again.
create or replace function casework_kind_stays() returns trigger
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

-- Takes away every file of a document of which two persons said that it is such material. Answers
-- the names of the files; their keys are gone with their rows.
create function casework_destroy_material(said uuid) returns setof uuid
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

-- Whether bytes of this hash are on record as such material in any case: yes or no, nothing else.
create function casework_known_material(digest bytea) returns boolean
stable language sql security definer set search_path = public, pg_temp as $$
  select exists (select from casework_documentversion v join casework_document d
                   on d.id = v.document_id
                  where v.sha256 = digest and d.kind = 'abuse_material') $$;

revoke all on function casework_destroy_material(uuid), casework_known_material(bytea) from public;
grant execute on function casework_destroy_material(uuid), casework_known_material(bytea)
  to casework_app, casework_worker;
"""
BACK = """
drop function casework_known_material(bytea);
drop function casework_destroy_material(uuid);
create or replace function casework_kind_stays() returns trigger language plpgsql as $$
begin
  if 'abuse_material' in (old.kind, new.kind) and old.kind <> new.kind then
    raise exception 'what is never stored stays so' using errcode = 'check_violation';
  end if;
  return new;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0060_recognitions")]
    operations = [
        rls.case_rows("casework_recognition", 3),
        rls.case_history("casework_recognitionevent", 3),
        migrations.RunSQL(SQL, BACK),
    ]
