"""What every row of the docket begins with, and how days, limits and people are said in it."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework import case_pages
from core.access import CONTENT
from core.addresses import of_row
from prosecutions.enums import Standing

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from uuid import UUID

    from accounts.models import User
    from accounts.permissions import Perm
    from prosecutions.models import Custody, Prosecution

    Row = dict[str, Any]


NO_TIME, HOUR, COUNTED_IN_HOURS = timedelta(0), timedelta(hours=1), timedelta(hours=48)


class Ready(NamedTuple):
    """What still stands in the way of the next hearing."""

    tone: str
    words: str


NOTHING: Row = {"hearing": None, "day": None, "hour": "", "purpose": "", "record_url": ""}
EMPTY: Row = NOTHING | {
    "prosecution": None,
    "dates": [],
    "more": 0,
    "late": False,
    "docket": "",
    "stage": "",
    "child": False,
    "accused": "",
    "awaited": [],
    "awaited_more": 0,
    "do": None,
}


def about(noun: str, row: Any, part: str) -> Row:
    """Which record a row is of, by the noun of the API, and where its case is opened."""
    url = case_pages.address(row.case.pk, part)
    case = {"case": row.case.pk, "reference": row.case.reference, "case_url": url}
    return {"noun": noun, "id": row.pk} | case


def may(user: User, row: Custody | Prosecution, permission: Perm) -> bool:
    return bool(user.has_perm(permission)) and user.scope.reaches(row.case, CONTENT)


def address(name: str, pk: UUID) -> str:
    return of_row(f"prosecutions:{name}", pk)


def accused_in_words(standings: Collection[str]) -> str:
    """“2 in custody, 1 on bail”."""
    counted = Counter(standings)
    return ", ".join(f"{counted[kind]} {kind.label}" for kind in Standing if counted[kind])


def in_days(day: date, today: date) -> str:
    """“3 days ago”, “today”, “in 4 days”."""
    days = (day - today).days
    if days == 0:
        return str(_("today"))
    words = (
        ngettext("in %(n)s day", "in %(n)s days", days)
        if days > 0
        else ngettext("%(n)s day ago", "%(n)s days ago", -days)
    )
    return words % {"n": abs(days)}


def for_days(since: date, today: date) -> str:
    """“for 34 days”."""
    days = (today - since).days
    return ngettext("for %(n)s day", "for %(n)s days", days) % {"n": days}


def in_hours(left: timedelta, day: date, today: date) -> tuple[str, str]:
    """How far a moment is, and how much is left of a limit that ends then: both in hours up to two
    days, both in days beyond. One never says otherwise than the other."""
    if abs(left) > COUNTED_IN_HOURS:
        return in_days(day, today), limit_in_words(day - today)
    hours = int(abs(left) / HOUR)
    if left <= NO_TIME:
        words = ngettext("%(n)s hour ago", "%(n)s hours ago", hours) % {"n": hours}
        return words if hours else str(_("less than an hour ago")), str(_("Limit passed"))
    if not hours:
        return str(_("in less than an hour")), str(_("Less than an hour to limit"))
    away = ngettext("in %(n)s hour", "in %(n)s hours", hours)
    limit = ngettext("%(n)s hour to limit", "%(n)s hours to limit", hours)
    return away % {"n": hours}, limit % {"n": hours}


def limit_in_words(left: timedelta) -> str:
    if left.days <= 0:
        return str(_("Limit passed") if left.days else _("Last day today"))
    return ngettext("%(n)s day to limit", "%(n)s days to limit", left.days) % {"n": left.days}
