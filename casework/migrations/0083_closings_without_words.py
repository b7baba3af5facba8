# ruff: noqa: E501
"""The free words of closings lie apart; here they are gone."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("casework", "0082_words_of_closings")]
    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='closing',
            name='changed_update',
        ),
        migrations.RemoveConstraint(
            model_name='closing',
            name='casework_closing_unready_says_why',
        ),
        migrations.RemoveField(
            model_name='closing',
            name='note',
        ),
        migrations.RemoveField(
            model_name='closing',
            name='override',
        ),
        migrations.RemoveField(
            model_name='closing',
            name='reopened_for',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='closing',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "casework_closingevent" ("case_id", "closed_by_id", "closed_on", "created_at", "id", "level", "office_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "reopened_by_id", "reopened_on", "stood", "unmet", "updated_at", "version") SELECT new_values."case_id", new_values."closed_by_id", new_values."closed_on", new_values."created_at", new_values."id", new_values."level", new_values."office_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', new_values."id", new_values."reason", new_values."reopened_by_id", new_values."reopened_on", new_values."stood", new_values."unmet", new_values."updated_at", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='126de4e0d60f15005133e681084c6e2601a557c1', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_changed_update_20ecd', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='casework_closing', when='AFTER')),
        ),
    ]
