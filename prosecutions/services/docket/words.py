"""What every row of the docket begins with, and how days, limits and people are said in it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.access import CONTENT
from prosecutions.enums import Standing

if TYPE_CHECKING:
    from datetime import date, timedelta

    from accounts.permissions import Perm

    Row = dict[str, Any]


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
    url = f"{row.case.get_absolute_url()}#{part}"
    case = {"case": row.case.pk, "reference": row.case.reference, "case_url": url}
    return {"noun": noun, "id": row.pk} | case


def may(user: Any, row: Any, permission: Perm) -> bool:
    return bool(user.has_perm(permission)) and user.scope.reaches(row.case, CONTENT)


def address(name: str, pk: Any) -> str:
    return reverse(f"prosecutions:{name}", args=[pk])


def accused_in_words(standings: Any) -> str:
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


def limit_in_words(left: timedelta) -> str:
    if left.days <= 0:
        return str(_("Limit passed") if left.days else _("Last day today"))
    return ngettext("%(n)s day to limit", "%(n)s days to limit", left.days) % {"n": left.days}
