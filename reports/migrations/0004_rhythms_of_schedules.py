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
            field=models.CharField(choices=[('week', 'Every week'), ('month', 'Every month'), ('quarter', 'Every quarter')], db_default='month', default='month', max_length=10),
        ),
        migrations.AddField(
            model_name='schedule',
            name='asked_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='schedule',
            name='span',
            field=models.CharField(choices=[('week', 'The week before'), ('month', 'The month before'), ('quarter', 'The quarter before'), ('twelve', 'The twelve months before'), ('year', 'The year up to the month before'), ('calendar', 'The calendar year before'), ('april', 'The year before, April to March'), ('all', 'Everything up to the month before')], max_length=10),
        ),
        migrations.AddConstraint(
            model_name='schedule',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('every', 'week'), _negated=True), ('day__lte', 7), _connector='OR'), name='reports_schedule_day_of_every_week'),
        ),
    ]
