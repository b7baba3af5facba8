"""Reports come every week or quarter as well, and to colleagues. Those that came stay monthly.

Backwards: no, weeks and quarters may be kept by then
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('reports', '0003_anonymous_rows'),
    ]

    operations = [
        migrations.AddField(
            model_name='schedule',
            name='every',
            field=models.CharField(db_default='month', default='month', max_length=10),
        ),
        migrations.AddField(
            model_name='schedule',
            name='asked_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='schedule',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('every', 'week'), _negated=True), ('day__lte', 7), _connector='OR'), name='reports_schedule_day_of_every_week'),
        ),
    ]
