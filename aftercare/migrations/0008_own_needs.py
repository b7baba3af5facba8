"""Needs may be an organisation's own.

Backwards: no, where such codes were used the former rule would not hold
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0011_language_and_currency'),
        ('aftercare', '0007_lists_of_one_office'),
        ('casework', '0013_language_of_notes'),
        ('victims', '0002_why_two_are_not_one'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='referral',
            name='aftercare_referral_known_codes',
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('need__in', ['medical', 'safe_place', 'interpreter', 'food_clothes', 'child_welfare', 'police_guard']), ('need__startswith', 'own_'), _connector='OR'), ('status__in', ['draft', 'sent', 'accepted', 'declined', 'in_progress', 'completed', 'withdrawn'])), name='aftercare_referral_known_codes'),
        ),
    ]
