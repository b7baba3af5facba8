"""Custody obeys the case it belongs to."""

from django.db import migrations

from core import rls


class Migration(migrations.Migration):
    dependencies = [("prosecutions", "0006_custody")]
    operations = [
        rls.case_rows("prosecutions_custody", 2),
        rls.shown("prosecutions_custody", "suspect"),
        rls.case_history("prosecutions_custodyevent", 2),
    ]
