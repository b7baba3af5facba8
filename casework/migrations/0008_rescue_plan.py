"""Plans of rescues, for those whom they name.

Backwards: yes
"""

import core.fields
import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0007_practice'),
        ('casework', '0007_documents_disclosed'),
    ]

    operations = [
        migrations.CreateModel(
            name='RescuePlan',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True, db_index=True)),
                ('level', models.PositiveSmallIntegerField(editable=False)),
                ('named', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ('content', core.fields.EncryptedTextField(editable=True)),
                ('status', models.CharField(default='open', max_length=12)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='casework.case')),
                ('office', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office')),
                ('rescue', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.rescue')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('rescue__isnull', False), ('status', 'carried_out')), models.Q(('rescue__isnull', True), ('status__in', ['open', 'called_off'])), _connector='OR'), name='casework_rescueplan_carried_out'), models.CheckConstraint(condition=models.Q(('named__len__gt', 0)), name='casework_rescueplan_names_somebody')],
            },
        ),
    ]
