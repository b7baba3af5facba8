"""Outside addresses get released tables of regular reports. No regular report names one yet.

Backwards: no, addresses and letters may be kept by then
"""

import core.fields
import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0011_language_and_currency'),
        ('reports', '0004_rhythms_of_schedules'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='schedule',
            name='by_programme',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name='schedule',
            name='level',
            field=models.CharField(db_default='country', default='country', max_length=10),
        ),
        migrations.AddField(
            model_name='schedule',
            name='outside',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, db_default=[], default=list, size=None),
        ),
        migrations.CreateModel(
            name='OutsideAddress',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True, db_index=True)),
                ('organisation', models.CharField(max_length=120)),
                ('contact', core.fields.EncryptedTextField(editable=True)),
                ('email', core.fields.EncryptedTextField(editable=True)),
                ('language', models.CharField(max_length=8)),
                ('purpose', models.CharField(max_length=140)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office')),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='ReleaseLetter',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True, db_index=True)),
                ('sent_at', models.DateTimeField(null=True)),
                ('refusals', models.PositiveSmallIntegerField(default=0)),
                ('refused_at', models.DateTimeField(null=True)),
                ('address', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='reports.outsideaddress')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='reports.releaseproposal')),
                ('schedule', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='reports.schedule')),
            ],
        ),
        migrations.AddIndex(
            model_name='outsideaddress',
            index=models.Index(fields=['-created_at', '-id'], name='reports_outsideaddress_newest'),
        ),
        migrations.AddConstraint(
            model_name='outsideaddress',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_by__isnull', True), models.Q(('confirmed_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='reports_outsideaddress_second_person'),
        ),
        migrations.AddConstraint(
            model_name='outsideaddress',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('confirmed_by__isnull', True)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False)), _connector='OR'), name='reports_outsideaddress_confirmed_by_someone'),
        ),
        migrations.AddConstraint(
            model_name='outsideaddress',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ended_by__isnull', True)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='reports_outsideaddress_ended_by_someone'),
        ),
        migrations.AddIndex(
            model_name='releaseletter',
            index=models.Index(fields=['-created_at', '-id'], name='reports_releaseletter_newest'),
        ),
        migrations.AddIndex(
            model_name='releaseletter',
            index=models.Index(condition=models.Q(('sent_at__isnull', True)), fields=['created_at'], name='reports_releaseletter_waiting'),
        ),
        migrations.AddConstraint(
            model_name='releaseletter',
            constraint=models.UniqueConstraint(fields=('proposal', 'address'), name='reports_releaseletter_once'),
        ),
    ]
