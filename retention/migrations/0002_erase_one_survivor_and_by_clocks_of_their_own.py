"""One survivor is erased from every case; the history and figures have clocks of their own.

Backwards: yes
"""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('places', '0001_initial'),
        ('retention', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='erasure',
            name='retention_erasure_leads_nowhere',
        ),
        migrations.RemoveConstraint(
            model_name='erasure',
            name='retention_erasure_once',
        ),
        migrations.RemoveConstraint(
            model_name='policy',
            name='retention_policy_of_somebody',
        ),
        migrations.RemoveConstraint(
            model_name='policy',
            name='retention_policy_proposed_once',
        ),
        migrations.AddField(
            model_name='erasure',
            name='digests',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), db_default=[], default=list, size=None),
        ),
        migrations.AddField(
            model_name='erasure',
            name='of_kind',
            field=models.CharField(blank=True, db_default='', max_length=10),
        ),
        migrations.AddField(
            model_name='erasure',
            name='of_person',
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name='erasure',
            name='papers',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), db_default=[], default=list, size=None),
        ),
        migrations.AddField(
            model_name='erasure',
            name='until',
            field=models.DateField(null=True),
        ),
        migrations.AlterField(
            model_name='erasure',
            name='country',
            field=models.ForeignKey(limit_choices_to={'level': 'country'}, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.jurisdiction'),
        ),
        migrations.AlterField(
            model_name='policy',
            name='country',
            field=models.ForeignKey(limit_choices_to={'level': 'country'}, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.jurisdiction'),
        ),
        migrations.AddConstraint(
            model_name='erasure',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('digest', ''), ('digests', []), ('of_case__isnull', True), ('of_person__isnull', True), ('papers', []), ('status', 'erased')), models.Q(models.Q(('status', 'erased'), _negated=True), ('of_case__isnull', False), ('of_kind', '')), models.Q(models.Q(('status', 'erased'), _negated=True), ('of_case__isnull', True), ('of_kind__in', ['figures', 'history']), ('until__isnull', False)), _connector='OR'), name='retention_erasure_leads_nowhere'),
        ),
        migrations.AddConstraint(
            model_name='erasure',
            constraint=models.UniqueConstraint(condition=models.Q(('of_person__isnull', True), ('status__in', ['proposed', 'once', 'confirmed', 'erasing'])), fields=('of_case',), name='retention_erasure_once'),
        ),
        migrations.AddConstraint(
            model_name='erasure',
            constraint=models.UniqueConstraint(condition=models.Q(('status__in', ['proposed', 'once', 'confirmed', 'erasing']), models.Q(('of_kind', ''), _negated=True)), fields=('of_kind',), name='retention_erasure_of_kind_once'),
        ),
        migrations.AddConstraint(
            model_name='erasure',
            constraint=models.UniqueConstraint(condition=models.Q(('status__in', ['proposed', 'once', 'confirmed', 'erasing'])), fields=('of_person',), name='retention_erasure_of_person_once'),
        ),
        migrations.AddConstraint(
            model_name='policy',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('country__isnull', False), ('kind', 'survivors'), ('person__in', ['adult', 'child'])), models.Q(('country__isnull', False), ('kind', 'inquiry'), ('person', '')), models.Q(('country__isnull', True), ('kind__in', ['figures', 'history']), ('person', '')), _connector='OR'), name='retention_policy_of_somebody'),
        ),
        migrations.AddConstraint(
            model_name='policy',
            constraint=models.UniqueConstraint(condition=models.Q(('outcome', '')), fields=('country', 'kind', 'person'), name='retention_policy_proposed_once', nulls_distinct=False),
        ),
    ]
