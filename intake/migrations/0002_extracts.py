"""Extracts that phones hold to read offline, and the number of a phone's last request.

What was checked out goes with them.

Backwards: yes
"""

import core.fields
import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0009_language'),
        ('casework', '0009_no_planned_rescue_told'),
        ('intake', '0001_phones'),
    ]

    operations = [
        migrations.AddField(
            model_name='phone',
            name='asked',
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.CreateModel(
            name='Extract',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True, db_index=True)),
                ('level', models.PositiveSmallIntegerField(editable=False)),
                ('until', models.DateTimeField()),
                ('reason', core.fields.EncryptedTextField(editable=True)),
                ('share', core.fields.EncryptedTextField(editable=True)),
                ('given_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_for', models.CharField(blank=True, max_length=10)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='casework.case')),
                ('office', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office')),
                ('phone', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extracts', to='intake.phone')),
            ],
            options={
                'indexes': [models.Index(fields=['phone', '-until'], name='intake_extract_of_phone'), models.Index(fields=['-created_at', '-id'], name='intake_extract_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_for', '')), models.Q(('ended_at__isnull', False), ('ended_for__in', ['back', 'stopped', 'gone', 'sealed'])), _connector='OR'), name='intake_extract_ended_for_something')],
            },
        ),
    ]
