"""What one case recognised as material of child abuse is found where another holds it."""

from django.db import migrations

# The versions whose file is on record as such material, by the rule of casework_known_material.
# Numbers alone: whoever asks reads the rows through the wall, and so only those of their own cases.
SQL = """
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
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0076_photo_and_known_material")]
    operations = [migrations.RunSQL(SQL, "drop function casework_known_elsewhere()")]
