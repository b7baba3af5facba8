"""Referrals obey the case they belong to."""

from django.db import migrations

from core import rls


class Migration(migrations.Migration):
    dependencies = [("aftercare", "0001_initial"), ("casework", "0002_walls")]
    operations = [
        rls.case_rows("aftercare_referral", 2),
        rls.case_history("aftercare_referralevent", 2),
    ]
