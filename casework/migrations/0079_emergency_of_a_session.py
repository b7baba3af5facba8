"""An emergency opens a case to the session that confirmed it; the database asks which that is."""

from pathlib import Path

from django.db import migrations, models

STANDING = Path(__file__).with_name("standing.sql").read_text()
FORMER = STANDING[STANDING.index("create or replace function open_context") :]
IN_FORCE = "g.expires_at > statement_timestamp();"
HERE = """g.expires_at > statement_timestamp()
       and g.session = nullif(current_setting('app.session', true), '')::uuid;"""
assert FORMER.count(IN_FORCE) == 1


class Migration(migrations.Migration):
    dependencies = [("casework", "0078_files_that_could_not_be_read")]
    operations = [
        migrations.AddField(
            model_name="breakglass",
            name="session",
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.RunSQL(FORMER.replace(IN_FORCE, HERE), FORMER),
    ]
