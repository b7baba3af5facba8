"""In which language something is written to somebody; several in a row, as it is said there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import get_language, override, pgettext

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager


def spoken_to(person: Any) -> AbstractContextManager[None]:
    """What is written meanwhile is in the language this person chose."""
    return override(person.language or settings.LANGUAGE_CODE)


def spoken_by(person: Any) -> str:
    """The code of the language of this person's pages, in which they write."""
    return person.language or get_language() or settings.LANGUAGE_CODE


def listed(names: Sequence[str]) -> str:
    """One, two or several in a sentence, by the patterns of CLDR: “a, b and c”."""
    if len(names) <= 1:
        return "".join(names)
    *before, last = names
    words, *more = before
    for name in more:
        words = pgettext("list", "%(before)s, %(next)s") % {"before": words, "next": name}
    if not more:
        return pgettext("list of two", "%(first)s and %(last)s") % {"first": words, "last": last}
    return pgettext("end of a list", "%(before)s and %(last)s") % {"before": words, "last": last}
