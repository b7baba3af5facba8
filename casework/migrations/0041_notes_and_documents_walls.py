"""Notes and documents obey their case; of material of child abuse no file is ever named."""

from django.db import migrations

from core import rls

NEVER_STORED = """
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
create function casework_kind_stays() returns trigger language plpgsql as $$
begin
  if 'abuse_material' in (old.kind, new.kind) and old.kind <> new.kind then
    raise exception 'what is never stored stays so' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger casework_document_kind_stays before update of kind
  on casework_document for each row execute function casework_kind_stays();
"""
FORGET = """
drop trigger casework_document_kind_stays on casework_document;
drop function casework_kind_stays();
drop trigger casework_documentversion_never_stored on casework_documentversion;
drop function casework_never_stored();
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0040_notes_and_documents")]
    operations = [
        rls.case_rows("casework_note", 3),
        rls.case_rows("casework_formernote", 3),
        rls.case_rows("casework_document", 2),
        rls.case_history("casework_documentevent", 2),
        rls.case_rows("casework_documentversion", 3),
        rls.case_rows("casework_custodyevent", 3),
        migrations.RunSQL(NEVER_STORED, FORGET),
    ]
