# ruff: noqa: E501
"""A workbook is kept while jobs look at it and take it in."""

import core.fields
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0032_who_runs_programs'),
        ('core', '0007_updated_since'),
        ('exchange', '0022_workbooks'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='WorkbookImport',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True, db_index=True)),
                ('file', models.UUIDField(null=True)),
                ('data_key', core.fields.EncryptedTextField(editable=True, null=True)),
                ('size', models.PositiveBigIntegerField()),
                ('found', core.fields.EncryptedTextField(editable=True, null=True)),
                ('faults', models.PositiveIntegerField(default=0)),
                ('changed', models.BooleanField(default=False)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('taken_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('expires_at', models.DateTimeField()),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('job', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.job')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office')),
            ],
            options={
                'indexes': [models.Index(fields=['asked_by', '-created_at', '-id'], name='exchange_workbook_mine'), models.Index(fields=['-created_at', '-id'], name='exchange_workbook_newest'), models.Index(condition=models.Q(('taken_at__isnull', True), ('file__isnull', False), _connector='OR'), fields=['expires_at'], name='exchange_workbook_to_destroy')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('data_key__isnull', True), ('file__isnull', True)), models.Q(('data_key__isnull', False), ('file__isnull', False)), _connector='OR'), name='exchange_workbookimport_file_has_its_key'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('taken_at__isnull', True)), ('file__isnull', True), _connector='OR'), name='exchange_workbookimport_over_without_file'), models.CheckConstraint(condition=models.Q(('taken_at__isnull', True), models.Q(('confirmed_at__isnull', False), ('faults', 0)), _connector='OR'), name='exchange_workbookimport_taken_as_confirmed')],
            },
        ),
    ]
