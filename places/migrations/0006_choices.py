"""What an organisation says of the codes of its lists.

Rows for the codes that ship are added after every migration.

Backwards: yes
"""

import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('places', '0005_outlines'),
    ]

    operations = [
        migrations.CreateModel(
            name='Choice',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True, db_index=True)),
                ('listed', models.CharField(max_length=20)),
                ('code', models.CharField(max_length=20)),
                ('labels', models.JSONField(blank=True, db_default=models.Value({}, models.JSONField()), default=dict)),
                ('position', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('starts_on', models.DateField(blank=True, null=True)),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('is_own', models.BooleanField(db_default=False, default=False, editable=False)),
                ('counts_as', models.CharField(blank=True, db_default='', default='', max_length=20)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('listed', 'code'), name='places_choice_once'), models.CheckConstraint(condition=models.Q(models.Q(('code__regex', '^own_[a-z0-9_]+$'), ('is_own', True), models.Q(('labels', {}), _negated=True)), models.Q(('counts_as', ''), ('is_own', False), models.Q(('code__startswith', 'own_'), _negated=True)), _connector='OR'), name='places_choice_own_by_its_code'), models.CheckConstraint(condition=models.Q(('starts_on__isnull', True), ('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='places_choice_ends_after_its_start')],
            },
        ),
    ]
