"""How long somebody may be held without a court, and without a charge: data, where it is known.

`data/custody.json`: the limits of each country, the longest first; the last one of its kind is for
every other offence, and counts while the offence is not known. `for`: punishable with life, with
no less than so many years (`least`), or with more than so many (`above`). `verified` false: from
memory, to be checked before use.
"""

from __future__ import annotations

import json
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from prosecutions.limitation import DATA

if TYPE_CHECKING:
    from datetime import date

    from prosecutions.models import Custody, Provision

LIMITS: list[dict[str, Any]] = json.loads((DATA / "custody.json").read_text(encoding="utf-8"))
COURT, CHARGE = "court", "charge"
ASKED_AFTER = timedelta(days=14)  # how long somebody is held before an unknown limit is asked for
FROM_MEMORY = _("from memory, to be checked")


def limit_of(kind: str, country: str, law: Provision | None) -> dict[str, Any] | None:
    """The limit of this kind for an offence; nothing where none is known."""
    for limit in LIMITS:
        if (limit["limit"], limit["country"]) == (kind, country) and _fits(limit["for"], law):
            return limit
    return None


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


def country_of(case: Any, law: Provision | None) -> str:
    """Whose limits run: of the country of the offence named, else of the case."""
    country: str = (law or case).jurisdiction.country
    return country


def held_from(case: Any, since: date, since_at: time | None) -> datetime:
    """When the hours begin. Without an hour that is known: with the day."""
    zone = ZoneInfo(case.jurisdiction.time_zone)
    return datetime.combine(since, since_at or time.min, zone)


def derived(
    case: Any, law: Provision | None, since: date, since_at: time | None
) -> tuple[datetime | None, date | None]:
    """Until when before a court, and until when charged, as the law says."""
    country = country_of(case, law)
    court, charge = limit_of(COURT, country, law), limit_of(CHARGE, country, law)
    begins = held_from(case, since, since_at)
    return (
        begins + timedelta(hours=court["hours"]) if court else None,
        since + timedelta(days=charge["days"]) if charge else None,
    )


def law_behind(row: Custody, kind: str) -> dict[str, Any] | None:
    """The limit a custody stands under by law; nothing where somebody said otherwise."""
    if row.limit_reason:
        return None
    return limit_of(kind, country_of(row.case, row.provision), row.provision)


def source_of(row: Custody, kind: str) -> str:
    """In words: the law a limit rests on, or why another one holds."""
    law = law_behind(row, kind)
    if law is None:
        return str(row.get_limit_reason_display())
    source: str = law["source"]
    return source if law["verified"] else f"{source} ({FROM_MEMORY})"
