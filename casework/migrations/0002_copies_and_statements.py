"""Copies with areas painted black say of what; a signed statement says which one it follows.

Backwards: yes
"""

import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ('casework', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='document',
            name='added_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='document',
            name='changed_update',
        ),
        migrations.RemoveConstraint(
            model_name='document',
            name='casework_document_known_kind',
        ),
        migrations.AddField(
            model_name='document',
            name='follows',
            field=models.CharField(blank=True, db_default='', max_length=10),
        ),
        migrations.AddField(
            model_name='document',
            name='redacts',
            field=models.CharField(blank=True, db_default='', max_length=10),
        ),
        migrations.AddField(
            model_name='documentevent',
            name='follows',
            field=models.CharField(blank=True, db_default='', max_length=10),
        ),
        migrations.AddField(
            model_name='documentevent',
            name='redacts',
            field=models.CharField(blank=True, db_default='', max_length=10),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='document',
            trigger=pgtrigger.compiler.Trigger(name='added_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "casework_documentevent" ("added_by_id", "case_id", "code", "created_at", "follows", "id", "kind", "level", "office_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_on", "redacts", "updated_at", "version") SELECT new_values."added_by_id", new_values."case_id", new_values."code", new_values."created_at", new_values."follows", new_values."id", new_values."kind", new_values."level", new_values."office_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'added\', new_values."id", new_values."received_on", new_values."redacts", new_values."updated_at", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='7bc664aebab9daf987589936bf74a2543a026fc9', level='STATEMENT', operation='INSERT', pgid='pgtrigger_added_insert_bf8ee', referencing='REFERENCING NEW TABLE AS new_values ', table='casework_document', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='document',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "casework_documentevent" ("added_by_id", "case_id", "code", "created_at", "follows", "id", "kind", "level", "office_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_on", "redacts", "updated_at", "version") SELECT new_values."added_by_id", new_values."case_id", new_values."code", new_values."created_at", new_values."follows", new_values."id", new_values."kind", new_values."level", new_values."office_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', new_values."id", new_values."received_on", new_values."redacts", new_values."updated_at", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c4a22eb6f9a26032c6b02b7f39ea1f7d0241488e', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_changed_update_312cf', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='casework_document', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['national_id', 'birth_certificate', 'family_book', 'passport', 'travel_document', 'referral', 'consent', 'statement', 'police_interview', 'complaint', 'warrant', 'court_order', 'verdict', 'screening', 'judicial_police', 'immigration', 'release_certificate', 'medical_report', 'evidence_photo', 'photo', 'abuse_material', 'other'])), name='casework_document_known_kind'),
        ),
    ]
