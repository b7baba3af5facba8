"""What an office may be: one rule for a form, a program, a table and a file of setting up."""

from __future__ import annotations

import re
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext

from accounts.columns import NewOffice
from accounts.models import Office
from core.refusals import gettext as _
from core.services import Refused
from core.sheets.lines import read_each
from places.adding import KnownPlaces
from places.sheets import Sheet

if TYPE_CHECKING:
    from places.models import Jurisdiction

CODE, PREFIX = re.compile(r"[a-z][a-z0-9_-]{0,19}"), re.compile(r"[A-Z]{3}")
OFFICE_COLUMNS = ("name", "code", "prefix", "jurisdiction", "opened_on", "language", "currency")
LONGEST = 100  # signs of a name


class KnownOffices:
    """The offices that are there, and those that were added to them since."""

    def __init__(self) -> None:
        rows = Office.objects.values_list("code", "prefix")
        self.codes, self.prefixes = ({row[n] for row in rows} for n in (0, 1))

    def add(self, new: NewOffice, place: Jurisdiction) -> Office:
        """Raises `Refused`."""
        values = asdict(new) | {"jurisdiction": place, "name": named(new.name)}
        office = Office(**values | {"code": new.code.strip(), "prefix": new.prefix.strip().upper()})
        office.language, office.currency = language(new.language), currency(new.currency)
        if not CODE.fullmatch(office.code):
            words = _("Small letters, digits and hyphens, a letter first, at most twenty.")
            raise Refused(words, "code")
        if not PREFIX.fullmatch(office.prefix):
            raise Refused(_("Enter three letters from A to Z."), "prefix")
        if office.code in self.codes:
            raise Refused(_("Another office has this code."), "code")
        if office.prefix in self.prefixes:
            raise Refused(_("Another office has these letters."), "prefix")
        self.codes.add(office.code)
        self.prefixes.add(office.prefix)
        return office


def named(name: str) -> str:
    if not name.strip():
        raise Refused(_("Enter its name."), "name")
    if not name.isprintable() or len(name.strip()) > LONGEST:
        raise Refused(_("At most %(most)s signs in one line.") % {"most": LONGEST}, "name")
    return name.strip()


def language(code: str) -> str:
    if code and code not in dict(settings.LANGUAGES):
        raise Refused(_("Casework does not speak this language yet."), "language")
    return code


def currency(text: str) -> str:
    code = text.strip().upper()
    if code and not PREFIX.fullmatch(code):
        raise Refused(_("A currency has three letters."), "currency")
    return code


def read_offices(text: str) -> Sheet:
    """Raises `NotASheet` with the words for every line that is wrong."""
    known, places, lines = KnownOffices(), KnownPlaces(), []

    def taken(given: dict[str, str]) -> NewOffice:
        first = _day(given.pop("opened_on", ""))
        values: dict[str, Any] = given | {"opened_on": first}
        new = NewOffice(**values)
        place = places.place(new.jurisdiction, "jurisdiction")
        row = known.add(new, place)
        day = date_format(first, "j M Y") if first else ""
        lines.append([row.name, row.code, row.prefix, str(place), day, row.language, row.currency])
        return new

    rows = read_each(text, needed=OFFICE_COLUMNS[:4], columns=OFFICE_COLUMNS, taken=taken)
    head = [gettext("Name"), gettext("Short name"), gettext("Cases begin with"), gettext("Place")]
    head += [gettext("Open since"), gettext("Language"), gettext("Currency")]
    return Sheet(rows, head, lines)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Refused(_("Write a day like 2009-03-31."), "opened_on") from None
