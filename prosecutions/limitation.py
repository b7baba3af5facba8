"""The clock of limitation: how long after an offence a complaint or a charge can still be filed.

Before anybody is charged the offence is not known, nor how gravely it is punished: every limit of
the country on that day is named (`prosecutions/laws.py`), and the shortest is the first to be asked
about. An offence that goes on ends on the day of the last rescue at the latest; without one nothing
is claimed.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import (
    DateField,
    DateTimeField,
    DurationField,
    ExpressionWrapper,
    F,
    Func,
    IntegerField,
)
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from prosecutions.enums import LawKind
from prosecutions.laws import Limit, in_force

if TYPE_CHECKING:
    from datetime import date

FROM_MEMORY = _("from memory, to be checked")  # of a law that nobody has looked up
AHEAD = timedelta(days=90)  # how long before its end somebody is told


def years_after(day: date, years: int) -> date:
    """The same day so many years later; of 29 February the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def last_days(country: str, until: date) -> list[tuple[Limit, date]]:
    """Each limit of the country with its last day, counted from the last day of the offence."""
    limits = in_force(LawKind.LIMITATION, country, until)
    return [(limit, years_after(until, limit.amount or 0)) for limit in limits]


def time_ends(until: str, place: str) -> Cast:
    """Expression: the first of these days, by the columns of the last day and of the place. The
    database asks the law itself (`core/wall/laws.sql`): what is kept of it follows a new one."""
    years = Func(F(place), F(until), function="shortest_limitation", output_field=IntegerField())
    term = Func(years, function="make_interval", output_field=DurationField())
    return Cast(ExpressionWrapper(F(until) + term, DateTimeField()), DateField())
