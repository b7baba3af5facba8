"""Compensation that was paid: by whom, for which survivor, and when it reached her.

Backwards: yes
"""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('prosecutions', '0006_order_of_suspects'),
        ('victims', '0002_why_two_are_not_one'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='compensationpayment',
            name='added_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='compensationpayment',
            name='changed_update',
        ),
        migrations.AddField(
            model_name='compensationpayment',
            name='involvement',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='compensation_paid', to='victims.involvement'),
        ),
        migrations.AddField(
            model_name='compensationpayment',
            name='payer',
            field=models.CharField(blank=True, db_default='', max_length=10),
        ),
        migrations.AddField(
            model_name='compensationpayment',
            name='received_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='compensationpaymentevent',
            name='involvement',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='victims.involvement'),
        ),
        migrations.AddField(
            model_name='compensationpaymentevent',
            name='payer',
            field=models.CharField(blank=True, db_default='', max_length=10),
        ),
        migrations.AddField(
            model_name='compensationpaymentevent',
            name='received_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddIndex(
            model_name='compensationpayment',
            index=models.Index(fields=['involvement'], name='prosecutions_paid_to_person'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='compensationpayment',
            trigger=pgtrigger.compiler.Trigger(name='added_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "prosecutions_compensationpaymentevent" ("amount", "case_id", "created_at", "id", "involvement_id", "level", "office_id", "paid_on", "payer", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_on", "sentence_id", "updated_at", "version") SELECT new_values."amount", new_values."case_id", new_values."created_at", new_values."id", new_values."involvement_id", new_values."level", new_values."office_id", new_values."paid_on", new_values."payer", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'added\', new_values."id", new_values."received_on", new_values."sentence_id", new_values."updated_at", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e5f6c9bff8d38f5e04c3ee93ea57db8c56615455', level='STATEMENT', operation='INSERT', pgid='pgtrigger_added_insert_a987f', referencing='REFERENCING NEW TABLE AS new_values ', table='prosecutions_compensationpayment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='compensationpayment',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "prosecutions_compensationpaymentevent" ("amount", "case_id", "created_at", "id", "involvement_id", "level", "office_id", "paid_on", "payer", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_on", "sentence_id", "updated_at", "version") SELECT new_values."amount", new_values."case_id", new_values."created_at", new_values."id", new_values."involvement_id", new_values."level", new_values."office_id", new_values."paid_on", new_values."payer", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', new_values."id", new_values."received_on", new_values."sentence_id", new_values."updated_at", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='89efea652b1c2fb0a0ebcc7a01d1e899071bb7d6', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_changed_update_2008f', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='prosecutions_compensationpayment', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='compensationpayment',
            constraint=models.CheckConstraint(condition=models.Q(('received_on__isnull', True), models.Q(('involvement__isnull', False), ('received_on__gte', models.F('paid_on'))), _connector='OR'), name='prosecutions_compensationpayment_reached_somebody'),
        ),
    ]
