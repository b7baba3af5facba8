"""The list of suspects is read by an index of its order.

Backwards: yes
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('prosecutions', '0005_compensation_by_survivor'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='suspect',
            index=models.Index(fields=['-created_at', '-id'], name='prosecutions_suspect_list'),
        ),
    ]
