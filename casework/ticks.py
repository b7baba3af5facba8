"""Which rows of a list were ticked on its page, as its address says."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from casework.enums import MOST_AT_ONCE
from core import refusals
from core.refusals import gettext as _
from core.services import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import QueryDict

# In an address; `FROM_TICKS`: rows were to be ticked, so none is not the whole list.
TICKED, WHOLE, FROM_TICKS = "row", "all", "ticked"
NOTHING = refusals.gettext_lazy("Nothing was chosen. Tick some rows in the list first.")


def an_id(text: str) -> str:
    """As it is written always; "" for what is none."""
    try:
        return str(UUID(text))
    except ValueError:
        return ""


def ticked(asked: QueryDict, read: Callable[[str], str] = an_id) -> list[str]:
    """Those that are ticked, where not all of the list is taken. Raises `Refused` for too many, and
    for none where the address comes from the ticks."""
    texts = [] if asked.get(WHOLE) else list(dict.fromkeys(asked.getlist(TICKED)))
    if len(texts) > MOST_AT_ONCE:
        raise Refused(_("Choose from 1 to %(n)s rows.") % {"n": MOST_AT_ONCE})
    names = [name for text in texts if (name := read(text))]
    if not names and (texts or (asked.get(FROM_TICKS) and not asked.get(WHOLE))):
        raise Refused(NOTHING)
    return names
