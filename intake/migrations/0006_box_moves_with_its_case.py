"""By what a waiting box follows its case to another office. Null, as of those that waited before: they
stay where they are.

Backwards: yes
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0010_words_confirmed'),
        ('intake', '0005_office_of_a_box'),
    ]

    operations = [
        migrations.AddField(
            model_name='box',
            name='of_case',
            field=models.BinaryField(null=True),
        ),
        migrations.AddIndex(
            model_name='box',
            index=models.Index(condition=models.Q(('of_case__isnull', False), ('state__in', ('waiting', 'away'))), fields=['of_case'], name='intake_box_of_case'),
        ),
    ]
