"""Tasks and snoozes obey the case they belong to."""

from django.db import migrations

from core import rls


class Migration(migrations.Migration):
    dependencies = [("casework", "0009_tasks")]
    operations = [
        rls.case_rows("casework_task", 2),
        rls.case_history("casework_taskevent", 2),
        rls.case_rows("casework_snooze", 2),
        rls.case_history("casework_snoozeevent", 2),
    ]
