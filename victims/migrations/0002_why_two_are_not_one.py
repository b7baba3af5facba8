"""Why two records of a like name are not of one survivor.

Backwards: yes
"""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('victims', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='match',
            name='reason',
            field=models.CharField(blank=True, db_default='', max_length=10),
        ),
        migrations.AddConstraint(
            model_name='match',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), models.Q(('reason__in', ['name_only', 'age', 'origin', 'kin', 'elsewhere', 'known', 'other']), ('status', 'different')), _connector='OR'), name='victims_match_reason_is_of_two'),
        ),
    ]
