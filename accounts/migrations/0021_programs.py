"""Programs have accounts; keys say what they are for and from where."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

SCOPES = [
    ("read_cases", "Read cases, rescues and sites"),
    ("read_people", "Read survivors, by code"),
    ("read_names", "Read who survivors are"),
    ("read_justice", "Read suspects and proceedings"),
    ("read_care", "Read referrals and care"),
    ("log_rescues", "Log rescues and open cases"),
    ("write_justice", "Record proceedings"),
    ("write_care", "Record care and what is owed"),
    ("answer_referrals", "Answer referrals to its provider"),
    ("reports", "Read and run reports"),
]


class Migration(migrations.Migration):
    dependencies = [("accounts", "0020_held")]
    operations = [
        migrations.CreateModel(
            name="ServiceAccount",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("purpose", models.CharField(max_length=200)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="programs",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="service_account",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("owner", models.F("user")), _negated=True),
                        name="accounts_program_answered_for_by_another",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="apikey",
            name="scopes",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(choices=SCOPES, max_length=20), null=True, size=None
            ),
        ),
        migrations.AddField(
            model_name="apikey",
            name="networks",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=43), default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="apikey",
            name="issued_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="apikey",
            name="replaces",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="successor",
                to="accounts.apikey",
            ),
        ),
        migrations.AddIndex(
            model_name="apikey",
            index=models.Index(fields=["user", "-created_at"], name="accounts_key_of_user"),
        ),
    ]
