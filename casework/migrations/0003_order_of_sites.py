"""The list of sites is read by an index of its order.

Backwards: yes
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0002_copies_and_statements'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='site',
            index=models.Index(fields=['-created_at', '-id'], name='casework_site_list'),
        ),
    ]
