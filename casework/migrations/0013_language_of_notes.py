"""A note says the language it is written in; nothing where nobody said it.

Backwards: yes
"""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0010_words_confirmed'),
        ('casework', '0012_own_choices'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='formernote',
            name='language',
            field=models.CharField(blank=True, db_default='', default='', max_length=8),
        ),
        migrations.AddField(
            model_name='note',
            name='language',
            field=models.CharField(blank=True, db_default='', default='', max_length=8),
        ),
        migrations.AddConstraint(
            model_name='formernote',
            constraint=models.CheckConstraint(condition=models.Q(('language__in', ['', 'en', 'hi', 'bn', 'km', 'th', 'my', 'fil', 'ceb', 'es', 'fr', 'ne', 'ta', 'te', 'ur', 'sw'])), name='casework_formernote_known_language'),
        ),
        migrations.AddConstraint(
            model_name='note',
            constraint=models.CheckConstraint(condition=models.Q(('language__in', ['', 'en', 'hi', 'bn', 'km', 'th', 'my', 'fil', 'ceb', 'es', 'fr', 'ne', 'ta', 'te', 'ur', 'sw'])), name='casework_note_known_language'),
        ),
    ]
