"""Those responsible are reached through their role in a case."""

from django.db import migrations

from core import rls

PERSON = {"through": "prosecutions_suspect", "key": "perpetrator_id"}


class Migration(migrations.Migration):
    dependencies = [("prosecutions", "0001_initial"), ("casework", "0002_walls")]
    operations = [
        rls.case_rows("prosecutions_suspect", 2),
        rls.case_rows("prosecutions_arrest", 2),
        rls.person_rows("prosecutions_perpetrator", 2, **PERSON),
        rls.case_history("prosecutions_suspectevent", 2),
        rls.case_history("prosecutions_arrestevent", 2),
        rls.person_rows("prosecutions_perpetratorevent", 2, **PERSON, own="pgh_obj_id"),
    ]
