"""After how many seconds a screen covers itself and locks, for the pages' script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.conf import settings

if TYPE_CHECKING:
    from datetime import timedelta

register = template.Library()


@register.simple_tag
def screen_times() -> dict[str, object]:
    """Pairs: on a phone, in the office."""
    return {
        "cover": _seconds(*settings.SCREEN_COVERS_AFTER),
        "lock": _seconds(*settings.SCREEN_LOCKS_AFTER),
        "warn": _seconds(settings.SCREEN_WARNS_BEFORE),
        "sign_out": settings.SESSION_COOKIE_AGE,
    }


def _seconds(*times: timedelta) -> str:
    return " ".join(f"{time.total_seconds():g}" for time in times)
