"""Days on which one court does not sit.

Backwards: yes
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('places', '0002_places_of_ones_own'),
    ]

    operations = [
        migrations.AddField(
            model_name='agency',
            name='vacations',
            field=models.JSONField(blank=True, db_default=models.Value([], models.JSONField()), default=list),
        ),
    ]
