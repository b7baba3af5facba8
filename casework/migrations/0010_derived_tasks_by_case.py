"""What the rules ask of an office is found in the order of its cases.

Backwards: yes
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0009_language'),
        ('casework', '0009_no_planned_rescue_told'),
    ]

    operations = [
        migrations.AddField(
            model_name='derivedtask',
            name='reference',
            field=models.CharField(db_default='', max_length=20),
        ),
        migrations.AddIndex(
            model_name='derivedtask',
            index=models.Index(fields=['office', 'rule', 'gravity', 'reference', 'due_on', 'row_id'], include=('case', 'level', 'from_on', 'from_at', 'about', 'target'), name='casework_derived_by_case'),
        ),
    ]
