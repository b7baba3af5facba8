"""In which language something is written to somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import override

if TYPE_CHECKING:
    from contextlib import AbstractContextManager


def spoken_to(person: Any) -> AbstractContextManager[None]:
    """What is written meanwhile is in the language this person chose."""
    return override(person.language or settings.LANGUAGE_CODE)
