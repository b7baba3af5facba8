"""The clock of limitation: how long after an offence a complaint or a charge can still be filed.

Before anybody is charged the offence is not known, nor how gravely it is punished: every limit of
the country is named (`data/limitation.json`), and the shortest is the first to be asked about. An
offence that goes on ends on the day of the last rescue at the latest; without one nothing is
claimed.
"""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db.models import (
    Case,
    DateField,
    DateTimeField,
    DurationField,
    ExpressionWrapper,
    F,
    Func,
    IntegerField,
    Q,
    Value,
    When,
)
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from datetime import date

DATA = Path(__file__).parent / "data"
LIMITS: list[dict[str, Any]] = json.loads((DATA / "limitation.json").read_text(encoding="utf-8"))
FROM_MEMORY = _("from memory, to be checked")  # of a law that nobody has looked up
AHEAD = timedelta(days=90)  # how long before its end somebody is told


def years_after(day: date, years: int) -> date:
    """The same day so many years later; of 29 February the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def last_days(country: str, until: date) -> list[tuple[dict[str, object], date]]:
    """Each limit of the country with its last day, counted from the last day of the offence."""
    return [
        (limit, years_after(until, limit["years"]))
        for limit in LIMITS
        if limit["country"] == country
    ]


def time_ends(until: str, place: str) -> Cast:
    """Expression: the first of these days, by the columns of the last day and of the place."""
    shortest: dict[str, int] = {}
    for limit in LIMITS:
        years = min(limit["years"], shortest.get(limit["country"], limit["years"]))
        shortest[limit["country"]] = years
    steps = [
        When(Q(**{f"{place}__startswith": country}), then=Value(years))
        for country, years in shortest.items()
    ]
    years = Case(*steps, output_field=IntegerField())
    term = Func(years, function="make_interval", output_field=DurationField())
    return Cast(ExpressionWrapper(F(until) + term, DateTimeField()), DateField())
