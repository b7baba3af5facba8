"""Sealing, disclosure, emergencies and conflicts, as the second wall reads them."""

from pathlib import Path

from django.db import migrations

from core import rls

HERE = Path(__file__)
FORMER = (
    HERE.with_name("walls.sql").read_text().replace("create function", "create or replace function")
)
VICTIM = {"through": "victims_involvement", "key": "victim_id"}
PERPETRATOR = {"through": "prosecutions_suspect", "key": "perpetrator_id"}


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0003_knowing"),
        ("victims", "0002_walls"),
        ("prosecutions", "0002_walls"),
        ("aftercare", "0002_walls"),
    ]
    operations = [
        rls.case_rows("casework_seal", 1),
        rls.case_rows("casework_conflict", 1),
        rls.case_rows("casework_disclosure", 2),
        rls.case_rows("casework_breakglass", 1),
        rls.own_rows("casework_conflict", "user_id"),
        rls.own_rows("casework_disclosure", "user_id", while_shown="case"),
        rls.own_rows("casework_breakglass", "user_id", while_shown="case"),
        migrations.RunSQL(HERE.with_name("standing.sql").read_text(), FORMER),
        rls.shown("casework_case", "case", case="id"),
        rls.shown("casework_assignment", "team"),
        rls.shown("casework_rescue", "rescue"),
        rls.shown("casework_rescuesite", "rescue"),
        rls.shown("casework_rescueagency", "rescue"),
        rls.shown("casework_narrative", "narrative"),
        rls.shown("casework_site", "site"),
        rls.shown("casework_siteplace", "identity"),
        rls.shown("victims_involvement", "people"),
        rls.shown("victims_victim", "people", **VICTIM, own="id"),
        rls.shown("victims_identity", "identity", **VICTIM, own="victim_id"),
        rls.shown("victims_consent", "people"),
        rls.shown("prosecutions_suspect", "suspect"),
        rls.shown("prosecutions_perpetrator", "suspect", **PERPETRATOR, own="id"),
        rls.shown("prosecutions_arrest", "suspect"),
        rls.shown("prosecutions_complaint", "court"),
        rls.shown("prosecutions_complaintsuspect", "court"),
        rls.shown("prosecutions_prosecution", "court"),
        rls.shown("prosecutions_charge", "court"),
        rls.shown("prosecutions_judgment", "court"),
        rls.shown("prosecutions_chargedecision", "court"),
        rls.shown("prosecutions_appeal", "court"),
        rls.shown("prosecutions_sentence", "court"),
        rls.shown("aftercare_referral", "care"),
        rls.shown("aftercare_servicerecord", "care"),
    ]
