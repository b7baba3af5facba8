"""What prosecutors from outside tell and ask, until the team has decided.

Backwards: yes
"""

import core.fields
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_views_of_tasks'),
        ('casework', '0007_documents_disclosed'),
        ('prosecutions', '0007_compensation_received'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True, db_index=True)),
                ('level', models.PositiveSmallIntegerField(editable=False)),
                ('kind', models.CharField(max_length=10)),
                ('result', models.CharField(blank=True, max_length=10)),
                ('adjourned_for', models.CharField(blank=True, max_length=16)),
                ('next_on', models.DateField(blank=True, null=True)),
                ('next_at', models.TimeField(blank=True, null=True)),
                ('next_purpose', models.CharField(blank=True, max_length=12)),
                ('no_next_date', models.CharField(blank=True, max_length=12)),
                ('asked', models.CharField(blank=True, max_length=12)),
                ('words', core.fields.EncryptedTextField(blank=True, editable=True, null=True)),
                ('status', models.CharField(default='waiting', max_length=10)),
                ('decided_at', models.DateTimeField(null=True)),
                ('reason', core.fields.EncryptedTextField(editable=True, null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='casework.case')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('hearing', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='answers', to='prosecutions.hearing')),
                ('office', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office')),
                ('prosecution', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='answers', to='prosecutions.prosecution')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('status', 'waiting')), models.Q(models.Q(('decided_by', models.F('user')), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False), ('status__in', ('accepted', 'refused'))), _connector='OR'), name='prosecutions_answer_decided_by_another'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'refused'), _negated=True), ('reason__isnull', False), _connector='OR'), name='prosecutions_answer_refused_for_a_reason')],
            },
        ),
    ]
