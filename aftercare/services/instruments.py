"""Loading instruments: the neutral one that ships, and licensed ones from a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.db.models.functions import Now
from django.utils.translation import gettext as _

from aftercare.instruments import NotAnInstrument, checked

SHIPPED = Path(__file__).parent.parent / "data" / "neutral-1.json"


def load_shipped(instruments: Any) -> None:
    """The neutral set of questions of this release; again when it is there already: nothing."""
    data = checked(json.loads(SHIPPED.read_text()))
    instruments.get_or_create(code=data["code"], edition=data["edition"], defaults=data)


def import_instrument(text: str, instruments: Any) -> Any:
    """Add an instrument from the text of a file; earlier editions are offered no more.

    Raises `NotAnInstrument`. An edition that is there is never changed: scores rest on it.
    """
    try:
        data = checked(json.loads(text))
    except json.JSONDecodeError as exc:
        where = {"line": exc.lineno, "column": exc.colno}
        words = _("This is no JSON: line %(line)s, column %(column)s.") % where
        raise NotAnInstrument(words) from None
    earlier = instruments.filter(code=data["code"], edition__gte=data["edition"])
    if earlier.exists():
        raise NotAnInstrument(_("This edition, or a later one, is there already. Number it anew."))
    instruments.filter(code=data["code"]).update(is_offered=False, updated_at=Now())
    return instruments.create(**data)
