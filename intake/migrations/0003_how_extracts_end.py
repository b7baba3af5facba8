"""When an extract was shown, when its phone last heard of it and said it is gone; more ways it ends;
the words by which two copies of a phone are told apart.

Backwards: no, an extract that ended has no share any more
"""

import core.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0010_words_confirmed'),
        ('casework', '0010_derived_tasks_by_case'),
        ('intake', '0002_extracts'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='extract',
            name='intake_extract_ended_for_something',
        ),
        migrations.AddField(
            model_name='extract',
            name='gone_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='extract',
            name='read_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='extract',
            name='told_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='phone',
            name='word',
            field=models.CharField(blank=True, db_default='', default='', max_length=22),
        ),
        migrations.AddField(
            model_name='phone',
            name='word_before',
            field=models.CharField(blank=True, db_default='', default='', max_length=22),
        ),
        migrations.AlterField(
            model_name='extract',
            name='share',
            field=core.fields.EncryptedTextField(editable=True, null=True),
        ),
        migrations.AddConstraint(
            model_name='extract',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_for', '')), models.Q(('ended_at__isnull', False), ('ended_for__in', ['back', 'stopped', 'gone', 'sealed', 'case', 'right', 'phone', 'copied', 'over'])), _connector='OR'), name='intake_extract_ended_for_something'),
        ),
    ]
