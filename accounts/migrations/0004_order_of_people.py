"""Orders of the list of people; it and the list of providers have views as well.

Backwards: no, views of these lists may be kept by then
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_views_of_more_lists'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='savedview',
            name='accounts_savedview_known_list',
        ),
        migrations.AddConstraint(
            model_name='savedview',
            constraint=models.CheckConstraint(condition=models.Q(('listed__in', ['cases', 'sites', 'networks', 'survivors', 'suspects', 'hearings', 'referrals', 'providers', 'people'])), name='accounts_savedview_known_list'),
        ),
        migrations.AddIndex(
            model_name='user',
            index=models.Index(fields=['name', 'id'], name='accounts_user_by_name'),
        ),
        migrations.AddIndex(
            model_name='user',
            index=models.Index(fields=['-created_at', '-id'], name='accounts_user_list'),
        ),
    ]
