"""Adding instruments: the neutral one that ships, and others, such as licensed ones, from a file.

A licensed text goes from the file into the table and nowhere else: neither into the history, which
keeps code and edition, nor into the repository.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from accounts.permissions import Perm
from core import audit
from core.refusals import Words
from core.refusals import gettext as _
from core.services import Refused, service
from core.verbs.arguments import Column
from instruments.checking import NotAnInstrument, checked
from instruments.models import Instrument

if TYPE_CHECKING:
    from accounts.models import User

SHIPPED = Path(__file__).parent / "data" / "neutral-1.json"


@dataclass(frozen=True)
class Preview:
    """What an import would add, and which editions it would take the place of."""

    instrument: dict[str, Any]
    replaces: list[int]
    digest: str

    @property
    def items(self) -> int:
        return sum(len(domain["items"]) for domain in self.instrument["domains"])


def load_shipped() -> None:
    """The neutral set of questions of this release; again when it is there already: nothing."""
    data = checked(json.loads(SHIPPED.read_text()))
    Instrument.objects.get_or_create(code=data["code"], edition=data["edition"], defaults=data)


def parsed(text: str) -> dict[str, object]:
    """An instrument from the text of a file. Raises `NotAnInstrument`."""
    try:
        return checked(json.loads(text))
    except json.JSONDecodeError as exc:
        where = {"line": exc.lineno, "column": exc.colno}
        words = _("This is not valid JSON: line %(line)s, column %(column)s.") % where
        raise NotAnInstrument(words) from None
    except RecursionError:
        raise NotAnInstrument(_("This is nested too deeply to be an instrument.")) from None
    except ValueError:  # a number of thousands of digits
        raise NotAnInstrument(_("A number in it is too long.")) from None


@service(Perm.INSTRUMENT_IMPORT)
def preview_instrument(*, instrument: dict[str, Any], actor: Any) -> Preview:
    """Look at what would be added. Nothing is written but that it was looked at."""
    preview = previewed(instrument)
    instruments = Instrument.objects.filter(code=preview.instrument["code"])
    ids = list(instruments.values_list("pk", flat=True))
    audit.read_rows("instrument.preview", Instrument._meta.label, ids, actor=actor)
    return preview


@service(Perm.INSTRUMENT_IMPORT)
def import_instrument(
    *, instrument: dict[str, Any], digest: Annotated[str, Column(length=64)], actor: User
) -> Instrument:
    """Add the instrument that was looked at; earlier editions are offered no more."""
    if previewed(instrument).digest != digest:
        words = _("This is not what you looked at. Look at it again, then add it.")
        raise Refused(words, "digest")
    return added(instrument, actor=actor)


def previewed(instrument: dict[str, object]) -> Preview:
    """Raises `NotAnInstrument`, also where this edition or a later one is there: an edition is
    never changed, since scores rest on it."""
    data = checked(instrument)
    instruments = Instrument.objects.filter(code=data["code"])
    if instruments.filter(edition__gte=data["edition"]).exists():
        raise NotAnInstrument(_taken())
    offered = instruments.filter(is_offered=True).order_by("edition")
    digest = sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()
    return Preview(data, list(offered.values_list("edition", flat=True)), digest)


def _taken() -> Words:
    return _("This edition or a later one is already here. Give it a new number.")


def added(instrument: dict[str, object], *, actor: object, **how: str) -> Instrument:
    """The same for whoever acts; `how`: by which way, where it is not a person's own."""
    data = previewed(instrument).instrument
    Instrument.objects.filter(code=data["code"]).update(is_offered=False, updated_at=Now())
    try:
        with transaction.atomic():
            row: Instrument = Instrument.objects.create(**data)
    except IntegrityError:  # somebody else added it at the same moment
        raise NotAnInstrument(_taken()) from None
    audit.record("instrument.imported", row, actor=actor, edition=row.edition, **how)
    return row
