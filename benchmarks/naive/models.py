"""The same nouns, as one would write them first: history by signals, no rules in the database."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from core.fields import EncryptedTextField


class Base(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True


class Case(Base):
    reference = models.CharField(max_length=20, unique=True)
    programme = models.CharField(max_length=20)
    status = models.CharField(max_length=20, default="rescued")
    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="+")
    jurisdiction = models.ForeignKey(
        "places.Jurisdiction", on_delete=models.PROTECT, related_name="+"
    )
    opened_on = models.DateField()
    history = HistoricalRecords()


class Rescue(Base):
    case = models.ForeignKey(Case, on_delete=models.PROTECT)
    occurred_at = models.DateTimeField()
    occurred_on = models.DateField()
    narrative = EncryptedTextField(null=True)
    led_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    history = HistoricalRecords(excluded_fields=["narrative"])


class Victim(Base):
    sex = models.CharField(max_length=10)
    age_min_months = models.PositiveSmallIntegerField(null=True)
    age_max_months = models.PositiveSmallIntegerField(null=True)
    history = HistoricalRecords()


class Involvement(Base):
    case = models.ForeignKey(Case, on_delete=models.PROTECT)
    rescue = models.ForeignKey(Rescue, on_delete=models.PROTECT, related_name="people")
    victim = models.ForeignKey(Victim, on_delete=models.PROTECT)
    code = models.CharField(max_length=10)
    outcome = models.CharField(max_length=10)
    history = HistoricalRecords()


class Perpetrator(Base):
    name = models.CharField(max_length=200, blank=True)
    history = HistoricalRecords()


class Suspect(Base):
    case = models.ForeignKey(Case, on_delete=models.PROTECT)
    perpetrator = models.ForeignKey(Perpetrator, on_delete=models.PROTECT)
    code = models.CharField(max_length=10)
    role = models.CharField(max_length=20)
    history = HistoricalRecords()


class Arrest(Base):
    case = models.ForeignKey(Case, on_delete=models.PROTECT)
    rescue = models.ForeignKey(Rescue, on_delete=models.PROTECT, related_name="arrests")
    suspect = models.ForeignKey(Suspect, on_delete=models.PROTECT)
    arrested_on = models.DateField()
    history = HistoricalRecords()


MODELS = (Case, Rescue, Victim, Involvement, Perpetrator, Suspect, Arrest)
