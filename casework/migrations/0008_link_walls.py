"""Links obey the case they are read from."""

from django.db import migrations

from core import rls


class Migration(migrations.Migration):
    dependencies = [("casework", "0007_links")]
    operations = [
        rls.case_rows("casework_caselink", 2),
        rls.case_history("casework_caselinkevent", 2),
    ]
