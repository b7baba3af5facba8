"""A database says which code may serve it, and holds a value that its keys must open."""

from django.db import migrations, models

import core.fields


class Migration(migrations.Migration):
    dependencies = [("core", "0008_due_once")]
    operations = [
        migrations.CreateModel(
            name="Installation",
            fields=[
                (
                    "id",
                    models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False),
                ),
                ("oldest_code", models.PositiveIntegerField()),
                ("sealed", core.fields.EncryptedTextField(editable=True, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("pk", 1)), name="core_installation_one"
                    )
                ]
            },
        ),
    ]
