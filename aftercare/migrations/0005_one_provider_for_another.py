"""A provider that was in the list twice: which one stands for it.

Backwards: yes
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('aftercare', '0004_order_of_providers'),
        ('places', '0004_one_for_another'),
    ]

    operations = [
        migrations.AddField(
            model_name='provider',
            name='merged_into',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='aftercare.provider'),
        ),
        migrations.AddConstraint(
            model_name='provider',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into__isnull', True), ('is_active', False), _connector='OR'), name='aftercare_provider_merged_is_retired'),
        ),
    ]
