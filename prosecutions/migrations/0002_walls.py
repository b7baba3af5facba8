"""Those responsible are reached through their role in a case."""

from django.db import migrations

from core import rls

PERSON = {"through": "prosecutions_suspect", "key": "perpetrator_id"}


class Migration(migrations.Migration):
    dependencies = [("prosecutions", "0001_initial"), ("casework", "0002_walls")]
    operations = [
        rls.case_rows("prosecutions_suspect", 2),
        rls.case_rows("prosecutions_arrest", 2),
        rls.case_rows("prosecutions_complaint", 2),
        rls.case_rows("prosecutions_complaintsuspect", 2),
        rls.case_rows("prosecutions_prosecution", 2),
        rls.case_rows("prosecutions_charge", 2),
        rls.case_rows("prosecutions_judgment", 2),
        rls.case_rows("prosecutions_chargedecision", 2),
        rls.case_rows("prosecutions_appeal", 2),
        rls.case_rows("prosecutions_sentence", 2),
        rls.person_rows("prosecutions_perpetrator", 2, **PERSON),
        rls.case_history("prosecutions_suspectevent", 2),
        rls.case_history("prosecutions_arrestevent", 2),
        rls.case_history("prosecutions_complaintevent", 2),
        rls.case_history("prosecutions_prosecutionevent", 2),
        rls.case_history("prosecutions_chargeevent", 2),
        rls.case_history("prosecutions_judgmentevent", 2),
        rls.case_history("prosecutions_chargedecisionevent", 2),
        rls.case_history("prosecutions_appealevent", 2),
        rls.case_history("prosecutions_sentenceevent", 2),
        rls.person_rows("prosecutions_perpetratorevent", 2, **PERSON, own="pgh_obj_id"),
    ]
