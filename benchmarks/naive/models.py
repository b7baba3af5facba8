"""The same nouns, as one would write them first: history by signals, no rules in the database.

Their names are their own: services say tables by name (`core/verbs/arguments.py`).
"""

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


class NaiveCase(Base):
    reference = models.CharField(max_length=20, unique=True)
    programme = models.CharField(max_length=20)
    status = models.CharField(max_length=20, default="rescued")
    office = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="+")
    jurisdiction = models.ForeignKey(
        "places.Jurisdiction", on_delete=models.PROTECT, related_name="+"
    )
    opened_on = models.DateField()
    history = HistoricalRecords()

    class Meta:
        db_table = "naive_case"


class NaiveRescue(Base):
    case = models.ForeignKey(NaiveCase, on_delete=models.PROTECT)
    occurred_at = models.DateTimeField()
    occurred_on = models.DateField()
    narrative = EncryptedTextField(null=True)
    led_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    history = HistoricalRecords(excluded_fields=["narrative"])

    class Meta:
        db_table = "naive_rescue"


class NaiveVictim(Base):
    sex = models.CharField(max_length=10)
    age_min_months = models.PositiveSmallIntegerField(null=True)
    age_max_months = models.PositiveSmallIntegerField(null=True)
    history = HistoricalRecords()

    class Meta:
        db_table = "naive_victim"


class NaiveInvolvement(Base):
    case = models.ForeignKey(NaiveCase, on_delete=models.PROTECT)
    rescue = models.ForeignKey(NaiveRescue, on_delete=models.PROTECT, related_name="people")
    victim = models.ForeignKey(NaiveVictim, on_delete=models.PROTECT)
    code = models.CharField(max_length=10)
    outcome = models.CharField(max_length=10)
    history = HistoricalRecords()

    class Meta:
        db_table = "naive_involvement"


class NaivePerpetrator(Base):
    name = models.CharField(max_length=200, blank=True)
    history = HistoricalRecords()

    class Meta:
        db_table = "naive_perpetrator"


class NaiveSuspect(Base):
    case = models.ForeignKey(NaiveCase, on_delete=models.PROTECT)
    perpetrator = models.ForeignKey(NaivePerpetrator, on_delete=models.PROTECT)
    code = models.CharField(max_length=10)
    role = models.CharField(max_length=20)
    history = HistoricalRecords()

    class Meta:
        db_table = "naive_suspect"


class NaiveArrest(Base):
    case = models.ForeignKey(NaiveCase, on_delete=models.PROTECT)
    rescue = models.ForeignKey(NaiveRescue, on_delete=models.PROTECT, related_name="arrests")
    suspect = models.ForeignKey(NaiveSuspect, on_delete=models.PROTECT)
    arrested_on = models.DateField()
    history = HistoricalRecords()

    class Meta:
        db_table = "naive_arrest"


MODELS = (
    NaiveCase,
    NaiveRescue,
    NaiveVictim,
    NaiveInvolvement,
    NaivePerpetrator,
    NaiveSuspect,
    NaiveArrest,
)
