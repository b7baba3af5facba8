"""A list of one office is read in the order of an index.

Backwards: yes
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0010_words_confirmed'),
        ('casework', '0013_language_of_notes'),
        ('places', '0006_choices'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['office', '-opened_on', '-id'], name='casework_case_of_office'),
        ),
    ]
