"""The second wall: who is acting is worked out by the database, and rows obey it."""

from pathlib import Path

from django.db import migrations

from core import rls

UNDO = """
drop function open_count_context(uuid); drop function role_counts(text);
drop function open_context(uuid); drop function office_depth(text); drop function team_depth(text);
drop function casework_follow_case(); drop function casework_copy_scope();
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_initial"), ("core", "0002_history")]
    operations = [
        migrations.RunSQL(Path(__file__).with_name("walls.sql").read_text(), UNDO),
        rls.cases("casework_case"),
        rls.case_rows("casework_assignment", 1),
        rls.case_rows("casework_site", 2),
        rls.case_rows("casework_siteplace", 3),
        rls.case_rows("casework_rescue", 2),
        rls.case_rows("casework_rescuesite", 2),
        rls.case_rows("casework_rescueagency", 2),
        rls.case_rows("casework_narrative", 3),
        rls.case_history("casework_caseevent", 1, own="pgh_obj_id"),
        rls.case_history("casework_assignmentevent", 1),
        rls.case_history("casework_siteevent", 2),
        rls.case_history("casework_rescueevent", 2),
    ]
