"""Lists of survivors, suspects, hearings and referrals have views as well.

Backwards: no, views of these lists may be kept by then
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_list_views'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='savedview',
            name='accounts_savedview_known_list',
        ),
        migrations.AddConstraint(
            model_name='savedview',
            constraint=models.CheckConstraint(condition=models.Q(('listed__in', ['cases', 'sites', 'networks', 'survivors', 'suspects', 'hearings', 'referrals'])), name='accounts_savedview_known_list'),
        ),
    ]
