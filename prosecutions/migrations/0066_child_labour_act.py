"""The Child and Adolescent Labour Act of India, as amended in 2016."""

from django.db import migrations

from prosecutions.services.provisions import load_provisions


def load(apps, schema_editor):
    load_provisions(
        apps.get_model("prosecutions", "Provision").objects,
        apps.get_model("places", "Jurisdiction").objects,
    )


class Migration(migrations.Migration):
    dependencies = [("prosecutions", "0065_the_list_of_hearings")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
