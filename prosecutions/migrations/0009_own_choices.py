"""Roles of suspects may be an organisation's own.

Backwards: no, where such codes were used the former rule would not hold
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0010_words_confirmed'),
        ('casework', '0012_own_choices'),
        ('prosecutions', '0008_answers_from_outside'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='suspect',
            name='prosecutions_suspect_known_role',
        ),
        migrations.AddConstraint(
            model_name='suspect',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['recruiter', 'transporter', 'owner', 'manager', 'guard', 'facilitator', 'relative', 'customer', 'online_viewer', 'public_official', 'money_mule', 'other']), ('role__startswith', 'own_'), _connector='OR'), name='prosecutions_suspect_known_role'),
        ),
    ]
