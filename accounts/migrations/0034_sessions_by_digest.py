"""Sessions are kept by a digest of their cookie: those of before are over."""

from django.db import migrations

FORWARDS = "delete from usersessions_usersession; delete from django_session;"


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0033_guards"),
        ("sessions", "0001_initial"),
        ("usersessions", "0001_initial"),
    ]
    operations = [migrations.RunSQL(FORWARDS, migrations.RunSQL.noop)]
