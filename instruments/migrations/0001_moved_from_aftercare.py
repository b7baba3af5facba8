"""Sets of questions are for whichever part asks some; the rows stay, the table is renamed."""

import uuid

from django.db import migrations, models

RENAMED = """
drop trigger if exists aftercare_instrument_noted on aftercare_instrument;  -- set anew by its name
alter table aftercare_instrument rename to instruments_instrument;
alter table instruments_instrument
  rename constraint aftercare_instrument_once to instruments_instrument_once;
"""
BACK = """
alter table instruments_instrument
  rename constraint instruments_instrument_once to aftercare_instrument_once;
alter table instruments_instrument rename to aftercare_instrument;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [("aftercare", "0059_extra_assessments")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(RENAMED, BACK)],
            state_operations=[
                migrations.CreateModel(
                    name="Instrument",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("updated_at", models.DateTimeField(auto_now=True, db_index=True)),
                        ("code", models.CharField(max_length=40)),
                        ("edition", models.PositiveSmallIntegerField()),
                        ("name", models.CharField(max_length=120)),
                        ("licence", models.CharField(blank=True, max_length=200)),
                        ("domains", models.JSONField()),
                        ("restored", models.JSONField()),
                        ("is_offered", models.BooleanField(default=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("code", "edition"), name="instruments_instrument_once"
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
