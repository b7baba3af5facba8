"""The law under which somebody who ordered abuse abroad is tried at home."""

from django.db import migrations

from prosecutions.services.provisions import load_provisions


def load(apps, schema_editor):
    load_provisions(
        apps.get_model("prosecutions", "Provision").objects,
        apps.get_model("places", "Jurisdiction").objects,
    )


class Migration(migrations.Migration):
    dependencies = [("prosecutions", "0010_justice_walls")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
