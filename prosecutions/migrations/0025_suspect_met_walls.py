"""Suspects met in a rescue obey the case they belong to."""

from django.db import migrations

from core import rls


class Migration(migrations.Migration):
    dependencies = [("prosecutions", "0024_suspects_met")]
    operations = [
        rls.case_rows("prosecutions_suspectmet", 2),
        rls.case_history("prosecutions_suspectmetevent", 2),
        rls.shown("prosecutions_suspectmet", "suspect"),
    ]
