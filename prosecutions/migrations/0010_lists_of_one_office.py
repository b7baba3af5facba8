"""A list of one office is read in the order of an index.

Backwards: yes
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0010_words_confirmed'),
        ('casework', '0014_lists_of_one_office'),
        ('prosecutions', '0009_own_choices'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='hearing',
            index=models.Index(fields=['office', '-listed_on', '-id'], name='prosecutions_hearing_of_office'),
        ),
        migrations.AddIndex(
            model_name='suspect',
            index=models.Index(fields=['office', '-created_at', '-id'], name='prosecutions_suspect_of_office'),
        ),
    ]
