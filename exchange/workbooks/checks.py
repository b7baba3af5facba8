"""What a value must be beyond what its field says: the rules by which it is typed in elsewhere.

Each takes the text or value of a cell and gives it back, or raises `ValueError` with words.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from core.days.moments import check_birth_date, check_day
from core.names import check_name
from core.services import Refused
from places.adding import check_vacations
from places.countries import COUNTRIES
from places.court_days import Vacation

if TYPE_CHECKING:
    from collections.abc import Callable


def _birth_date(text: str) -> str:
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(_("Write a day like 2009-03-31.")) from None
    return check_birth_date(day).isoformat()


def _country(text: str) -> str:
    if text not in COUNTRIES:
        raise ValueError(_("No country has this code."))
    return text


def _currency(text: str) -> str:
    if not re.fullmatch("[A-Z]{3}", text):
        raise ValueError(_("Write a currency in three letters, such as INR."))
    return text


def _vacations(kept: Any) -> Any:
    try:
        check_vacations(Vacation.read(vacation) for vacation in kept)
    except Refused as refusal:
        raise ValueError(str(refusal)) from None
    except (AttributeError, KeyError, TypeError, ValueError):
        words = _("Write a list of days without court, each with starts_on, ends_on and occasion.")
        raise ValueError(words) from None
    return kept


CURRENCIES: tuple[str, ...] = (
    *("casework.OnlineIncident.currency", "prosecutions.Sentence.currency"),
    *("prosecutions.Custody.bail_currency", "aftercare.CompensationClaim.currency"),
)
COUNTRIES_OF: tuple[str, ...] = (
    "victims.Victim.nationality",
    "prosecutions.Perpetrator.nationality",
)
COUNTRIES_OF += ("casework.OnlineIncident.customer_country",)
NAMES: tuple[str, ...] = ("victims.Identity.full_name", "victims.Identity.latin_name")
NAMES += ("prosecutions.Perpetrator.name", "prosecutions.Alias.name")
# By field: the rule, and in words what it takes.
CHECKS: dict[str, tuple[Callable[[Any], Any], str]] = {
    **dict.fromkeys(NAMES, (check_name, "name")),
    **dict.fromkeys(COUNTRIES_OF, (_country, "country in two letters (ISO 3166-1)")),
    **dict.fromkeys(CURRENCIES, (_currency, "currency in three letters (ISO 4217)")),
    "victims.Identity.born_on": (_birth_date, "day, such as 2009-03-31, kept encrypted"),
    "places.Agency.vacations": (_vacations, "days without court, as JSON"),
    "casework.Case.opened_on": (check_day, "day, such as 2026-03-31"),
}
