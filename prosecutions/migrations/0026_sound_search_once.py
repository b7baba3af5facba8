"""Finding names inside the wall reads each setting once, as the policies do."""

from importlib import import_module

from django.db import migrations

SEARCH = import_module("prosecutions.migrations.0023_sound_search").SQL


class Migration(migrations.Migration):
    dependencies = [("prosecutions", "0025_suspect_met_walls")]
    operations = [
        # The first loads the library, whose threshold the function sets.
        migrations.RunSQL("select word_similarity('', '')", migrations.RunSQL.noop),
        migrations.RunSQL(
            SEARCH.replace("create function", "create or replace function"),
            migrations.RunSQL.noop,
        ),
    ]
