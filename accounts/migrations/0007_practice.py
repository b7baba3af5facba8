"""Offices for practice, which no figure counts.

Backwards: yes
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0006_views_of_the_history'),
    ]

    operations = [
        migrations.AddField(
            model_name='office',
            name='emptied_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='office',
            name='is_practice',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddConstraint(
            model_name='office',
            constraint=models.CheckConstraint(condition=models.Q(('is_practice', False), ('is_global', False), _connector='OR'), name='accounts_office_practice_is_one_place'),
        ),
    ]
