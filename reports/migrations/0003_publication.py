# ruff: noqa: E501

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0002_sealings'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='snapshot',
            name='data_state',
            field=models.CharField(blank=True, default='', max_length=64),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name='snapshot',
            index=models.Index(fields=['scope_key', '-created_at', '-id'], name='reports_snapshot_list'),
        ),
        migrations.CreateModel(
            name='DataChange',
            fields=[
                ('transaction', models.BigIntegerField(primary_key=True, serialize=False)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ReleaseProposal',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('level', models.CharField(choices=[('country', 'Country'), ('state', 'State, region or province'), ('district', 'District or province within a region'), ('city', 'City')], max_length=10)),
                ('by_programme', models.BooleanField()),
                ('recipient', models.CharField(max_length=200)),
                ('reason', models.CharField(max_length=300)),
                ('digest', models.CharField(max_length=64)),
                ('decided_at', models.DateTimeField(null=True)),
                ('outcome', models.CharField(blank=True, choices=[('approved', 'Released'), ('refused', 'Refused'), ('withdrawn', 'Withdrawn')], max_length=10)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('snapshot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reports.snapshot')),
            ],
            options={
                'indexes': [models.Index(fields=['-created_at', '-id'], name='reports_proposal_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'approved'), _negated=True), models.Q(('decided_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='reports_releaseproposal_second_person'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('outcome', '')), models.Q(('decided_by__isnull', False), ('outcome__in', ['approved', 'refused', 'withdrawn']), ('decided_at__isnull', False)), _connector='OR'), name='reports_releaseproposal_decided_by_someone'), models.UniqueConstraint(condition=models.Q(('outcome', '')), fields=('snapshot', 'level', 'by_programme', 'recipient'), name='reports_releaseproposal_asked_once')],
            },
        ),
        migrations.CreateModel(
            name='Release',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('level', models.CharField(choices=[('country', 'Country'), ('state', 'State, region or province'), ('district', 'District or province within a region'), ('city', 'City')], max_length=10)),
                ('by_programme', models.BooleanField()),
                ('recipient', models.CharField(max_length=200)),
                ('reason', models.CharField(max_length=300)),
                ('digest', models.CharField(max_length=64)),
                ('released_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('table', models.JSONField()),
                ('suppressed', models.JSONField()),
                ('totals', models.JSONField()),
                ('approved_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposal', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='release', to='reports.releaseproposal')),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('snapshot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reports.snapshot')),
            ],
            options={
                'indexes': [models.Index(fields=['-released_at', '-id'], name='reports_release_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('approved_by', models.F('proposed_by')), _negated=True), name='reports_release_second_person')],
            },
        ),
        migrations.CreateModel(
            name='Schedule',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('report', models.CharField(max_length=60)),
                ('span', models.CharField(choices=[('month', 'The month before'), ('year', 'The year up to the month before'), ('all', 'Everything up to the month before')], max_length=10)),
                ('jurisdiction', models.CharField(blank=True, max_length=16)),
                ('programme', models.CharField(blank=True, max_length=30)),
                ('day', models.PositiveSmallIntegerField()),
                ('last_run', models.DateField(null=True)),
                ('stopped_at', models.DateTimeField(null=True)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['made_by', '-created_at', '-id'], name='reports_schedule_list')],
                'constraints': [models.CheckConstraint(condition=models.Q(('day__gte', 1), ('day__lte', 28)), name='reports_schedule_day_of_every_month'), models.UniqueConstraint(condition=models.Q(('stopped_at__isnull', True)), fields=('made_by', 'report', 'span', 'jurisdiction', 'programme'), name='reports_schedule_once')],
            },
        ),
    ]
