"""The versions of rehabilitation schemes this release knows."""

from django.db import migrations

from aftercare.schemes import load_schemes


def load(apps, schema_editor):
    load_schemes(
        apps.get_model("aftercare", "RehabilitationScheme").objects,
        apps.get_model("aftercare", "SchemeRate").objects,
        apps.get_model("places", "Jurisdiction").objects,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("aftercare", "0011_rehabilitation_walls"),
        ("places", "0003_load_jurisdictions"),
    ]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
