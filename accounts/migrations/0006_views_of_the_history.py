"""The history has views as well.

Backwards: no, views of it may be kept by then
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_views_of_tasks'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='savedview',
            name='accounts_savedview_known_list',
        ),
        migrations.AddConstraint(
            model_name='savedview',
            constraint=models.CheckConstraint(condition=models.Q(('listed__in', ['cases', 'sites', 'networks', 'survivors', 'suspects', 'hearings', 'referrals', 'providers', 'people', 'tasks', 'audit'])), name='accounts_savedview_known_list'),
        ),
    ]
