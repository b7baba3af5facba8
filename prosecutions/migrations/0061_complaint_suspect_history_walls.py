"""Whom a complaint was against: the history begins with what stands, and obeys the case."""

from django.db import migrations

from core import rls

BEGIN = """
insert into prosecutions_complaintsuspectevent
  (pgh_created_at, pgh_label, pgh_obj_id, id, version, created_at, updated_at, level,
   case_id, office_id, complaint_id, suspect_id)
select created_at, 'added', id, id, version, created_at, updated_at, level,
       case_id, office_id, complaint_id, suspect_id
  from prosecutions_complaintsuspect
"""


class Migration(migrations.Migration):
    dependencies = [("prosecutions", "0060_complaint_suspect_history")]
    operations = [
        migrations.RunSQL(BEGIN, migrations.RunSQL.noop),
        rls.case_history("prosecutions_complaintsuspectevent", 2),
    ]
