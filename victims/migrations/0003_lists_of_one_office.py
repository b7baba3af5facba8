"""A list of one office is read in the order of an index.

Backwards: yes
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0010_words_confirmed'),
        ('casework', '0014_lists_of_one_office'),
        ('victims', '0002_why_two_are_not_one'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='involvement',
            index=models.Index(fields=['office', '-created_at', '-id'], name='victims_involvement_of_office'),
        ),
    ]
