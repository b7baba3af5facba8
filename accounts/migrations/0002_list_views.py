"""Views of lists that people keep.

Backwards: yes
"""

import core.fields
import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True, db_index=True)),
                ('listed', models.CharField(max_length=20)),
                ('name', core.fields.EncryptedTextField(editable=True)),
                ('query', models.CharField(blank=True, max_length=500)),
                ('columns', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, size=None)),
                ('usual', models.BooleanField(default=False)),
                ('office', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['owner', 'listed'], name='accounts_savedview_of_owner')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('usual', True)), fields=('owner', 'listed'), name='accounts_savedview_usual_once'), models.CheckConstraint(condition=models.Q(('usual', False), models.Q(('office__isnull', True), ('query', '')), _connector='OR'), name='accounts_savedview_usual_is_columns'), models.CheckConstraint(condition=models.Q(('listed__in', ['cases', 'sites', 'networks'])), name='accounts_savedview_known_list')],
            },
        ),
    ]
