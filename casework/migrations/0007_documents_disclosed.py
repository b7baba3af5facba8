"""Documents and evidence can be disclosed to a prosecutor.

Backwards: yes
"""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_views_of_tasks'),
        ('casework', '0006_derived_tasks_in_order'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='disclosure',
            name='casework_disclosure_of_known_parts',
        ),
        migrations.AddConstraint(
            model_name='disclosure',
            constraint=models.CheckConstraint(condition=models.Q(('parts__len__gt', 0), ('parts__contained_by', ['rescue', 'narrative', 'site', 'people', 'identity', 'suspect', 'court', 'document'])), name='casework_disclosure_of_known_parts'),
        ),
    ]
