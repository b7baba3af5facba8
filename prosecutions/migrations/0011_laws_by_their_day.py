"""What the law says, from a day on; whether a provision punishes exploitation, or is of children alone.

Backwards: yes
"""

import django.core.serializers.json
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('places', '0006_choices'),
        ('prosecutions', '0010_lists_of_one_office'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='provision',
            name='exploitation',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name='provision',
            name='of_child',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AlterField(
            model_name='provision',
            name='in_force_from',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='provision',
            name='in_force_to',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='provision',
            name='max_years',
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True),
        ),
        migrations.AlterField(
            model_name='provision',
            name='min_years',
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True),
        ),
        migrations.CreateModel(
            name='LawVersion',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True, db_index=True)),
                ('kind', models.CharField(max_length=10)),
                ('begins_on', models.DateField(blank=True, null=True)),
                ('terms', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('source', models.CharField(max_length=300)),
                ('verified', models.BooleanField(default=False)),
                ('decided_at', models.DateTimeField(null=True)),
                ('outcome', models.CharField(blank=True, max_length=10)),
                ('country', models.ForeignKey(limit_choices_to={'level': 'country'}, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.jurisdiction')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('provision', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='prosecutions.provision')),
            ],
            options={
                'ordering': ('-created_at', '-id'),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('outcome', ''), ('decided_at__isnull', True), ('decided_by__isnull', True)), models.Q(('outcome', 'confirmed'), ('proposed_by__isnull', True), ('decided_at__isnull', True), ('decided_by__isnull', True)), models.Q(('decided_by__isnull', False), ('outcome__in', ['confirmed', 'refused', 'withdrawn']), ('decided_at__isnull', False), models.Q(('outcome', 'withdrawn'), models.Q(('decided_by', models.F('proposed_by')), _negated=True), _connector='OR')), _connector='OR'), name='prosecutions_lawversion_second_person'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'end'), _negated=True), models.Q(('begins_on__isnull', False), ('provision__isnull', False)), _connector='OR'), name='prosecutions_lawversion_ends_one')],
            },
        ),
    ]
