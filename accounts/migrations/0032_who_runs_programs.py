"""Who runs a program is said; of those that exist nobody said it, so they are run outside."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0022_updated_since")]
    operations = [
        migrations.AddField(
            model_name="serviceaccount",
            name="run_by",
            field=models.CharField(
                choices=[("house", "We do"), ("outside", "Somebody outside")],
                default="outside",
                max_length=10,
            ),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="serviceaccount",
            constraint=models.CheckConstraint(
                condition=models.Q(("run_by__in", ["house", "outside"])),
                name="accounts_program_run_by_somebody",
            ),
        ),
    ]
