"""Phones that deliver, the sealed boxes they deliver, and the pieces of these.

What waits in boxes goes with them.

Backwards: yes
"""

import core.fields
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Phone',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True, db_index=True)),
                ('name', models.CharField(max_length=60)),
                ('key', models.BinaryField()),
                ('fingerprint', models.BinaryField(unique=True)),
                ('seen_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_for', models.CharField(blank=True, max_length=10)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='phones', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Box',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True, db_index=True)),
                ('kind', models.CharField(max_length=10)),
                ('key_number', models.PositiveIntegerField()),
                ('size', models.PositiveIntegerField()),
                ('digest', models.BinaryField()),
                ('have', models.PositiveIntegerField(default=0)),
                ('written_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField()),
                ('arrived_at', models.DateTimeField(null=True)),
                ('state', models.CharField(default='arriving', max_length=10)),
                ('waits_for', models.CharField(blank=True, max_length=10)),
                ('words', core.fields.EncryptedTextField(editable=True, null=True)),
                ('away_for', models.CharField(blank=True, max_length=10)),
                ('phone', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='boxes', to='intake.phone')),
            ],
        ),
        migrations.CreateModel(
            name='BoxPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ('at', models.PositiveIntegerField()),
                ('sealed', models.BinaryField()),
                ('box', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='intake.box')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('box', 'at'), name='intake_boxpart_once')],
            },
        ),
        migrations.AddIndex(
            model_name='phone',
            index=models.Index(fields=['person', '-created_at'], name='intake_phone_of_person'),
        ),
        migrations.AddIndex(
            model_name='phone',
            index=models.Index(fields=['-created_at', '-id'], name='intake_phone_newest'),
        ),
        migrations.AddConstraint(
            model_name='phone',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_for', '')), models.Q(('ended_at__isnull', False), ('ended_for__in', ['stopped', 'lost', 'left'])), _connector='OR'), name='intake_phone_ended_for_something'),
        ),
        migrations.AddIndex(
            model_name='box',
            index=models.Index(condition=models.Q(('state__in', ('arriving', 'waiting'))), fields=['phone', '-created_at'], name='intake_box_on_the_way'),
        ),
        migrations.AddIndex(
            model_name='box',
            index=models.Index(fields=['-created_at', '-id'], name='intake_box_newest'),
        ),
        migrations.AddConstraint(
            model_name='box',
            constraint=models.CheckConstraint(condition=models.Q(('have__lte', models.F('size'))), name='intake_box_have_within_size'),
        ),
        migrations.AddConstraint(
            model_name='box',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('arrived_at', None), ('state', 'arriving')), models.Q(models.Q(('state', 'arriving'), _negated=True), ('arrived_at__isnull', False), ('have', models.F('size'))), _connector='OR'), name='intake_box_whole_has_arrived'),
        ),
        migrations.AddConstraint(
            model_name='box',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('waiting', 'away')), _negated=True), ('waits_for__in', ['refused', 'ended', 'role', 'closed', 'shut', 'fault']), _connector='OR'), name='intake_box_waits_for_something'),
        ),
    ]
