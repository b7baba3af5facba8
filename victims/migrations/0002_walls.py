"""People are reached through their part in a case."""

from django.db import migrations

from core import rls

PERSON = {"through": "victims_involvement", "key": "victim_id"}


class Migration(migrations.Migration):
    dependencies = [("victims", "0001_initial"), ("casework", "0002_walls")]
    operations = [
        rls.case_rows("victims_involvement", 2),
        rls.person_rows("victims_victim", 2, **PERSON),
        rls.person_rows("victims_identity", 3, **PERSON, own="victim_id"),
        rls.case_rows("victims_consent", 2),
        rls.case_history("victims_involvementevent", 2),
        rls.case_history("victims_consentevent", 2),
        rls.person_rows("victims_victimevent", 2, **PERSON, own="pgh_obj_id"),
    ]
