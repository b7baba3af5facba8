"""In which room a hearing is, before whom, and who appears for us.

Backwards: yes
"""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('prosecutions', '0002_order_of_networks'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='hearing',
            name='added_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='hearing',
            name='changed_update',
        ),
        migrations.AddField(
            model_name='hearing',
            name='counsel',
            field=models.CharField(blank=True, db_default='', max_length=120),
        ),
        migrations.AddField(
            model_name='hearing',
            name='judge',
            field=models.CharField(blank=True, db_default='', max_length=120),
        ),
        migrations.AddField(
            model_name='hearing',
            name='room',
            field=models.CharField(blank=True, db_default='', max_length=40),
        ),
        migrations.AddField(
            model_name='hearingevent',
            name='counsel',
            field=models.CharField(blank=True, db_default='', max_length=120),
        ),
        migrations.AddField(
            model_name='hearingevent',
            name='judge',
            field=models.CharField(blank=True, db_default='', max_length=120),
        ),
        migrations.AddField(
            model_name='hearingevent',
            name='room',
            field=models.CharField(blank=True, db_default='', max_length=40),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='hearing',
            trigger=pgtrigger.compiler.Trigger(name='added_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "prosecutions_hearingevent" ("adjourned_for", "case_id", "counsel", "created_at", "follows_id", "id", "judge", "level", "listed_at", "listed_on", "no_next_date", "office_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "prosecution_id", "purpose", "result", "room", "updated_at", "version") SELECT new_values."adjourned_for", new_values."case_id", new_values."counsel", new_values."created_at", new_values."follows_id", new_values."id", new_values."judge", new_values."level", new_values."listed_at", new_values."listed_on", new_values."no_next_date", new_values."office_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'added\', new_values."id", new_values."prosecution_id", new_values."purpose", new_values."result", new_values."room", new_values."updated_at", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='2a14d6a90f4c854fc35b0b77084d2afc15526066', level='STATEMENT', operation='INSERT', pgid='pgtrigger_added_insert_8c6d8', referencing='REFERENCING NEW TABLE AS new_values ', table='prosecutions_hearing', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='hearing',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "prosecutions_hearingevent" ("adjourned_for", "case_id", "counsel", "created_at", "follows_id", "id", "judge", "level", "listed_at", "listed_on", "no_next_date", "office_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "prosecution_id", "purpose", "result", "room", "updated_at", "version") SELECT new_values."adjourned_for", new_values."case_id", new_values."counsel", new_values."created_at", new_values."follows_id", new_values."id", new_values."judge", new_values."level", new_values."listed_at", new_values."listed_on", new_values."no_next_date", new_values."office_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', new_values."id", new_values."prosecution_id", new_values."purpose", new_values."result", new_values."room", new_values."updated_at", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='769ec6a769a4ef7801245cd05a5e9e3aee47db4a', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_changed_update_69fc4', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='prosecutions_hearing', when='AFTER')),
        ),
    ]
