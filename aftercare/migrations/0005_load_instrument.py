"""The set of questions this release knows."""

from django.db import migrations

from instruments.services import load_shipped


def load(apps, schema_editor):
    load_shipped(apps.get_model("aftercare", "Instrument").objects)


class Migration(migrations.Migration):
    dependencies = [("aftercare", "0004_plan_walls")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
