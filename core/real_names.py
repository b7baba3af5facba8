"""What must be in place before names of real people are entered, and what of it lacks.

An app that knows of a condition says so in its `ready()`. Each answers with one line, what lacks
and what to do about it, or with nothing. Asked by `manage.py preflight` and by the page of backups.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

from core.chain import standing

if TYPE_CHECKING:
    from collections.abc import Callable


def _for_production() -> str:
    if settings.PRODUCTION:
        return ""
    return _("This is a demonstration or a working copy. Set one up for production first.")


# By what the settings and the database say; and what has to be tried, which may take long.
conditions: list[Callable[[], str]] = [_for_production, standing.lack]
trials: list[Callable[[], str]] = []


def lacking() -> list[str]:
    return [line for ask in conditions if (line := ask())]


def failing() -> list[str]:
    """What is set up and does not work. For the command line: nobody waits for a page."""
    return [line for attempt in trials if (line := attempt())]
