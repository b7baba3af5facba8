"""Survivors of abuse online obey the case they belong to."""

from django.db import migrations

from core import rls


class Migration(migrations.Migration):
    dependencies = [("victims", "0020_incident_survivors")]
    operations = [
        rls.case_rows("victims_incidentsurvivor", 2),
        rls.case_history("victims_incidentsurvivorevent", 2),
        rls.shown("victims_incidentsurvivor", "people"),
    ]
