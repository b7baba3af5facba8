"""What the cells of a column take, in words, for the sheet that explains the others."""

from __future__ import annotations

from typing import Any

from django.db import models

from core.fields import EncryptedTextField

RECIPIENT = "recipient_id"  # of a consent: a provider, an agency or a user
# Keys that no relation explains: of what, and on which sheets that stands.
KEYED = {
    RECIPIENT: ("key of the provider or agency", "providers, agencies"),
    "questions.Reply.about": (
        "key of the row that the questions are about",
        "cases, rescues, involvements, suspects, hearings, referrals",
    ),
}
WHO = {
    "places.Jurisdiction": "code of the place, such as IN-WB-KOL",
    "accounts.User": "user name; empty where it must be somebody: whoever takes the workbook in",
    "prosecutions.Provision": "place | statute | number | in force from",
    "instruments.Instrument": "code | edition",
    "aftercare.SchemeRate": "code of the scheme | category",
    "questions.QuestionSet": "code | edition, as it is set up here",
    "casework.Case": "key of the case",
}
TAKES: list[tuple[Any, str]] = [
    (models.DateTimeField, "moment, such as 2026-03-31T09:30:00+00:00"),
    (models.DateField, "day, such as 2026-03-31"),
    (models.TimeField, "time, such as 09:30"),
    (models.BooleanField, "true or false"),
    (models.DecimalField, "number with a point"),
    (models.IntegerField, "whole number"),
    (models.UUIDField, "id"),
    (models.JSONField, "JSON"),
    (EncryptedTextField, "text, kept encrypted"),
    (models.BinaryField, "SHA-256, 64 hexadecimal digits"),
]
