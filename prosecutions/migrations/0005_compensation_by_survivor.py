"""What of a compensation is ordered to whom.

Backwards: yes
"""

import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ('casework', '0001_initial'),
        ('prosecutions', '0004_why_two_are_not_one'),
        ('victims', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CompensationShare',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True, db_index=True)),
                ('level', models.PositiveSmallIntegerField(editable=False)),
                ('amount', models.DecimalField(decimal_places=2, max_digits=14)),
            ],
        ),
        migrations.CreateModel(
            name='CompensationShareEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField()),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('level', models.PositiveSmallIntegerField(editable=False)),
                ('amount', models.DecimalField(decimal_places=2, max_digits=14)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='compensationshare',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='casework.case'),
        ),
        migrations.AddField(
            model_name='compensationshare',
            name='involvement',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='compensation', to='victims.involvement'),
        ),
        migrations.AddField(
            model_name='compensationshare',
            name='office',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office'),
        ),
        migrations.AddField(
            model_name='compensationshare',
            name='sentence',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='prosecutions.sentence'),
        ),
        migrations.AddField(
            model_name='compensationshareevent',
            name='case',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='casework.case'),
        ),
        migrations.AddField(
            model_name='compensationshareevent',
            name='involvement',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='victims.involvement'),
        ),
        migrations.AddField(
            model_name='compensationshareevent',
            name='office',
            field=models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.office'),
        ),
        migrations.AddField(
            model_name='compensationshareevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='prosecutions.compensationshare'),
        ),
        migrations.AddField(
            model_name='compensationshareevent',
            name='sentence',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='prosecutions.sentence'),
        ),
        migrations.AddIndex(
            model_name='compensationshare',
            index=models.Index(fields=['involvement'], name='prosecutions_share_of_person'),
        ),
        migrations.AddConstraint(
            model_name='compensationshare',
            constraint=models.UniqueConstraint(fields=('sentence', 'involvement'), name='prosecutions_compensationshare_once'),
        ),
        migrations.AddConstraint(
            model_name='compensationshare',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='prosecutions_compensationshare_is_money'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='compensationshare',
            trigger=pgtrigger.compiler.Trigger(name='added_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "prosecutions_compensationshareevent" ("amount", "case_id", "created_at", "id", "involvement_id", "level", "office_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "sentence_id", "updated_at", "version") SELECT new_values."amount", new_values."case_id", new_values."created_at", new_values."id", new_values."involvement_id", new_values."level", new_values."office_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'added\', new_values."id", new_values."sentence_id", new_values."updated_at", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='2e16dce32477f421a33b618e337177fb2b80b205', level='STATEMENT', operation='INSERT', pgid='pgtrigger_added_insert_94055', referencing='REFERENCING NEW TABLE AS new_values ', table='prosecutions_compensationshare', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='compensationshare',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "prosecutions_compensationshareevent" ("amount", "case_id", "created_at", "id", "involvement_id", "level", "office_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "sentence_id", "updated_at", "version") SELECT new_values."amount", new_values."case_id", new_values."created_at", new_values."id", new_values."involvement_id", new_values."level", new_values."office_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', new_values."id", new_values."sentence_id", new_values."updated_at", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='4710440944fa44946800873c2fadd90f9acc3820', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_changed_update_82008', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='prosecutions_compensationshare', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='compensationshareevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f11130fa4194ef443918bc9c889c4ede1b4ec472', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_39dfd', table='prosecutions_compensationshareevent', when='BEFORE')),
        ),
    ]
