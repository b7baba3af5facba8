"""Days and hours on pages, by the clock of the reader's office (`core/clock.py`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils import timezone

from core import clock

if TYPE_CHECKING:
    from datetime import datetime

register = template.Library()


@register.filter
def moment(value: datetime | None, form: str = "j M Y, H:i") -> str:
    """When something was recorded."""
    return clock.in_words(value, form)


@register.simple_tag
def this_moment() -> str:
    """Now: on what is printed or made."""
    return clock.in_words(timezone.now())


@register.simple_tag
def this_day(form: str = "j M Y") -> str:
    """Today; by UTC it says so."""
    return clock.in_words(timezone.now(), form)


@register.filter
def is_today(value: datetime) -> bool:
    return clock.local(value).date() == clock.today()
