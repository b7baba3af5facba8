"""Kinds of site and of document, and reasons for closing, may be an organisation's own.

Backwards: no, where such codes were used the former rule would not hold
"""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0010_words_confirmed'),
        ('casework', '0011_task_rules'),
        ('places', '0006_choices'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='closing',
            name='casework_closing_known_codes',
        ),
        migrations.RemoveConstraint(
            model_name='document',
            name='casework_document_known_kind',
        ),
        migrations.RemoveConstraint(
            model_name='site',
            name='casework_site_known_codes',
        ),
        migrations.AddConstraint(
            model_name='closing',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reason__in', ['goals_met', 'transferred', 'relocated', 'declined', 'lost_contact', 'aged_out', 'deceased', 'not_a_victim', 'duplicate', 'other']), ('reason__startswith', 'own_'), _connector='OR'), ('stood__in', ('lead', 'assessment', 'investigation', 'rescue_planned', 'rescued', 'prosecution', 'aftercare_only'))), name='casework_closing_known_codes'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['national_id', 'birth_certificate', 'family_book', 'passport', 'travel_document', 'referral', 'consent', 'statement', 'police_interview', 'complaint', 'warrant', 'court_order', 'verdict', 'screening', 'judicial_police', 'immigration', 'release_certificate', 'medical_report', 'evidence_photo', 'photo', 'abuse_material', 'other']), ('kind__startswith', 'own_'), _connector='OR'), name='casework_document_known_kind'),
        ),
        migrations.AddConstraint(
            model_name='site',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['brothel', 'bar', 'hotel', 'private_residence', 'kiln', 'rice_mill', 'quarry', 'farm', 'factory', 'fishing_vessel', 'online', 'other']), ('kind__startswith', 'own_'), _connector='OR'), ('setting__in', ['public', 'private', 'unknown'])), name='casework_site_known_codes'),
        ),
    ]
