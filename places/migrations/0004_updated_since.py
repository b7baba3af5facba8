"""Lists ask what changed since a moment, by an index."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("places", "0003_load_jurisdictions")]
    operations = [
        migrations.AlterField(
            model_name="agency",
            name="updated_at",
            field=models.DateTimeField(auto_now=True, db_index=True),
        ),
    ]
