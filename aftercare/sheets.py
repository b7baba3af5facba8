"""Providers as CSV, read with every fault and its line."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from aftercare.enums import Need
from aftercare.models import Provider
from aftercare.offering import NewProvider, check_offer
from core.refusals import gettext as _
from core.services import Refused
from core.sheets.lines import read_each
from places.adding import KnownPlaces
from places.sheets import Sheet
from victims.enums import Sex

if TYPE_CHECKING:
    from collections.abc import Sequence

NUMBERS = ("age_from", "age_to", "beds_female", "beds_male", "beds_any")
DAYS = ("agreement_from", "agreement_until")
NEEDED = ("name", "jurisdiction", "services")
COLUMNS = (*NEEDED, "sexes", *NUMBERS, *DAYS)
MOST = {"age_from": 120, "age_to": 120}
MOST_BEDS, LONGEST = 9999, 120


def read_providers(text: str) -> Sheet:
    """Raises `NotASheet` with the words for every line that is wrong."""
    places, lines = KnownPlaces(), []
    known = set(Provider.objects.values_list("jurisdiction__code", "name"))

    def taken(given: dict[str, str]) -> NewProvider:
        new = _new(given)
        place = places.place(new.jurisdiction, "jurisdiction")
        if (place.code, new.name) in known:
            raise Refused(_("There is already a provider with this name in this place."), "name")
        check_offer(new.made(place))
        known.add((place.code, new.name))
        offers = ", ".join(str(Need(code).label) for code in new.services)
        beds = (new.places_female, new.places_male, new.places_any)
        counted = None if beds == (None, None, None) else sum(bed or 0 for bed in beds)
        lines.append([new.name, str(place), offers, "" if counted is None else str(counted)])
        return new

    rows = read_each(text, needed=NEEDED, columns=COLUMNS, taken=taken)
    return Sheet(
        rows, [gettext("Name"), gettext("Place"), gettext("What it offers"), gettext("Beds")], lines
    )


def _new(given: dict[str, str]) -> NewProvider:
    if not given["name"].isprintable() or len(given["name"]) > LONGEST:
        raise Refused(_("At most %(most)s signs in one line.") % {"most": LONGEST}, "name")
    numbers = {name: _number(name, given.get(name, "")) for name in NUMBERS}
    days = {name: _day(name, given.get(name, "")) for name in DAYS}
    low, high = numbers["age_from"], numbers["age_to"]
    return NewProvider(
        name=given["name"],
        jurisdiction=given["jurisdiction"].upper(),
        services=_codes("services", given["services"], [*dict(Need.known())]),
        sexes=_codes("sexes", given.get("sexes", ""), Sex.values),
        age_min_months=None if low is None else low * 12,
        age_max_months=None if high is None else high * 12 + 11,
        places_female=numbers["beds_female"],
        places_male=numbers["beds_male"],
        places_any=numbers["beds_any"],
        agreement_from=days["agreement_from"],
        agreement_until=days["agreement_until"],
    )


def _codes(name: str, text: str, known: Sequence[str]) -> tuple[str, ...]:
    """Codes with a semicolon between them."""
    codes = tuple(dict.fromkeys(code for part in text.split(";") if (code := part.strip().lower())))
    if not set(codes) <= set(known):
        raise Refused(_("Not one of the codes: %(codes)s.") % {"codes": ", ".join(known)}, name)
    return codes


def _number(name: str, text: str) -> int | None:
    if not text:
        return None
    most = MOST.get(name, MOST_BEDS)
    if not (text.isascii() and text.isdigit() and len(text) < 6 and int(text) <= most):
        raise Refused(_("Write a number of at most %(most)s.") % {"most": most}, name)
    return int(text)


def _day(name: str, text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Refused(_("Write a day like 2009-03-31."), name) from None
