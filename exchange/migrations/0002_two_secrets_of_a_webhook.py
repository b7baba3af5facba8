"""The secret of a webhook that another replaces: it signs as well until then.

Backwards: yes
"""

import core.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0008_key_of_the_provider'),
        ('exchange', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='webhook',
            name='former_secret',
            field=core.fields.EncryptedTextField(editable=True, null=True),
        ),
        migrations.AddField(
            model_name='webhook',
            name='former_until',
            field=models.DateTimeField(null=True),
        ),
    ]
