# ruff: noqa: E501
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0022_updated_since'),
        ('casework', '0065_updated_since'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='document',
            name='casework_document_known_kind',
        ),
        migrations.AlterField(
            model_name='document',
            name='kind',
            field=models.CharField(choices=[('national_id', 'Identity card'), ('birth_certificate', 'Birth certificate'), ('family_book', 'Family book'), ('passport', 'Passport'), ('travel_document', 'Travel document'), ('referral', 'Referral document'), ('consent', 'Consent form'), ('police_interview', 'Police interview'), ('complaint', 'Complaint'), ('warrant', 'Warrant'), ('court_order', 'Court order'), ('verdict', 'Verdict'), ('screening', 'Screening interview'), ('judicial_police', 'Form of the judicial police'), ('immigration', 'Letter of the immigration police'), ('release_certificate', 'Release certificate'), ('medical_report', 'Medical report'), ('evidence_photo', 'Evidence photo'), ('photo', 'Photo or film of a survivor'), ('abuse_material', 'Material of child abuse (hash only)'), ('other', 'Other')], max_length=20),
        ),
        migrations.AlterField(
            model_name='documentevent',
            name='kind',
            field=models.CharField(choices=[('national_id', 'Identity card'), ('birth_certificate', 'Birth certificate'), ('family_book', 'Family book'), ('passport', 'Passport'), ('travel_document', 'Travel document'), ('referral', 'Referral document'), ('consent', 'Consent form'), ('police_interview', 'Police interview'), ('complaint', 'Complaint'), ('warrant', 'Warrant'), ('court_order', 'Court order'), ('verdict', 'Verdict'), ('screening', 'Screening interview'), ('judicial_police', 'Form of the judicial police'), ('immigration', 'Letter of the immigration police'), ('release_certificate', 'Release certificate'), ('medical_report', 'Medical report'), ('evidence_photo', 'Evidence photo'), ('photo', 'Photo or film of a survivor'), ('abuse_material', 'Material of child abuse (hash only)'), ('other', 'Other')], max_length=20),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(condition=models.Q(('kind', 'abuse_material')), fields=['id'], name='casework_document_material'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['national_id', 'birth_certificate', 'family_book', 'passport', 'travel_document', 'referral', 'consent', 'police_interview', 'complaint', 'warrant', 'court_order', 'verdict', 'screening', 'judicial_police', 'immigration', 'release_certificate', 'medical_report', 'evidence_photo', 'photo', 'abuse_material', 'other'])), name='casework_document_known_kind'),
        ),
    ]
