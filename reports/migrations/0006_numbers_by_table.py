"""The number of a row says of which table it is. After `migrate` all of them do (reports/numbers.py).

Backwards: yes
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0005_outside_addresses'),
    ]

    operations = [
        migrations.AddField(
            model_name='rownumber',
            name='of_table',
            field=models.SmallIntegerField(db_default=0),
        ),
        migrations.AddIndex(
            model_name='rownumber',
            index=models.Index(fields=['of_table', 'row_id'], include=('number',), name='reports_rownumber_of_table'),
        ),
    ]
