"""Closings and transfers obey the case they belong to; an offer is open to who may answer it."""

from pathlib import Path

from django.db import migrations

from core import rls

OFFERED = Path(__file__).with_name("transfers.sql").read_text()
FORGET = """
drop trigger casework_transfer_accepted on casework_transfer;
drop function casework_transfer_accepted();
drop policy answered on casework_transfer;
drop policy offered on casework_transfer;
drop function casework_offered_to_me(casework_transfer);
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0030_closings_and_transfers")]
    operations = [
        rls.case_rows("casework_closing", 2),
        rls.case_history("casework_closingevent", 2),
        rls.case_rows("casework_transfer", 2),
        migrations.RunSQL(OFFERED, FORGET),
    ]
