"""Whose case managers look after a box, once it waits. Null, as of those that waited before: those
of the office of its phone.

Backwards: yes
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0010_words_confirmed'),
        ('intake', '0004_odk_collect'),
    ]

    operations = [
        migrations.AddField(
            model_name='box',
            name='office',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office'),
        ),
    ]
