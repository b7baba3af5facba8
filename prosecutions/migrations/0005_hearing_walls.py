"""Hearings obey the case they belong to."""

from django.db import migrations

from core import rls


class Migration(migrations.Migration):
    dependencies = [("prosecutions", "0004_hearings"), ("casework", "0005_conflicts")]
    operations = [
        rls.case_rows("prosecutions_hearing", 2),
        rls.shown("prosecutions_hearing", "court"),
        rls.case_history("prosecutions_hearingevent", 2),
    ]
