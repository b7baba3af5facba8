"""Hosts that two administrators allow messages to be sent to.

Backwards: yes
"""

import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('exchange', '0002_two_secrets_of_a_webhook'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='WebhookHost',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True, db_index=True)),
                ('host', models.CharField(max_length=253)),
                ('asked_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('allowed_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('allowed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('host',), name='exchange_webhookhost_once'), models.CheckConstraint(condition=models.Q(models.Q(('allowed_at', None), ('allowed_by', None)), models.Q(('allowed_at__isnull', False), ('allowed_by__isnull', False), models.Q(('allowed_by', models.F('asked_by')), _negated=True)), _connector='OR'), name='exchange_webhookhost_second_person'), models.CheckConstraint(condition=models.Q(('host__regex', '\\A(?=.{4,253}\\Z)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,63}\\Z')), name='exchange_webhookhost_is_a_name')],
            },
        ),
    ]
