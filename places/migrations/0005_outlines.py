"""Outlines of places get a table of their own.

The column they had was never filled; it stays in the table, for older code that names it.

Backwards: yes
"""

import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('places', '0004_one_for_another'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveField(
                    model_name='jurisdiction',
                    name='geometry',
                ),
            ],
        ),
        migrations.CreateModel(
            name='Outline',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True, db_index=True)),
                ('geometry', models.JSONField()),
                ('place', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='outline', to='places.jurisdiction')),
            ],
        ),
    ]
