"""Days and hours on pages, by the clock of the reader's office (`core/days/clock.py`)."""

from __future__ import annotations

from datetime import date, datetime

from django import template
from django.utils import timezone

from core.days import clock
from core.forms import DayInput

register = template.Library()


@register.filter
def moment(value: datetime | None, form: str = "j M Y, H:i") -> str:
    """When something was recorded."""
    return clock.in_words(value, form)


@register.filter
def stamp(value: datetime | date | None) -> str:
    """For `<time datetime="…">`: a day, or a moment to the second, as HTML takes no more digits."""
    if not isinstance(value, datetime):
        return value.isoformat() if value else ""
    here = value if timezone.is_naive(value) else clock.local(value)
    return here.isoformat(timespec="seconds")


@register.simple_tag
def this_moment() -> str:
    """Now: on what is printed or made."""
    return clock.in_words(timezone.now())


@register.simple_tag
def this_day(form: str = "j M Y") -> str:
    """Today; by UTC it says so."""
    return clock.in_words(timezone.now(), form)


@register.simple_tag
def day_box(name: str, value: str | date | None, faults: str = "") -> str:
    """The box of a day that narrows a list or a report; `faults`: where they stand."""
    about = {"aria-invalid": "true", "aria-describedby": faults} if faults else {}
    return DayInput(about).render(name, value or None, {"id": name})


@register.filter
def is_today(value: datetime) -> bool:
    return clock.local(value).date() == clock.today()
