"""What figures go on counting of cases that were erased.

Backwards: yes
"""

import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('places', '0001_initial'),
        ('reports', '0002_writes'),
    ]

    operations = [
        migrations.CreateModel(
            name='AnonymousRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('what', models.CharField(max_length=10)),
                ('served', models.BooleanField(default=False)),
                ('year', models.PositiveSmallIntegerField()),
                ('programme', models.CharField(max_length=20)),
                ('band', models.CharField(blank=True, max_length=10)),
                ('country', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.jurisdiction')),
            ],
            options={
                'indexes': [models.Index(fields=['what', 'year'], name='reports_anonymousrow_year')],
            },
        ),
    ]
