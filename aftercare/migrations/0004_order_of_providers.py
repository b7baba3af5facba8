"""Orders of the list of providers.

Backwards: yes
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('aftercare', '0003_order_of_referrals'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='provider',
            index=models.Index(fields=['name', 'id'], name='aftercare_provider_by_name'),
        ),
        migrations.AddIndex(
            model_name='provider',
            index=models.Index(fields=['-created_at', '-id'], name='aftercare_provider_list'),
        ),
    ]
