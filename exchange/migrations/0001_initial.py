"""Webhooks, what is to be told, and each try."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import core.fields

NOUNS = [
    ("cases", "Cases"),
    ("rescues", "Rescues"),
    ("sites", "Sites"),
    ("involvements", "Survivors in cases"),
    ("suspects", "Suspects"),
    ("arrests", "Arrests"),
    ("complaints", "Complaints"),
    ("prosecutions", "Proceedings"),
    ("charges", "Charges"),
    ("hearings", "Hearings"),
    ("judgments", "Judgments"),
    ("sentences", "Sentences"),
    ("referrals", "Referrals"),
    ("placements", "Placements"),
    ("release-certificates", "Release certificates"),
]
PAUSES = [
    ("by_hand", "By hand"),
    ("failing", "It failed too often"),
    ("gone", "The other side says it is gone"),
]
STATES = [
    ("waiting", "Waiting"),
    ("delivered", "Delivered"),
    ("withheld", "Not told: not open to this program"),
    ("failed", "Given up"),
]
FAILURES = [
    ("address", "The address is not a public one"),
    ("connection", "No connection"),
    ("encryption", "No trusted encrypted connection"),
    ("time", "No answer in time"),
    ("answer", "Not an answer we understand"),
    ("status", "Answered with a refusal"),
]
RECORD = [
    (
        "id",
        models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
    ),
    ("version", models.PositiveIntegerField(default=1, editable=False)),
    ("created_at", models.DateTimeField(auto_now_add=True)),
    ("updated_at", models.DateTimeField(auto_now=True, db_index=True)),
]
NOW = django.db.models.functions.datetime.Now()


class Migration(migrations.Migration):
    initial = True
    dependencies = [("accounts", "0022_updated_since")]
    operations = [
        migrations.CreateModel(
            name="Webhook",
            fields=[
                *RECORD,
                ("url", models.CharField(max_length=500)),
                (
                    "nouns",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(choices=NOUNS, max_length=40), size=None
                    ),
                ),
                ("secret", core.fields.EncryptedTextField()),
                ("failures", models.PositiveIntegerField(default=0)),
                ("retry_at", models.DateTimeField(null=True)),
                ("paused_at", models.DateTimeField(null=True)),
                ("paused_for", models.CharField(blank=True, choices=PAUSES, max_length=10)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="webhooks",
                        to="accounts.serviceaccount",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("paused_at", None), ("paused_for", "")),
                            models.Q(
                                ("paused_at__isnull", False),
                                ("paused_for__in", ["by_hand", "failing", "gone"]),
                            ),
                            _connector="OR",
                        ),
                        name="exchange_webhook_paused_for_something",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                *RECORD,
                ("event", models.UUIDField()),
                ("noun", models.CharField(choices=NOUNS, max_length=40)),
                ("row", models.UUIDField()),
                ("written_in", models.BigIntegerField()),
                ("state", models.CharField(choices=STATES, default="waiting", max_length=10)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("due_at", models.DateTimeField(db_default=NOW)),
                (
                    "webhook",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="exchange.webhook",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["webhook", "due_at"],
                        name="exchange_delivery_waiting",
                    ),
                    models.Index(
                        fields=["webhook", "-created_at", "-id"], name="exchange_delivery_log"
                    ),
                    models.Index(fields=["-created_at", "-id"], name="exchange_delivery_newest"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("webhook", "noun", "row", "written_in"),
                        name="exchange_delivery_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Attempt",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("at", models.DateTimeField(db_default=NOW)),
                ("took_ms", models.PositiveIntegerField()),
                ("status", models.PositiveSmallIntegerField(null=True)),
                ("failure", models.CharField(blank=True, choices=FAILURES, max_length=10)),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="log",
                        to="exchange.delivery",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["delivery", "at"], name="exchange_attempt_of_delivery")
                ],
            },
        ),
    ]
