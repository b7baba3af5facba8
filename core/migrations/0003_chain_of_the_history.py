"""What links the events of the history, and when its head left the machine.

Backwards: yes
"""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0002_without_models'),
    ]

    operations = [
        migrations.CreateModel(
            name='ChainAnchor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('number', models.BigIntegerField()),
                ('total', models.BigIntegerField()),
                ('hash', models.BinaryField()),
                ('left_at', models.DateTimeField()),
                ('letters', models.PositiveSmallIntegerField()),
                ('kept', models.PositiveSmallIntegerField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ChainedEvent',
            fields=[
                ('event_id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('link', models.BigIntegerField()),
                ('digest', models.BinaryField()),
            ],
            options={
                'indexes': [models.Index(fields=['link', 'event_id'], name='core_chainedevent_link')],
            },
        ),
        migrations.CreateModel(
            name='ChainLink',
            fields=[
                ('number', models.BigIntegerField(primary_key=True, serialize=False)),
                ('events', models.PositiveIntegerField()),
                ('total', models.BigIntegerField()),
                ('late', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ('given_out', models.BigIntegerField(null=True)),
                ('begun_before', models.BigIntegerField()),
                ('place', models.CharField(max_length=60)),
                ('made_at', models.DateTimeField()),
                ('former', models.BinaryField()),
                ('hash', models.BinaryField()),
            ],
            options={
                'indexes': [models.Index(fields=['place', 'begun_before'], name='core_chainlink_place')],
            },
        ),
    ]
