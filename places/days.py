"""The day of something at a place, in the words of the database."""

from __future__ import annotations

from django.db.models import DateField, DateTimeField, F, Func
from django.db.models.functions import Cast


def day_there(moment: object, place: str = "jurisdiction") -> Cast:
    """The day on which a moment fell by the clock of a place, whoever reads it."""
    at = F(moment) if isinstance(moment, str) else moment
    return day_by(F(f"{place}__time_zone"), at)


def day_by(zone: object, moment: object) -> Cast:
    """The day on which a moment fell by the clock of a zone, that may differ from row to row."""
    clock = Func(zone, moment, function="timezone", output_field=DateTimeField())
    return Cast(clock, DateField())
