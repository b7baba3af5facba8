"""Referrals obey the case they belong to; their provider sees what was sent to it."""

from django.db import migrations

from core import rls

RECEIVED = """
create policy received on {table} to {writers} using (
  status <> 'draft' and provider_id in (
    select s.provider_id from aftercare_providerstaff s
     where s.user_id = nullif(current_setting('app.user_id', true), '')::uuid
       and s.ended_at is null));
"""


def received(table):
    create = RECEIVED.format(table=table, writers=rls.WRITERS)
    return migrations.RunSQL(create, f"drop policy received on {table};")


class Migration(migrations.Migration):
    dependencies = [("aftercare", "0001_initial"), ("casework", "0002_walls")]
    operations = [
        rls.case_rows("aftercare_referral", 2),
        rls.case_rows("aftercare_servicerecord", 2),
        rls.case_history("aftercare_referralevent", 2),
        rls.case_history("aftercare_servicerecordevent", 2),
        received("aftercare_referral"),
        received("aftercare_referralevent"),
    ]
