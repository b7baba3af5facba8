"""Answers that are chosen stand beside all answers, to be counted and to narrow lists by.

Backwards: yes
"""

import django.contrib.postgres.fields
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


# Of the answers so far, before the triggers of the history are back: nobody corrected anything.
FILL = """
update questions_reply reply set chosen = array(
    select (question.value ->> 'code') || '='
        || case chosen.value #>> '{}' when 'true' then 'yes' when 'false' then 'no'
            else chosen.value #>> '{}' end
    from questions_questionset asked
    cross join jsonb_array_elements(asked.questions) with ordinality question (value, place)
    cross join lateral (select reply.answers -> (question.value ->> 'code')) answer (value)
    cross join lateral jsonb_array_elements(
        case jsonb_typeof(answer.value) when 'array' then answer.value
            else jsonb_build_array(answer.value) end
    ) chosen (value)
    where asked.id = reply.question_set_id
        and question.value ->> 'kind' in ('yes_no', 'choice', 'several')
        and answer.value is not null
    order by question.place, chosen.value
)
where answers <> '{}'
"""


class Migration(migrations.Migration):

    dependencies = [
        ('questions', '0001_questions'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='reply',
            name='added_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='reply',
            name='changed_update',
        ),
        migrations.AddField(
            model_name='reply',
            name='chosen',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), db_default=[], default=list, size=None),
        ),
        migrations.AddField(
            model_name='replyevent',
            name='chosen',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), db_default=[], default=list, size=None),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        pgtrigger.migrations.AddTrigger(
            model_name='reply',
            trigger=pgtrigger.compiler.Trigger(name='added_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "questions_replyevent" ("about", "answers", "case_id", "chosen", "created_at", "id", "level", "office_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "question_set_id", "updated_at", "version") SELECT new_values."about", new_values."answers", new_values."case_id", new_values."chosen", new_values."created_at", new_values."id", new_values."level", new_values."office_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'added\', new_values."id", new_values."question_set_id", new_values."updated_at", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='29ce3a5890f0d1349f205a4140eb37e3923917e0', level='STATEMENT', operation='INSERT', pgid='pgtrigger_added_insert_0973e', referencing='REFERENCING NEW TABLE AS new_values ', table='questions_reply', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reply',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "questions_replyevent" ("about", "answers", "case_id", "chosen", "created_at", "id", "level", "office_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "question_set_id", "updated_at", "version") SELECT new_values."about", new_values."answers", new_values."case_id", new_values."chosen", new_values."created_at", new_values."id", new_values."level", new_values."office_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', new_values."id", new_values."question_set_id", new_values."updated_at", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f608937b875d7c7e824e10fd2a5ee46ddf0970c9', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_changed_update_d62e0', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='questions_reply', when='AFTER')),
        ),
    ]
