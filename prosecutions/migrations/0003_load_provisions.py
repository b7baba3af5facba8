"""The statutes this release knows."""

from django.db import migrations

from prosecutions.services.provisions import load_provisions


def load(apps, schema_editor):
    load_provisions(
        apps.get_model("prosecutions", "Provision").objects,
        apps.get_model("places", "Jurisdiction").objects,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("prosecutions", "0002_walls"),
        ("places", "0003_load_jurisdictions"),
    ]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
