"""The countries, their parts and the cities the work begins with."""

from django.db import migrations

from places.services import load_jurisdictions


def load(apps, schema_editor):
    load_jurisdictions(apps.get_model("places", "Jurisdiction"))


class Migration(migrations.Migration):
    dependencies = [("places", "0002_closure")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
