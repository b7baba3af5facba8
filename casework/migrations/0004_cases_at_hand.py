"""The cases that a person pinned or opened last.

Backwards: yes
"""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0003_order_of_sites'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='OpenedCase',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('of_case', models.UUIDField()),
                ('opened_at', models.DateTimeField(null=True)),
                ('pinned_at', models.DateTimeField(null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['of_case'], name='casework_openedcase_of_case')],
                'constraints': [models.UniqueConstraint(fields=('user', 'of_case'), name='casework_openedcase_once'), models.CheckConstraint(condition=models.Q(('opened_at__isnull', False), ('pinned_at__isnull', False), _connector='OR'), name='casework_openedcase_for_a_reason')],
            },
        ),
    ]
