"""Sets of questions, by edition."""

from __future__ import annotations

from django.db import models

from core.access import Reference, Scoped, ScopedQuerySet
from core.models import Record


class Instrument(Record, Scoped):
    """One version of a set of questions. A version is never changed: a new one takes its place.

    `domains`: [{code, label, items: [{code, label}]}], each item scored 1 (most vulnerable) to 4;
    one with `from_months` does not apply to whoever is younger.
    `restored`: {least, no_item_at_one_in}, the rule by which a survivor counts as restored.
    """

    code = models.CharField(max_length=40)
    edition = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    licence = models.CharField(max_length=200, blank=True)
    domains = models.JSONField()
    restored = models.JSONField()
    is_offered = models.BooleanField(default=True)

    access = Reference()
    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "edition"], name="instruments_instrument_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.edition}"
