"""A list of one office is read in the order of an index.

Backwards: yes
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0010_words_confirmed'),
        ('aftercare', '0006_own_choices'),
        ('casework', '0014_lists_of_one_office'),
        ('victims', '0003_lists_of_one_office'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='referral',
            index=models.Index(fields=['office', '-created_at', '-id'], name='aftercare_referral_of_office'),
        ),
    ]
