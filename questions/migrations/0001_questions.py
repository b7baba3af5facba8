"""Sets of an organisation's own questions, and their answers.

Backwards: yes
"""

import core.fields
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0010_words_confirmed'),
        ('casework', '0012_own_choices'),
    ]

    operations = [
        migrations.CreateModel(
            name='QuestionSet',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True, db_index=True)),
                ('code', models.CharField(max_length=40)),
                ('edition', models.PositiveSmallIntegerField(default=1)),
                ('title', models.CharField(max_length=120)),
                ('noun', models.CharField(max_length=10)),
                ('identity', models.BooleanField(default=False)),
                ('programmes', models.JSONField(default=list)),
                ('state', models.CharField(default='draft', max_length=10)),
                ('questions', models.JSONField(default=list)),
                ('office', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office')),
            ],
        ),
        migrations.CreateModel(
            name='Reply',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True, db_index=True)),
                ('level', models.PositiveSmallIntegerField(editable=False)),
                ('about', models.UUIDField()),
                ('answers', models.JSONField(default=dict)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='casework.case')),
                ('office', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office')),
                ('question_set', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='questions.questionset')),
            ],
        ),
        migrations.CreateModel(
            name='ReplyEvent',
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
                ('about', models.UUIDField()),
                ('answers', models.JSONField(default=dict)),
                ('case', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='casework.case')),
                ('office', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.office')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='questions.reply')),
                ('question_set', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='questions.questionset')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ReplyWords',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True, db_index=True)),
                ('level', models.PositiveSmallIntegerField(editable=False)),
                ('text', core.fields.EncryptedTextField(editable=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='casework.case')),
                ('office', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office')),
                ('reply', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='words', to='questions.reply')),
            ],
        ),
        migrations.AddConstraint(
            model_name='questionset',
            constraint=models.UniqueConstraint(fields=('code', 'edition'), name='questions_set_once'),
        ),
        migrations.AddConstraint(
            model_name='questionset',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'draft')), fields=('code',), name='questions_set_one_draft'),
        ),
        migrations.AddConstraint(
            model_name='questionset',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'published')), fields=('code',), name='questions_set_one_published'),
        ),
        migrations.AddIndex(
            model_name='reply',
            index=models.Index(fields=['about'], name='questions_reply_about'),
        ),
        migrations.AddConstraint(
            model_name='reply',
            constraint=models.UniqueConstraint(fields=('question_set', 'about'), name='questions_reply_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reply',
            trigger=pgtrigger.compiler.Trigger(name='added_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "questions_replyevent" ("about", "answers", "case_id", "created_at", "id", "level", "office_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "question_set_id", "updated_at", "version") SELECT new_values."about", new_values."answers", new_values."case_id", new_values."created_at", new_values."id", new_values."level", new_values."office_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'added\', new_values."id", new_values."question_set_id", new_values."updated_at", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='6d8e1b85c9185d3baf93fba85f145568fe863fd6', level='STATEMENT', operation='INSERT', pgid='pgtrigger_added_insert_0973e', referencing='REFERENCING NEW TABLE AS new_values ', table='questions_reply', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reply',
            trigger=pgtrigger.compiler.Trigger(name='changed_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "questions_replyevent" ("about", "answers", "case_id", "created_at", "id", "level", "office_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "question_set_id", "updated_at", "version") SELECT new_values."about", new_values."answers", new_values."case_id", new_values."created_at", new_values."id", new_values."level", new_values."office_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'changed\', new_values."id", new_values."question_set_id", new_values."updated_at", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='23e11e9b36c38de6184eb364b23741342f171f5e', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_changed_update_d62e0', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='questions_reply', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='replyevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='07329dd208754ce19f325620f6b9ea989d9e8847', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_68111', table='questions_replyevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='replywords',
            constraint=models.CheckConstraint(condition=models.Q(('id', models.F('reply'))), name='questions_replywords_under_its_reply'),
        ),
    ]
