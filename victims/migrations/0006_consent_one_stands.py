from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("victims", "0005_person_walls")]
    operations = [
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.UniqueConstraint(condition=models.Q(('replaced_at__isnull', True)), fields=('involvement', 'purpose', 'recipient_kind', 'recipient_id'), name='victims_consent_one_stands', nulls_distinct=False),
        ),
    ]
