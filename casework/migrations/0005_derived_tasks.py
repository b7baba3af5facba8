"""What the rules ask is kept by the database, and which cases they must be asked again of.

Backwards: yes
"""

import django.contrib.postgres.functions
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ('casework', '0004_cases_at_hand'),
    ]

    operations = [
        migrations.CreateModel(
            name='AskAgain',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('case_id', models.UUIDField()),
                ('office_id', models.UUIDField()),
                ('noted_by', models.BigIntegerField()),
            ],
            options={
                'indexes': [
                    models.Index(fields=['case_id'], name='casework_askagain_case'),
                    models.Index(fields=['office_id'], name='casework_askagain_office'),
                ],
            },
        ),
        migrations.CreateModel(
            name='DerivedTask',
            fields=[
                ('key', models.UUIDField(db_column='id', db_default=django.contrib.postgres.functions.RandomUUID(), editable=False, primary_key=True, serialize=False)),
                ('level', models.PositiveSmallIntegerField(editable=False)),
                ('rule', models.SlugField(db_index=False, max_length=40)),
                ('row_id', models.UUIDField()),
                ('target', models.UUIDField(null=True)),
                ('about', models.CharField(max_length=200)),
                ('due_on', models.DateField()),
                ('from_on', models.DateField(null=True)),
                ('from_at', models.DateTimeField(null=True)),
                ('gravity', models.PositiveSmallIntegerField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.case')),
                ('office', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('rule', 'row_id'), name='casework_derived_once')],
            },
        ),
    ]
