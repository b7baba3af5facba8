# ruff: noqa: E501
"""Under which keys somebody came with a file of another organisation."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from core import rls


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0022_updated_since"),
        ("casework", "0065_updated_since"),
        ("exchange", "0002_outbox"),
        ("prosecutions", "0053_updated_since"),
        ("victims", "0031_updated_since"),
    ]
    operations = [
        migrations.CreateModel(
            name="Imported",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True, db_index=True)),
                ("level", models.PositiveSmallIntegerField(editable=False)),
                ("source", models.CharField(max_length=40)),
                ("outside_case", models.CharField(max_length=60)),
                ("outside_person", models.CharField(blank=True, max_length=60)),
                ("digest", models.CharField(max_length=64)),
                ("kept", models.JSONField(default=dict)),
                ("case", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="casework.case")),
                ("involvement", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="victims.involvement")),
                ("office", models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.office")),
                ("suspect", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="prosecutions.suspect")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["office", "source", "outside_case"], name="exchange_imported_outside"),
                    models.Index(fields=["-created_at", "-id"], name="exchange_imported_newest"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("case", "outside_person"), name="exchange_imported_once"),
                    models.CheckConstraint(
                        condition=models.Q(("involvement", None), ("suspect", None), _connector="OR"),
                        name="exchange_imported_of_one",
                    ),
                ],
            },
        ),
        rls.case_rows("exchange_imported", 2),
    ]
