"""The clock of those presumed to be in custody obeys its case, and follows what is recorded."""

from pathlib import Path

from django.db import migrations

from core import rls

FOLLOW = Path(__file__).with_name("custody_clock.sql").read_text()
UNDO = """
drop function prosecutions_follow_custody() cascade;
drop function prosecutions_presumed(uuid[]);
"""


class Migration(migrations.Migration):
    dependencies = [("prosecutions", "0067_custody_clock")]
    operations = [
        rls.case_rows("prosecutions_custodyclock", 1),
        migrations.RunSQL(FOLLOW, UNDO),
    ]
