"""The list of referrals is read by an index of its order.

Backwards: yes
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('aftercare', '0002_one_person'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='referral',
            index=models.Index(fields=['-created_at', '-id'], name='aftercare_referral_list'),
        ),
    ]
