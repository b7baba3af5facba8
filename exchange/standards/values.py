"""One value of a file as the standard writes it: codes, countries, languages, days, numbers."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.days.moments import CannotBe, check_birth_date, check_day
from core.names import NotAName, check_name
from exchange.standards import htcds
from exchange.standards.htcds import BETWEEN, CODES
from places.countries import COUNTRIES, IN_ENGLISH

if TYPE_CHECKING:
    from exchange.standards.htcds import Field

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
SERIAL = re.compile(r"[2-7][0-9]{4}")  # how a workbook keeps a day
FIRST_SERIAL = date(1899, 12, 30)
AHEAD = frozenset({"spl_PlannedEndDate"})
MOST = 120  # children, years
LISTED = re.compile(r"[;,|]")
CODED = re.compile(r"[;,|\s]+")  # a survey separates its codes by blanks
TRUTHS = {"true": "true", "yes": "true", "1": "true", "false": "false", "no": "false", "0": "false"}
COUNTRY_OF = {name.casefold(): code for code, name in IN_ENGLISH.items()}
LANGUAGE_OF: dict[str, str] = CODES["languages"]


class NotAValue(ValueError):
    """The words say why."""


def written(of: Field, text: str) -> str:
    """The value as a file of the standard writes it. Raises `NotAValue`."""
    if of.kind in ("code", "country"):
        return _listed(of, text)
    if of.kind == "language":
        return _language(text)
    if of.kind == "date":
        return _day(of, text).isoformat()
    if of.kind == "number":
        return _number(text)
    if of.kind == "truth":
        return _truth(text)
    return _name(text) if of.goes == "name" else text


def parts(text: str) -> list[str]:
    """The values of a field that takes several."""
    return [part for part in text.split(BETWEEN) if part]


def _listed(of: Field, text: str) -> str:
    # One source lets several industries stand where the standard has one.
    several = of.many or of.name == "vic_ForcedLabourIndustry"
    closed = of.kind == "code" and not of.open
    pieces = (CODED if closed else LISTED).split(text) if several else [text]
    values = [_one(of, piece.strip()) for piece in pieces if piece.strip()]
    return BETWEEN.join(dict.fromkeys(values))


def _one(of: Field, text: str) -> str:
    if of.kind == "country":
        code = text.upper() if text.upper() in COUNTRIES else COUNTRY_OF.get(text.casefold(), "")
        if not code:
            raise NotAValue(_("This is not a two-letter country code of ISO 3166-1."))
        return code
    if (known := htcds.code(of, text)) is None:
        raise NotAValue(_("HTCDS 2.0 has no such code here."))
    return known


def _language(text: str) -> str:
    code = text.lower()
    if not re.fullmatch(r"[a-z]{2,3}", code):
        raise NotAValue(_("This is not a language code of ISO 639, with two or three letters."))
    return str(LANGUAGE_OF.get(code, code))


def _day(of: Field, text: str) -> date:
    try:
        if SERIAL.fullmatch(text):
            day = FIRST_SERIAL + timedelta(days=int(text))
        elif DAY.fullmatch(text):
            day = date.fromisoformat(text)
        else:
            raise NotAValue(_("Write a day as 2026-03-31."))
        return (
            check_birth_date(day)
            if of.goes == "born_on"
            else check_day(day, ahead=of.name in AHEAD)
        )
    except CannotBe as exc:
        raise NotAValue(str(exc)) from None
    except NotAValue:
        raise
    except ValueError:
        raise NotAValue(_("There is no such day.")) from None


def _number(text: str) -> str:
    if not re.fullmatch(r"[0-9]{1,3}", text) or int(text) > MOST:
        raise NotAValue(_("A whole number from 0 to %(most)s is expected.") % {"most": MOST})
    return str(int(text))


def _truth(text: str) -> str:
    if text.lower() not in TRUTHS:
        raise NotAValue(_("Write true or false."))
    return TRUTHS[text.lower()]


def _name(text: str) -> str:
    try:
        return check_name(text)
    except NotAName as exc:
        raise NotAValue(str(exc)) from None
