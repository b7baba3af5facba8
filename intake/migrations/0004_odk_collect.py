"""An account of ODK Collect is a phone with a password, whose private key is here.

What was filled in for such a key and is not delivered yet can then no longer be opened.

Backwards: yes
"""

import core.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('intake', '0003_how_extracts_end'),
    ]

    operations = [
        migrations.AddField(
            model_name='phone',
            name='digest',
            field=models.BinaryField(null=True, unique=True),
        ),
        migrations.AddField(
            model_name='phone',
            name='private',
            field=core.fields.EncryptedTextField(editable=True, null=True),
        ),
    ]
