# ruff: noqa: E501
"""Beds by time, planned ends of stays, domains that do not apply, what a closed plan rests on."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

# As before, and the day on which a stay is planned to end: nothing that leads to a person.
STAYS = """
drop function aftercare_stays(uuid[], date, date);
create function aftercare_stays(of uuid[], since date, until date)
returns table (provider uuid, sex text, since date, until date{column})
stable language sql security definer set search_path = public, pg_temp as $$
  select p.provider_id, v.sex, p.since, p.until{value}
    from aftercare_placement p join victims_victim v on v.id = p.victim_id
   where p.provider_id = any ($1) and ($3 is null or p.since < $3)
     and (p.until is null or p.until > $2) $$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0020_held'),
        ('aftercare', '0030_one_person_one_title'),
        ('casework', '0031_life_walls'),
        ('victims', '0021_incident_survivor_walls'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='assessment',
            name='added_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='assessment',
            name='changed_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='careplan',
            name='added_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='careplan',
            name='changed_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='placement',
            name='added_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='placement',
            name='changed_update',
        ),
        migrations.AddField(
            model_name='assessment',
            name='left_out',
            field=models.JSONField(db_default=models.Value([], models.JSONField()), default=list),
        ),
        migrations.AddField(
            model_name='assessmentevent',
            name='left_out',
            field=models.JSONField(db_default=models.Value([], models.JSONField()), default=list),
        ),
        migrations.AddField(
            model_name='careplan',
            name='handed_to',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='aftercare.provider'),
        ),
        migrations.AddField(
            model_name='careplan',
            name='tried_on',
            field=models.JSONField(db_default=models.Value([], models.JSONField()), default=list),
        ),
        migrations.AddField(
            model_name='careplanevent',
            name='handed_to',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='aftercare.provider'),
        ),
        migrations.AddField(
            model_name='careplanevent',
            name='tried_on',
            field=models.JSONField(db_default=models.Value([], models.JSONField()), default=list),
        ),
        migrations.AddField(
            model_name='placement',
            name='planned_until',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='placementevent',
            name='planned_until',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='provider',
            name='former_beds',
            field=models.JSONField(db_default=models.Value([], models.JSONField()), default=list),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assessment',
            trigger=pgtrigger.compiler.Trigger(name='added_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "aftercare_assessmentevent" ("answers", "assessed_on", "case_id", "created_at", "id", "instrument_id", "involvement_id", "left_out", "level", "office_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "status", "updated_at", "version") SELECT new_values."answers", new_values."assessed_on", new_values."case_id", new_values."created_at", new_values."id", new_values."instrument_id", new_values."involvement_id", new_values."left_out", new_values."level", new_values."office_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'added\', new_values."id", new_values."plan_id", new_values."status", new_values."updated_at", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='15ab62af351da90b82924c3294eb5de4dbf0c96f', level='STATEMENT', operation='INSERT', pgid='pgtrigger_added_insert_e772b', referencing='REFERENCING NEW TABLE AS new_values ', table='aftercare_assessment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='assessment',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "aftercare_assessmentevent" ("answers", "assessed_on", "case_id", "created_at", "id", "instrument_id", "involvement_id", "left_out", "level", "office_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "status", "updated_at", "version") SELECT new_values."answers", new_values."assessed_on", new_values."case_id", new_values."created_at", new_values."id", new_values."instrument_id", new_values."involvement_id", new_values."left_out", new_values."level", new_values."office_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', new_values."id", new_values."plan_id", new_values."status", new_values."updated_at", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='bf390b570d98b105ce42f8b902ad668ee7d4ab61', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_changed_update_7071f', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='aftercare_assessment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='careplan',
            trigger=pgtrigger.compiler.Trigger(name='added_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "aftercare_careplanevent" ("assess_by", "case_id", "closed_by_id", "closed_for", "closed_on", "created_at", "follow_up_by", "handed_to_id", "id", "involvement_id", "level", "office_id", "opened_on", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_by", "status", "tried_on", "updated_at", "version") SELECT new_values."assess_by", new_values."case_id", new_values."closed_by_id", new_values."closed_for", new_values."closed_on", new_values."created_at", new_values."follow_up_by", new_values."handed_to_id", new_values."id", new_values."involvement_id", new_values."level", new_values."office_id", new_values."opened_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'added\', new_values."id", new_values."review_by", new_values."status", new_values."tried_on", new_values."updated_at", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='4b07b4be78a409f5fa50d9c75bf632d212d0abb5', level='STATEMENT', operation='INSERT', pgid='pgtrigger_added_insert_c053d', referencing='REFERENCING NEW TABLE AS new_values ', table='aftercare_careplan', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='careplan',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "aftercare_careplanevent" ("assess_by", "case_id", "closed_by_id", "closed_for", "closed_on", "created_at", "follow_up_by", "handed_to_id", "id", "involvement_id", "level", "office_id", "opened_on", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_by", "status", "tried_on", "updated_at", "version") SELECT new_values."assess_by", new_values."case_id", new_values."closed_by_id", new_values."closed_for", new_values."closed_on", new_values."created_at", new_values."follow_up_by", new_values."handed_to_id", new_values."id", new_values."involvement_id", new_values."level", new_values."office_id", new_values."opened_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', new_values."id", new_values."review_by", new_values."status", new_values."tried_on", new_values."updated_at", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='51f294b4d0d6180bc02feba423a061d71a6bd436', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_changed_update_3a77c', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='aftercare_careplan', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='placement',
            trigger=pgtrigger.compiler.Trigger(name='added_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "aftercare_placementevent" ("case_id", "created_at", "ended_for", "id", "involvement_id", "kind", "level", "office_id", "overridden_by_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_until", "provider_id", "since", "until", "updated_at", "version", "victim_id") SELECT new_values."case_id", new_values."created_at", new_values."ended_for", new_values."id", new_values."involvement_id", new_values."kind", new_values."level", new_values."office_id", new_values."overridden_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'added\', new_values."id", new_values."planned_until", new_values."provider_id", new_values."since", new_values."until", new_values."updated_at", new_values."version", new_values."victim_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='1c2fd186d5018c69c13b03e546558fbd2f7e1f74', level='STATEMENT', operation='INSERT', pgid='pgtrigger_added_insert_6a979', referencing='REFERENCING NEW TABLE AS new_values ', table='aftercare_placement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='placement',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "aftercare_placementevent" ("case_id", "created_at", "ended_for", "id", "involvement_id", "kind", "level", "office_id", "overridden_by_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_until", "provider_id", "since", "until", "updated_at", "version", "victim_id") SELECT new_values."case_id", new_values."created_at", new_values."ended_for", new_values."id", new_values."involvement_id", new_values."kind", new_values."level", new_values."office_id", new_values."overridden_by_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', new_values."id", new_values."planned_until", new_values."provider_id", new_values."since", new_values."until", new_values."updated_at", new_values."version", new_values."victim_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."case_id" IS DISTINCT FROM (new_values."case_id") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."ended_for" IS DISTINCT FROM (new_values."ended_for") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."involvement_id" IS DISTINCT FROM (new_values."involvement_id") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."level" IS DISTINCT FROM (new_values."level") OR old_values."office_id" IS DISTINCT FROM (new_values."office_id") OR old_values."overridden_by_id" IS DISTINCT FROM (new_values."overridden_by_id") OR old_values."planned_until" IS DISTINCT FROM (new_values."planned_until") OR old_values."provider_id" IS DISTINCT FROM (new_values."provider_id") OR old_values."since" IS DISTINCT FROM (new_values."since") OR old_values."until" IS DISTINCT FROM (new_values."until") OR old_values."updated_at" IS DISTINCT FROM (new_values."updated_at") OR old_values."version" IS DISTINCT FROM (new_values."version") OR old_values."victim_id" IS DISTINCT FROM (new_values."victim_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='0191df2b08f22df811ed3f6dad21876724186b96', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_changed_update_82369', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='aftercare_placement', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='placement',
            constraint=models.CheckConstraint(condition=models.Q(('planned_until__isnull', True), ('planned_until__gt', models.F('since')), _connector='OR'), name='aftercare_placement_planned_end_after_its_begin'),
        ),
        migrations.RunSQL(
            STAYS.format(column=", leaves date", value=", p.planned_until"),
            STAYS.format(column="", value=""),
        ),
    ]
