"""Pairs are open to whoever reaches both persons; a question about a record obeys its case."""

from django.db import migrations

from core import rls

PERSON = {"through": "victims_involvement", "key": "victim_id"}


class Migration(migrations.Migration):
    dependencies = [("victims", "0010_duplicates")]
    operations = [
        rls.person_rows("victims_victimmerge", 2, **PERSON, own="kept_id"),
        rls.shown("victims_victimmerge", "people", **PERSON, own="kept_id"),
        rls.pair_rows("victims_match", 2, **PERSON, pair=("one_id", "other_id")),
        rls.case_rows("victims_confirmation", 2),
    ]
