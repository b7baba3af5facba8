"""What the rules ask of an office is found in its order, from today on and from yesterday back.

Backwards: yes
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0005_derived_tasks'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='derivedtask',
            index=models.Index(fields=['office', 'rule', 'gravity', 'due_on', 'row_id'], include=('case', 'level', 'from_on', 'from_at', 'about', 'target'), name='casework_derived_to_come'),
        ),
        migrations.AddIndex(
            model_name='derivedtask',
            index=models.Index(fields=['office', 'rule', 'gravity', '-due_on', 'row_id'], include=('case', 'level', 'from_on', 'from_at', 'about', 'target'), name='casework_derived_overdue'),
        ),
        migrations.AlterField(
            model_name='derivedtask',
            name='office',
            field=models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office'),
        ),
    ]
