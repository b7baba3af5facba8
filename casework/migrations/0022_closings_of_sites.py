# ruff: noqa: E501
"""What was known of closed sites becomes a closing of its own, which can end and come again."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("casework", "0021_inquiry_walls")]
    operations = [
        migrations.RunSQL(
            """
            insert into casework_siteclosing
              (id, version, created_at, updated_at, case_id, office_id, level, site_id,
               closed_on, closed_by_id)
            select gen_random_uuid(), 1, updated_at, updated_at, case_id, office_id, level, id,
              closed_on, closed_by_id
            from casework_site where closed_on is not null;
            set constraints all immediate;
            """,
            migrations.RunSQL.noop,
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='site',
            name='added_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='site',
            name='changed_update',
        ),
        migrations.RemoveConstraint(
            model_name='site',
            name='casework_site_closing_complete',
        ),
        migrations.RemoveField(
            model_name='site',
            name='closed_by',
        ),
        migrations.RemoveField(
            model_name='site',
            name='closed_on',
        ),
        migrations.RemoveField(
            model_name='siteevent',
            name='closed_by',
        ),
        migrations.RemoveField(
            model_name='siteevent',
            name='closed_on',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='site',
            trigger=pgtrigger.compiler.Trigger(name='added_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "casework_siteevent" ("case_id", "code", "created_at", "id", "jurisdiction_id", "kind", "level", "office_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "setting", "updated_at", "version") SELECT new_values."case_id", new_values."code", new_values."created_at", new_values."id", new_values."jurisdiction_id", new_values."kind", new_values."level", new_values."office_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'added\', new_values."id", new_values."setting", new_values."updated_at", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='3e0aa7f48400aa66752925e93a8ef3cab9f97923', level='STATEMENT', operation='INSERT', pgid='pgtrigger_added_insert_a8e11', referencing='REFERENCING NEW TABLE AS new_values ', table='casework_site', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='site',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "casework_siteevent" ("case_id", "code", "created_at", "id", "jurisdiction_id", "kind", "level", "office_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "setting", "updated_at", "version") SELECT new_values."case_id", new_values."code", new_values."created_at", new_values."id", new_values."jurisdiction_id", new_values."kind", new_values."level", new_values."office_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', new_values."id", new_values."setting", new_values."updated_at", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='bcd73721d5ce2f02696bc54a8a0363cb8933e17d', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_changed_update_e04a7', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='casework_site', when='AFTER')),
        ),
    ]
