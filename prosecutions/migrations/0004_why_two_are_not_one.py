"""Why two records of a like name are not of one offender.

Backwards: yes
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('prosecutions', '0003_room_judge_and_counsel'),
    ]

    operations = [
        migrations.AddField(
            model_name='offendermatch',
            name='reason',
            field=models.CharField(blank=True, db_default='', max_length=10),
        ),
        migrations.AddConstraint(
            model_name='offendermatch',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), models.Q(('reason__in', ['name_only', 'age', 'origin', 'kin', 'elsewhere', 'known', 'other']), ('status', 'different')), _connector='OR'), name='prosecutions_offendermatch_reason_is_of_two'),
        ),
    ]
