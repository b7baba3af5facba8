"""The list of networks is read by an index of its order.

Backwards: yes
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('prosecutions', '0001_initial'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='network',
            index=models.Index(fields=['-identified_on', '-id'], name='prosecutions_network_list'),
        ),
    ]
