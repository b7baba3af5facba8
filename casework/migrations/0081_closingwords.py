"""A table for the free words of closings, one level deeper than the closings."""

import core.fields
import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0032_who_runs_programs'),
        ('casework', '0080_files_that_act'),
    ]

    operations = [
        migrations.CreateModel(
            name='ClosingWords',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True, db_index=True)),
                ('level', models.PositiveSmallIntegerField(editable=False)),
                ('note', core.fields.EncryptedTextField(editable=True, null=True)),
                ('override', core.fields.EncryptedTextField(editable=True, null=True)),
                ('reopened_for', core.fields.EncryptedTextField(editable=True, null=True)),
            ],
        ),
        migrations.AddField(
            model_name='closingwords',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='casework.case'),
        ),
        migrations.AddField(
            model_name='closingwords',
            name='closing',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='words', to='casework.closing'),
        ),
        migrations.AddField(
            model_name='closingwords',
            name='office',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office'),
        ),
        migrations.AddConstraint(
            model_name='closingwords',
            constraint=models.CheckConstraint(condition=models.Q(('id', models.F('closing'))), name='casework_closingwords_under_its_closing'),
        ),
    ]
