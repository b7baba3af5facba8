# ruff: noqa: E501
"""Exports: who takes what away, and which cases stand in the files that wait."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import core.fields

WHAT = [
    ("cases", "Cases"),
    ("rescues", "Rescues"),
    ("sites", "Sites"),
    ("victims", "Survivors"),
    ("involvements", "Survivors in cases"),
    ("suspects", "Suspects"),
    ("arrests", "Arrests"),
    ("complaints", "Complaints"),
    ("prosecutions", "Proceedings"),
    ("charges", "Charges"),
    ("hearings", "Hearings"),
    ("judgments", "Judgments"),
    ("appeals", "Appeals"),
    ("sentences", "Sentences"),
    ("referrals", "Referrals"),
    ("service-records", "Services given"),
    ("placements", "Placements"),
    ("release-certificates", "Release certificates"),
    ("identities", "Names and contacts of survivors"),
    ("case", "A whole case, with its documents"),
]
FORMATS = [
    ("csv", "CSV, for any program"),
    ("xlsx", "XLSX, for a spreadsheet"),
    ("jsonl", "JSON Lines, for programs"),
]
WHOM = [
    ("provider", "One provider"),
    ("agency", "One police unit, court or authority"),
    ("prosecutor", "One prosecutor"),
    ("any_provider", "Any shelter or service"),
    ("authorities", "Police, prosecutors and courts"),
    ("partners", "Organisations we work with"),
    ("public", "The public"),
]
REASONS = [
    ("supervision", "A meeting about these cases"),
    ("figures", "To check or compute figures"),
    ("authority", "A court or an authority asks for it"),
    ("partner", "An organisation we work with needs it"),
    ("handover", "Handing over to somebody"),
    ("other", "Another reason"),
]
DECISIONS = [
    ("waiting", "Waiting for a second person"),
    ("allowed", "Allowed"),
    ("refused", "Refused"),
    ("not_needed", "No second person needed"),
]
PROTECT, CASCADE = django.db.models.deletion.PROTECT, django.db.models.deletion.CASCADE
UUIDS = django.contrib.postgres.fields.ArrayField


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0010_imported"),
        ("accounts", "0022_updated_since"),
        ("core", "0007_updated_since"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="Export",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True, db_index=True)),
                ("what", models.CharField(choices=WHAT, max_length=30)),
                ("of_case", models.UUIDField(null=True)),
                ("format", models.CharField(choices=FORMATS, max_length=5)),
                ("filters", models.JSONField(default=dict)),
                ("identifiers", models.BooleanField()),
                ("whom", models.CharField(blank=True, choices=WHOM, max_length=12)),
                ("reason", models.CharField(choices=REASONS, max_length=12)),
                ("people", models.PositiveIntegerField(default=0)),
                ("sealed", UUIDS(base_field=models.UUIDField(), default=list, size=None)),
                ("decision", models.CharField(choices=DECISIONS, max_length=10)),
                ("decided_at", models.DateTimeField(null=True)),
                ("cancelled_at", models.DateTimeField(null=True)),
                ("passphrase", core.fields.EncryptedTextField(null=True)),
                ("file", models.UUIDField(null=True)),
                ("data_key", core.fields.EncryptedTextField(null=True)),
                ("size", models.PositiveBigIntegerField(null=True)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("rows", models.PositiveIntegerField(null=True)),
                ("left_out", models.PositiveIntegerField(default=0)),
                ("told", UUIDS(base_field=models.UUIDField(), default=list, size=None)),
                ("expires_at", models.DateTimeField(null=True)),
                ("downloads", models.PositiveSmallIntegerField(default=0)),
                ("asked_by", models.ForeignKey(on_delete=PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("decided_by", models.ForeignKey(null=True, on_delete=PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("job", models.OneToOneField(null=True, on_delete=PROTECT, related_name="+", to="core.job")),
                ("office", models.ForeignKey(on_delete=PROTECT, related_name="+", to="accounts.office")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["asked_by", "-created_at", "-id"], name="exchange_export_mine"),
                    models.Index(fields=["-created_at", "-id"], name="exchange_export_newest"),
                    models.Index(condition=models.Q(("file__isnull", False)), fields=["expires_at"], name="exchange_export_to_destroy"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("decision", "allowed"), _negated=True), models.Q(("decided_by", models.F("asked_by")), _negated=True), _connector="OR"),
                        name="exchange_export_second_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("decided_by__isnull", True), ("decision__in", ("waiting", "not_needed"))),
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False), ("decision__in", ("allowed", "refused"))),
                            _connector="OR",
                        ),
                        name="exchange_export_decided_by_someone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sealed", []), models.Q(("decision", "not_needed"), _negated=True), _connector="OR"),
                        name="exchange_export_sealed_by_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("data_key__isnull", True), ("file__isnull", True)),
                            models.Q(("data_key__isnull", False), ("expires_at__isnull", False), ("file__isnull", False)),
                            _connector="OR",
                        ),
                        name="exchange_export_file_ends",
                    ),
                    models.CheckConstraint(condition=models.Q(("downloads__lte", 3)), name="exchange_export_so_often"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExportedCase",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("of_case", models.UUIDField()),
                ("level", models.PositiveSmallIntegerField()),
                ("export", models.ForeignKey(on_delete=CASCADE, related_name="cases", to="exchange.export")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("export", "of_case", "level"), name="exchange_exportedcase_once"),
                ],
            },
        ),
    ]
