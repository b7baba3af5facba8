"""What the clock asks for is done once, however many clocks there are."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0007_updated_since")]
    operations = [
        migrations.AddField("job", "due_at", models.DateTimeField(null=True)),
        migrations.AddConstraint(
            "job", models.UniqueConstraint(fields=["kind", "due_at"], name="core_job_due_once")
        ),
    ]
