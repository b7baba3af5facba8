"""What may be added to the places and institutions that are there: one rule for a form, a program,
a table and a file of setting up.

Each row is held against those that are there and those that were just read before it, so that a
table may name a state and then its districts.
"""

from __future__ import annotations

import re
import unicodedata
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import chain
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from core.refusals import Words, of_django
from core.refusals import gettext as _
from core.services import Refused
from places.countries import COUNTRIES
from places.court_days import Vacation
from places.enums import AgencyKind, JurisdictionLevel
from places.models import Agency, Jurisdiction, jurisdiction_id, validate_time_zone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from places.columns import NewAgency, NewPlace, NewVacation

CODE = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,4}){0,3}")
MOST_PARTS, LETTERS = 3, 4  # of a code: parts after the country, letters of a part made of a name
LEVELS = list(JurisdictionLevel.values)
LONGEST_AWAY = timedelta(days=120)  # no vacation of a court is longer; a year typed wrongly is
MOST_AWAY = 200  # vacations of one court
LONGEST = {"name": 120, "register_code": 20, "time_zone": 64}


class KnownPlaces:
    """The places that are there, and those that were added to them since."""

    def __init__(self) -> None:
        self.by_code = {row.code: row for row in Jurisdiction.objects.all()}
        self.by_name = {_named(row): row for row in self.by_code.values()}
        self.registers = {_registered(row) for row in self.by_code.values() if row.register_code}

    def place(self, code: str, field: str) -> Jurisdiction:
        """The place with this code. Raises `Refused`."""
        place = self.by_code.get(code.strip().upper())
        if place is None:
            raise Refused(_("There is no place with the code %(code)s.") % {"code": code}, field)
        return place

    def same(self, new: NewPlace) -> Jurisdiction | None:
        """The place that has the code of this one, or where it has none its name. Raises
        `Refused`."""
        _check_words(new)
        parent = self.place(new.parent, "parent") if new.parent.strip() else None
        _check_level(new.level, parent)
        if code := _written(new, parent):
            return self.by_code.get(_checked(code, parent))
        return self.by_name.get((parent and parent.pk, new.level, new.name.strip().casefold()))

    def add(self, new: NewPlace) -> Jurisdiction:
        """The row that this makes, not kept; the next ones are held against it, too. Raises
        `Refused` with the column at fault."""
        _check_words(new)
        parent = self.place(new.parent, "parent") if new.parent.strip() else None
        _check_level(new.level, parent)
        code = _checked(_written(new, parent) or self._made(new.name, parent), parent)
        row = Jurisdiction(
            pk=jurisdiction_id(code),
            code=code,
            name=new.name.strip(),
            level=new.level,
            parent=parent,
            time_zone=_zone(new.time_zone, parent),
            register_code=new.register_code.strip(),
        )
        self._check_once(row)
        self.by_code[code] = row
        self.by_name[_named(row)] = row
        if row.register_code:
            self.registers.add(_registered(row))
        return row

    def _made(self, name: str, parent: Jurisdiction | None) -> str:
        """The first free code in its parent by the letters of a name: KE-NAIR, KE-NAI2; by numbers
        where it has no Latin letters. A country has one of its own, and a fourth part none."""
        if parent is None or parent.code.count("-") == MOST_PARTS:
            return ""
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
        letters = re.sub(r"[^A-Z]", "", plain.upper())[:LETTERS]
        tried = chain([letters] if letters else [], (f"{letters[:2]}{n}" for n in range(1, 100)))
        codes = (f"{parent.code}-{part}" for part in tried)
        return next((code for code in codes if code not in self.by_code), "")

    def _check_once(self, row: Jurisdiction) -> None:
        if row.code in self.by_code:
            words = _("There is already a place with the code %(code)s.")
            raise Refused(words % {"code": row.code}, "code")
        if _named(row) in self.by_name:
            raise Refused(_("There is already a place with this name there."), "name")
        if row.register_code and _registered(row) in self.registers:
            words = _("Another place there has this code in the register.")
            raise Refused(words, "register_code")


class KnownAgencies:
    """The institutions that are there, and those that were added to them since."""

    def __init__(self, places: KnownPlaces) -> None:
        self.places = places
        rows = Agency.objects.values_list("jurisdiction__code", "name", "kind")
        self.kinds = {(code, name.casefold()): kind for code, name, kind in rows}

    def key(self, new: NewAgency) -> tuple[str, str]:
        """By what it is the same as another. Raises `Refused`."""
        place = self.places.place(new.jurisdiction, "jurisdiction")
        return place.code, new.name.strip().casefold()

    def add(self, new: NewAgency) -> Agency:
        """The row that this makes, not kept. Raises `Refused` with the column at fault."""
        name = new.name.strip()
        if not name or len(name) > 200 or not name.isprintable():
            raise Refused(_("Enter a name of at most 200 characters."), "name")
        if new.kind not in AgencyKind.values:
            words = _("%(kind)s is not a kind of agency. Choose one of: %(kinds)s.")
            values = {"kind": new.kind[:40] or "–", "kinds": ", ".join(AgencyKind.values)}
            raise Refused(words % values, "kind")
        key = self.key(new)
        if key in self.kinds:
            raise Refused(_("There is already an agency with this name there."), "name")
        self.kinds[key] = new.kind
        place = self.places.by_code[key[0]]
        return Agency(name=name, kind=new.kind, jurisdiction=place)


class KnownCourts:
    """The courts in use with the days on which they do not sit, and those added to them since."""

    def __init__(self, places: KnownPlaces) -> None:
        self.places = places
        self.closed: dict[Agency, list[Vacation]] = {}
        self.changed: set[Agency] = set()

    def close(self, new: NewVacation) -> tuple[Vacation, list[Agency]]:
        """The days, and the courts that keep them now; one that knew some of these days keeps its
        own. Raises `Refused` with the column at fault."""
        days = Vacation(*_days(new), new.occasion.strip())
        check_vacations([days])
        courts = self._courts(new)
        free = [c for c in courts if not any(_meet(days, vacation) for vacation in self._of(c))]
        if not free:
            words = _("Each court there has some of these days in its list already.")
            raise Refused(words, "starts_on")
        for court in free:
            check_vacations([*self._of(court), days])
            self._of(court).append(days)
        self.changed.update(free)
        return days, free

    def _of(self, court: Agency) -> list[Vacation]:
        return self.closed.setdefault(court, court.closed)

    def _courts(self, new: NewVacation) -> list[Agency]:
        place = self.places.place(new.jurisdiction, "jurisdiction")
        courts = Agency.objects.active().within(place).filter(kind=AgencyKind.COURT)
        if new.court.strip():
            courts = courts.filter(name__iexact=new.court.strip())
        rows = list(courts.order_by("name", "pk"))
        if not rows:
            words, field = _("There is no such court there."), "court" if new.court else None
            raise Refused(words, field or "jurisdiction")
        return rows


def _days(new: NewVacation) -> tuple[date, date]:
    days = []
    for name in ("starts_on", "ends_on"):
        given = getattr(new, name).strip() or new.starts_on.strip()
        try:
            days.append(date.fromisoformat(given))
        except ValueError:
            raise Refused(_("Write a day as 2026-12-24."), name) from None
    return days[0], days[1]


def check_vacations(entries: Iterable[Vacation]) -> None:
    """Each is in order, and no day is in two of them. Raises `Refused`."""
    vacations: list[Vacation] = []
    for vacation in entries:
        if not vacation.occasion or not vacation.occasion.isprintable():
            raise Refused(_("Say what it is, in one line."), "occasion")
        if vacation.ends_on < vacation.starts_on:
            raise Refused(_("The last day is before the first."), "ends_on")
        if vacation.ends_on - vacation.starts_on > LONGEST_AWAY:
            raise Refused(_("This is longer than four months. Check the years."), "ends_on")
        if twin := next((it for it in vacations if _meet(it, vacation)), None):
            words = _("Some of these days are in the list already: %(occasion)s.")
            raise Refused(words % {"occasion": twin.occasion}, "starts_on")
        vacations.append(vacation)
    if len(vacations) > MOST_AWAY:
        raise Refused(_("At most %(most)s of them. Take old ones away.") % {"most": MOST_AWAY})


@contextmanager
def once(words: Words, field: str | None = None) -> Iterator[None]:
    """Somebody else may have added the same a moment ago: refused in these words."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        raise Refused(words, field) from None


def check_zone(name: str) -> None:
    """Raises `Refused` where the database of time zones does not know it."""
    try:
        validate_time_zone(name)
    except ValidationError as exc:
        raise Refused(of_django(exc), "time_zone") from None


def _named(row: Jurisdiction) -> tuple[object, str, str]:
    return row.parent_id, row.level, row.name.casefold()


def _registered(row: Jurisdiction) -> tuple[object, str, str]:
    return row.parent_id, row.level, row.register_code


def _check_words(new: NewPlace) -> None:
    for name, most in LONGEST.items():
        value = getattr(new, name)
        if len(value) > most or not value.isprintable():
            raise Refused(_("At most %(most)s characters in one line.") % {"most": most}, name)
    if not new.name.strip():
        raise Refused(_("Enter its name."), "name")


def _check_level(level: str, parent: Jurisdiction | None) -> None:
    if level not in LEVELS:
        words = _("%(level)s is not a level. Choose one of: %(levels)s.")
        values = {"level": level[:40] or "–", "levels": ", ".join(LEVELS)}
        raise Refused(words % values, "level")
    if level == JurisdictionLevel.COUNTRY:
        if parent is not None:
            raise Refused(_("A country cannot be in another place."), "parent")
    elif parent is None:
        raise Refused(_("Enter the place it is in."), "parent")
    elif LEVELS.index(level) <= LEVELS.index(parent.level):
        raise Refused(_("It must be smaller than the place it is in."), "level")


def _written(new: NewPlace, parent: Jurisdiction | None) -> str:
    """The code that is given, or that its number in a register makes."""
    code = new.code.strip().upper()
    if not code and parent is not None and new.register_code.strip():
        code = f"{parent.code}-{new.register_code.strip().upper()}"
    return code


def _checked(code: str, parent: Jurisdiction | None) -> str:
    if not CODE.fullmatch(code):
        words = _(
            "Enter a code such as IN or IN-WB-303: two letters, then up to three parts of at most"
            " four characters."
        )
        raise Refused(words, "code")
    if parent is None:
        if code not in COUNTRIES:
            raise Refused(_("Enter the two letters of ISO 3166 for the country."), "code")
    elif not code.startswith(f"{parent.country}-"):
        words = _("The code must begin with that of its country, %(code)s.")
        raise Refused(words % {"code": f"{parent.country}-"}, "code")
    return code


def _zone(zone: str, parent: Jurisdiction | None) -> str:
    zone = zone.strip() or (parent.time_zone if parent is not None else "")
    if not zone:
        raise Refused(_("Enter the time zone of the country, such as Asia/Kolkata."), "time_zone")
    check_zone(zone)
    return zone


def _meet(vacation: Vacation, other: Vacation) -> bool:
    return vacation.starts_on <= other.ends_on and other.starts_on <= vacation.ends_on
