"""Policies, holds, erasures and tombstones.

Backwards: yes
"""

import core.fields
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('casework', '0001_initial'),
        ('places', '0001_initial'),
        ('victims', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Erasure',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True, db_index=True)),
                ('of_case', models.UUIDField(null=True)),
                ('due_on', models.DateField()),
                ('basis', models.CharField(max_length=1000)),
                ('status', models.CharField(default='proposed', max_length=10)),
                ('first_at', models.DateTimeField(null=True)),
                ('second_at', models.DateTimeField(null=True)),
                ('not_before', models.DateTimeField(null=True)),
                ('kept_until', models.DateField(null=True)),
                ('kept_for', core.fields.EncryptedTextField(editable=True, null=True)),
                ('digest', models.CharField(blank=True, max_length=80)),
                ('files', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                ('taken', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                ('tombstone', models.UUIDField(null=True)),
                ('erased_at', models.DateTimeField(null=True)),
                ('country', models.ForeignKey(limit_choices_to={'level': 'country'}, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.jurisdiction')),
                ('first_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('kept_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('second_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['due_on', 'id'], name='retention_erasure_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['confirmed', 'erasing', 'erased']), _negated=True), models.Q(models.Q(('first_by', models.F('second_by')), _negated=True), ('first_by__isnull', False), ('not_before__isnull', False), ('second_at__isnull', False), ('second_by__isnull', False)), _connector='OR'), name='retention_erasure_two_persons'), models.CheckConstraint(condition=models.Q(models.Q(('digest', ''), ('of_case__isnull', True), ('status', 'erased')), models.Q(models.Q(('status', 'erased'), _negated=True), ('of_case__isnull', False)), _connector='OR'), name='retention_erasure_leads_nowhere'), models.UniqueConstraint(condition=models.Q(('status__in', ['proposed', 'once', 'confirmed', 'erasing'])), fields=('of_case',), name='retention_erasure_once')],
            },
        ),
        migrations.CreateModel(
            name='LegalHold',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True, db_index=True)),
                ('level', models.PositiveSmallIntegerField(editable=False)),
                ('reason', core.fields.EncryptedTextField(editable=True)),
                ('status', models.CharField(default='asked', max_length=10)),
                ('asked_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('decided_at', models.DateTimeField(null=True)),
                ('lifting_reason', core.fields.EncryptedTextField(editable=True, null=True)),
                ('lifted_at', models.DateTimeField(null=True)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='casework.case')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('lifted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('lifting_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office')),
                ('victim', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='victims.victim')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('status', 'asked'), models.Q(models.Q(('decided_by', models.F('asked_by')), _negated=True), ('decided_by__isnull', False)), _connector='OR'), name='retention_legalhold_two_persons'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'lifted'), _negated=True), models.Q(models.Q(('lifted_by', models.F('lifting_by')), _negated=True), ('lifted_at__isnull', False), ('lifted_by__isnull', False), ('lifting_by__isnull', False)), _connector='OR'), name='retention_legalhold_lifted_by_two'), models.UniqueConstraint(condition=models.Q(('status__in', ['asked', 'holds', 'lifting'])), fields=('case', 'victim'), name='retention_legalhold_once', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='Policy',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True, db_index=True)),
                ('kind', models.CharField(max_length=10)),
                ('person', models.CharField(blank=True, max_length=5)),
                ('years', models.PositiveSmallIntegerField()),
                ('legal_source', models.CharField(max_length=300)),
                ('begins_on', models.DateField()),
                ('decided_at', models.DateTimeField(null=True)),
                ('outcome', models.CharField(blank=True, max_length=10)),
                ('country', models.ForeignKey(limit_choices_to={'level': 'country'}, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.jurisdiction')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['-created_at', '-id'], name='retention_policy_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind', 'survivors'), ('person__in', ['adult', 'child'])), models.Q(('kind', 'inquiry'), ('person', '')), _connector='OR'), name='retention_policy_of_somebody'), models.CheckConstraint(condition=models.Q(('years__range', (1, 100))), name='retention_policy_years'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('outcome', '')), models.Q(models.Q(('decided_by', models.F('proposed_by')), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False), ('outcome__in', ['confirmed', 'refused'])), _connector='OR'), name='retention_policy_second_person'), models.UniqueConstraint(condition=models.Q(('outcome', '')), fields=('country', 'kind', 'person'), name='retention_policy_proposed_once')],
            },
        ),
        migrations.CreateModel(
            name='Tombstone',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('erased_on', models.DateField(db_index=True)),
                ('basis', models.CharField(max_length=1000)),
                ('country', models.ForeignKey(limit_choices_to={'level': 'country'}, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.jurisdiction')),
            ],
            options={
                'indexes': [models.Index(fields=['-erased_on', '-id'], name='retention_tombstone_newest')],
            },
        ),
    ]
