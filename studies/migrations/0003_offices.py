# ruff: noqa: E501

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0032_who_runs_programs'),
        ('studies', '0002_updated_since'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='districtsurvey',
            name='added_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='districtsurvey',
            name='changed_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='evaluation',
            name='added_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='evaluation',
            name='changed_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='externalstatistic',
            name='added_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='externalstatistic',
            name='changed_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='programmeplace',
            name='added_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='programmeplace',
            name='changed_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='study',
            name='added_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='study',
            name='changed_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='training',
            name='added_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='training',
            name='changed_update',
        ),
        migrations.AddField(
            model_name='districtsurvey',
            name='office',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office'),
        ),
        migrations.AddField(
            model_name='districtsurveyevent',
            name='office',
            field=models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.office'),
        ),
        migrations.AddField(
            model_name='evaluation',
            name='office',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office'),
        ),
        migrations.AddField(
            model_name='evaluationevent',
            name='office',
            field=models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.office'),
        ),
        migrations.AddField(
            model_name='externalstatistic',
            name='office',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office'),
        ),
        migrations.AddField(
            model_name='externalstatisticevent',
            name='office',
            field=models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.office'),
        ),
        migrations.AddField(
            model_name='programmeplace',
            name='office',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office'),
        ),
        migrations.AddField(
            model_name='programmeplaceevent',
            name='office',
            field=models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.office'),
        ),
        migrations.AddField(
            model_name='study',
            name='office',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office'),
        ),
        migrations.AddField(
            model_name='studyevent',
            name='office',
            field=models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.office'),
        ),
        migrations.AddField(
            model_name='training',
            name='office',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office'),
        ),
        migrations.AddField(
            model_name='trainingevent',
            name='office',
            field=models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.office'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='districtsurvey',
            trigger=pgtrigger.compiler.Trigger(name='added_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "studies_districtsurveyevent" ("created_at", "found", "id", "jurisdiction_id", "office_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme", "source", "status", "updated_at", "version", "year") SELECT new_values."created_at", new_values."found", new_values."id", new_values."jurisdiction_id", new_values."office_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'added\', new_values."id", new_values."programme", new_values."source", new_values."status", new_values."updated_at", new_values."version", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='8c0e4a75117a7e8217a415d3ae978879ea3f599f', level='STATEMENT', operation='INSERT', pgid='pgtrigger_added_insert_bb82c', referencing='REFERENCING NEW TABLE AS new_values ', table='studies_districtsurvey', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='districtsurvey',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "studies_districtsurveyevent" ("created_at", "found", "id", "jurisdiction_id", "office_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme", "source", "status", "updated_at", "version", "year") SELECT new_values."created_at", new_values."found", new_values."id", new_values."jurisdiction_id", new_values."office_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', new_values."id", new_values."programme", new_values."source", new_values."status", new_values."updated_at", new_values."version", new_values."year" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='da6f7b2eb5b49a43c475df254662057670854c63', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_changed_update_d9a6a', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='studies_districtsurvey', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evaluation',
            trigger=pgtrigger.compiler.Trigger(name='added_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "studies_evaluationevent" ("created_at", "evaluator", "first_year", "id", "is_external", "jurisdiction_id", "last_year", "office_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme", "published_on", "source", "title", "updated_at", "version") SELECT new_values."created_at", new_values."evaluator", new_values."first_year", new_values."id", new_values."is_external", new_values."jurisdiction_id", new_values."last_year", new_values."office_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'added\', new_values."id", new_values."programme", new_values."published_on", new_values."source", new_values."title", new_values."updated_at", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='3618ba4332d8bb7a33b74b71921edcfe9db6e1f5', level='STATEMENT', operation='INSERT', pgid='pgtrigger_added_insert_d9cae', referencing='REFERENCING NEW TABLE AS new_values ', table='studies_evaluation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evaluation',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "studies_evaluationevent" ("created_at", "evaluator", "first_year", "id", "is_external", "jurisdiction_id", "last_year", "office_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme", "published_on", "source", "title", "updated_at", "version") SELECT new_values."created_at", new_values."evaluator", new_values."first_year", new_values."id", new_values."is_external", new_values."jurisdiction_id", new_values."last_year", new_values."office_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', new_values."id", new_values."programme", new_values."published_on", new_values."source", new_values."title", new_values."updated_at", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='faad7bde2913ca88e435607ef3e7f6c41be01d2f', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_changed_update_29d4b', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='studies_evaluation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='externalstatistic',
            trigger=pgtrigger.compiler.Trigger(name='added_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "studies_externalstatisticevent" ("created_at", "id", "jurisdiction_id", "measure", "office_id", "parts", "parts_number", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme", "publisher", "quality", "series", "source", "text", "unit", "updated_at", "value", "version", "year", "year_to") SELECT new_values."created_at", new_values."id", new_values."jurisdiction_id", new_values."measure", new_values."office_id", new_values."parts", new_values."parts_number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'added\', new_values."id", new_values."programme", new_values."publisher", new_values."quality", new_values."series", new_values."source", new_values."text", new_values."unit", new_values."updated_at", new_values."value", new_values."version", new_values."year", new_values."year_to" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='fc548e9429bd6f682b125b823ace5cd6bf57416e', level='STATEMENT', operation='INSERT', pgid='pgtrigger_added_insert_dcbf0', referencing='REFERENCING NEW TABLE AS new_values ', table='studies_externalstatistic', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='externalstatistic',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "studies_externalstatisticevent" ("created_at", "id", "jurisdiction_id", "measure", "office_id", "parts", "parts_number", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme", "publisher", "quality", "series", "source", "text", "unit", "updated_at", "value", "version", "year", "year_to") SELECT new_values."created_at", new_values."id", new_values."jurisdiction_id", new_values."measure", new_values."office_id", new_values."parts", new_values."parts_number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', new_values."id", new_values."programme", new_values."publisher", new_values."quality", new_values."series", new_values."source", new_values."text", new_values."unit", new_values."updated_at", new_values."value", new_values."version", new_values."year", new_values."year_to" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='77dffd0c245ede611aff9f0f2b0c622b5380b647', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_changed_update_25523', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='studies_externalstatistic', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='programmeplace',
            trigger=pgtrigger.compiler.Trigger(name='added_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "studies_programmeplaceevent" ("created_at", "ends_on", "id", "jurisdiction_id", "office_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme", "source", "starts_on", "updated_at", "version") SELECT new_values."created_at", new_values."ends_on", new_values."id", new_values."jurisdiction_id", new_values."office_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'added\', new_values."id", new_values."programme", new_values."source", new_values."starts_on", new_values."updated_at", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='99c25bbbe210dc419e972ad925806abfa64e0594', level='STATEMENT', operation='INSERT', pgid='pgtrigger_added_insert_66283', referencing='REFERENCING NEW TABLE AS new_values ', table='studies_programmeplace', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='programmeplace',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "studies_programmeplaceevent" ("created_at", "ends_on", "id", "jurisdiction_id", "office_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme", "source", "starts_on", "updated_at", "version") SELECT new_values."created_at", new_values."ends_on", new_values."id", new_values."jurisdiction_id", new_values."office_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', new_values."id", new_values."programme", new_values."source", new_values."starts_on", new_values."updated_at", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='805b3625df8227de9b4d58e4d216ec13b5860079', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_changed_update_b0e6f', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='studies_programmeplace', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='study',
            trigger=pgtrigger.compiler.Trigger(name='added_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "studies_studyevent" ("created_at", "fieldwork_from", "fieldwork_to", "id", "is_representative", "jurisdiction_id", "method", "minor_below", "minor_judged", "office_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "phase", "programme", "published_on", "source", "title", "updated_at", "version") SELECT new_values."created_at", new_values."fieldwork_from", new_values."fieldwork_to", new_values."id", new_values."is_representative", new_values."jurisdiction_id", new_values."method", new_values."minor_below", new_values."minor_judged", new_values."office_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'added\', new_values."id", new_values."phase", new_values."programme", new_values."published_on", new_values."source", new_values."title", new_values."updated_at", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e58efef978c5bfc7647f817dd147a00a4e936004', level='STATEMENT', operation='INSERT', pgid='pgtrigger_added_insert_f12f4', referencing='REFERENCING NEW TABLE AS new_values ', table='studies_study', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='study',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "studies_studyevent" ("created_at", "fieldwork_from", "fieldwork_to", "id", "is_representative", "jurisdiction_id", "method", "minor_below", "minor_judged", "office_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "phase", "programme", "published_on", "source", "title", "updated_at", "version") SELECT new_values."created_at", new_values."fieldwork_from", new_values."fieldwork_to", new_values."id", new_values."is_representative", new_values."jurisdiction_id", new_values."method", new_values."minor_below", new_values."minor_judged", new_values."office_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', new_values."id", new_values."phase", new_values."programme", new_values."published_on", new_values."source", new_values."title", new_values."updated_at", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a9bf78b05dcfd5fea412fd08cabe4b0c384116fa', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_changed_update_39f0d', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='studies_study', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='training',
            trigger=pgtrigger.compiler.Trigger(name='added_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "studies_trainingevent" ("agency_id", "created_at", "held_on", "hours", "id", "office_id", "people", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "score_after", "score_before", "topic", "updated_at", "version") SELECT new_values."agency_id", new_values."created_at", new_values."held_on", new_values."hours", new_values."id", new_values."office_id", new_values."people", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'added\', new_values."id", new_values."score_after", new_values."score_before", new_values."topic", new_values."updated_at", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a3924d5e1578daf917c799db2babfb844c4add82', level='STATEMENT', operation='INSERT', pgid='pgtrigger_added_insert_6a1ec', referencing='REFERENCING NEW TABLE AS new_values ', table='studies_training', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='training',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "studies_trainingevent" ("agency_id", "created_at", "held_on", "hours", "id", "office_id", "people", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "score_after", "score_before", "topic", "updated_at", "version") SELECT new_values."agency_id", new_values."created_at", new_values."held_on", new_values."hours", new_values."id", new_values."office_id", new_values."people", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', new_values."id", new_values."score_after", new_values."score_before", new_values."topic", new_values."updated_at", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='123097d09d6239f2ac30fffc85e39040312e6753', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_changed_update_a2377', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='studies_training', when='AFTER')),
        ),
    ]
