"""Kinds of service may be an organisation's own.

Backwards: no, where such codes were used the former rule would not hold
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0010_words_confirmed'),
        ('aftercare', '0005_one_provider_for_another'),
        ('casework', '0010_derived_tasks_by_case'),
        ('victims', '0002_why_two_are_not_one'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='servicerecord',
            name='aftercare_servicerecord_known_kind',
        ),
        migrations.AddConstraint(
            model_name='servicerecord',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['shelter', 'medical', 'counselling', 'legal', 'education', 'training', 'livelihood', 'family', 'practical', 'protection', 'repatriation']), ('kind__startswith', 'own_'), _connector='OR'), name='aftercare_servicerecord_known_kind'),
        ),
    ]
