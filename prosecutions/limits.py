"""How long somebody may be held without a court, and without a charge: data, where it is known.

`data/custody.json`: the limits of each country, the longest first; the last one of its kind is for
every other offence, and counts while the offence is not known. `for`: punishable with life, with
no less than so many years (`least`), or with more than so many (`above`). `verified` false: from
memory, to be checked before use. The limit of no country holds for whoever is only presumed to be
held, where no law of the country is on record.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from prosecutions.limitation import DATA, FROM_MEMORY

if TYPE_CHECKING:
    from datetime import date

    from casework.models import Case
    from places.models import Jurisdiction
    from prosecutions.models import Arrest, Custody, Provision

LIMITS: list[dict[str, Any]] = json.loads((DATA / "custody.json").read_text(encoding="utf-8"))
COURT, CHARGE = "court", "charge"
ANY_COUNTRY = ""
DAY = timedelta(days=1)
ASKED_AFTER = timedelta(days=14)  # how long somebody is held before an unknown limit is asked for


def limit_of(kind: str, country: str, law: Provision | None) -> dict[str, Any] | None:
    """The limit of this kind for an offence; nothing where none is known."""
    for limit in LIMITS:
        if (limit["limit"], limit["country"]) == (kind, country) and _fits(limit["for"], law):
            return limit
    return None


def kinds_known(country: str) -> set[str]:
    """Which limits of this country are on record."""
    return {limit["limit"] for limit in LIMITS if limit["country"] == country}


def _fits(gravity: dict[str, Any] | None, law: Provision | None) -> bool:
    if gravity is None:
        return True
    if law is None:
        return False
    least, above = gravity.get("least"), gravity.get("above")
    return (
        bool(gravity.get("life") and law.life_possible)
        or bool(least and law.min_years is not None and law.min_years >= least)
        or bool(above and law.max_years is not None and law.max_years > above)
    )


def country_of(case: Case, law: Provision | None) -> str:
    """Whose limits run: of the country of the offence named, else of the case."""
    country: str = (law or case).jurisdiction.country
    return country


def held_from(place: Jurisdiction, since: date, since_at: time | None) -> datetime:
    """When the hours begin. Without an hour that is known: with the day."""
    begins = datetime.combine(since, since_at or time.min, ZoneInfo(place.time_zone))
    return begins.astimezone(UTC)  # so that hours are counted, and not the hands of a clock


def presumed_until(arrest: Arrest, moment: datetime) -> datetime | None:
    """Until when whoever was arrested may be held without a court, the offence not being known.

    Nothing where that had passed when it was told; with an unknown hour, passed for certain.
    """
    hours = timedelta(hours=law_of_arrest(arrest.place.country)["hours"])
    begins = held_from(arrest.place, arrest.arrested_on, arrest.arrested_at)
    latest = begins if arrest.arrested_at else begins + DAY
    return begins + hours if latest + hours > moment else None


def law_of_arrest(country: str) -> dict[str, Any]:
    """The limit that holds while the offence is not known; of no country, where none is known."""
    countries = (country, ANY_COUNTRY)
    return next(law for code in countries if (law := limit_of(COURT, code, None)))


def derived(
    case: Case, law: Provision | None, since: date, since_at: time | None
) -> tuple[datetime | None, date | None]:
    """Until when before a court, and until when charged, as the law says."""
    country = country_of(case, law)
    court, charge = limit_of(COURT, country, law), limit_of(CHARGE, country, law)
    begins = held_from(case.jurisdiction, since, since_at)
    return (
        begins + timedelta(hours=court["hours"]) if court else None,
        since + timedelta(days=charge["days"]) if charge else None,
    )


def law_behind(row: Custody, kind: str) -> dict[str, object] | None:
    """The limit a custody stands under by law; nothing where somebody said otherwise."""
    if row.limit_reason:
        return None
    return limit_of(kind, country_of(row.case, row.provision), row.provision)


def source_of(row: Custody, kind: str) -> str:
    """In words: the law a limit rests on, or why another one holds."""
    law = law_behind(row, kind)
    return in_words(law) if law else str(row.get_limit_reason_display())


def source_of_arrest(country: str) -> str:
    """In words: the law by which whoever was arrested comes before a court."""
    return in_words(law_of_arrest(country))


def in_words(law: dict[str, Any]) -> str:
    source: str = law["source"]
    return source if law["verified"] else f"{source} ({FROM_MEMORY})"
