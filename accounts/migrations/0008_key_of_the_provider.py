"""Of whose people a key may close accounts: the issuer of the organisation's provider.

Backwards: yes
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0007_practice'),
    ]

    operations = [
        migrations.AddField(
            model_name='apikey',
            name='provider',
            field=models.CharField(blank=True, db_default='', editable=False, max_length=200),
        ),
    ]
