"""How long somebody may be held without a court, and without a charge, where the law is known.

The limits are those of the day on which the custody or the arrest began (`prosecutions/laws.py`).
While the offence is not known, the limit that is for every offence counts. That of no country holds
for whoever is only presumed to be held, where no law of the country is on record.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from prosecutions.enums import LawKind
from prosecutions.laws import Limit, in_force
from prosecutions.limitation import FROM_MEMORY

if TYPE_CHECKING:
    from datetime import date

    from casework.models import Case
    from places.models import Jurisdiction
    from prosecutions.models import Arrest, Custody, Provision

COURT, CHARGE = LawKind.COURT.value, LawKind.CHARGE.value
ANY_COUNTRY = ""
DAY = timedelta(days=1)
ASKED_AFTER = timedelta(days=14)  # how long somebody is held before an unknown limit is asked for


def limit_of(kind: str, country: str, law: Provision | None, day: date) -> Limit | None:
    """The limit of this kind for an offence, as of a day; nothing where none is known."""
    return next((limit for limit in in_force(kind, country, day) if limit.fits(law)), None)


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
    law = law_of_arrest(arrest.place.country, arrest.arrested_on)
    hours = timedelta(hours=law.amount or 0)
    begins = held_from(arrest.place, arrest.arrested_on, arrest.arrested_at)
    latest = begins if arrest.arrested_at else begins + DAY
    return begins + hours if latest + hours > moment else None


def law_of_arrest(country: str, day: date) -> Limit:
    """The limit that holds while the offence is not known; of no country, where none is known."""
    countries = (country, ANY_COUNTRY)
    return next(law for code in countries if (law := limit_of(COURT, code, None, day)))


def law_of_clock(country: str, until: datetime) -> Limit:
    """By which somebody may be held until then: that of the day on which these hours began."""
    law = law_of_arrest(country, until.date())
    return law_of_arrest(country, (until - timedelta(hours=law.amount or 0)).date())


def derived(
    case: Case, law: Provision | None, since: date, since_at: time | None
) -> tuple[datetime | None, date | None]:
    """Until when before a court, and until when charged, as the law says."""
    country = country_of(case, law)
    court, charge = (limit_of(kind, country, law, since) for kind in (COURT, CHARGE))
    begins = held_from(case.jurisdiction, since, since_at)
    return (
        begins + timedelta(hours=court.amount or 0) if court else None,
        since + timedelta(days=charge.amount or 0) if charge else None,
    )


def law_behind(row: Custody, kind: str) -> Limit | None:
    """The limit a custody stands under by law; nothing where somebody said otherwise."""
    if row.limit_reason:
        return None
    return limit_of(kind, country_of(row.case, row.provision), row.provision, row.since)


def source_of(row: Custody, kind: str) -> str:
    """In words: the law a limit rests on, or why another one holds."""
    law = law_behind(row, kind)
    return in_words(law) if law else str(row.get_limit_reason_display())


def source_of_arrest(country: str, day: date) -> str:
    """In words: the law by which whoever was arrested that day comes before a court."""
    return in_words(law_of_arrest(country, day))


def source_of_clock(country: str, until: datetime) -> str:
    return in_words(law_of_clock(country, until))


def in_words(law: Limit) -> str:
    return law.source if law.verified else f"{law.source} ({FROM_MEMORY})"
