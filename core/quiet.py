"""What an open page asks by itself is no sign that anybody is there: nothing lives longer by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from django.http import HttpRequest


def asks_by_itself(request: HttpRequest) -> bool:
    """Whether a page asks what is new (`desk/live.py`), every 30 seconds."""
    return request.path == settings.LIVE_URL
