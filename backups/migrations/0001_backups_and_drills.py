"""What was backed up, and what came of restoring it.

Backwards: yes
"""

import django.contrib.postgres.fields
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Backup',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True, db_index=True)),
                ('made_at', models.DateTimeField()),
                ('name', models.CharField(max_length=60)),
                ('place', models.CharField(max_length=300)),
                ('seconds', models.PositiveIntegerField()),
                ('size', models.PositiveBigIntegerField(null=True)),
                ('files', models.PositiveIntegerField(null=True)),
                ('without_file', models.PositiveIntegerField(null=True)),
                ('keys', models.CharField(blank=True, max_length=300)),
                ('failure', models.CharField(blank=True, max_length=500)),
                ('taken_away_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['-made_at', '-id'], name='backups_backup_by_time')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('failure', ''), ('files__isnull', False), ('size__isnull', False)), models.Q(models.Q(('failure', ''), _negated=True), ('size__isnull', True)), _connector='OR'), name='backups_backup_made_or_failed')],
            },
        ),
        migrations.CreateModel(
            name='Drill',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True, db_index=True)),
                ('drilled_at', models.DateTimeField()),
                ('backup', models.CharField(max_length=60)),
                ('seconds', models.PositiveIntegerField()),
                ('differences', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=300), default=list, size=None)),
                ('failure', models.CharField(blank=True, max_length=500)),
            ],
            options={
                'indexes': [models.Index(fields=['-drilled_at', '-id'], name='backups_drill_by_time')],
            },
        ),
    ]
