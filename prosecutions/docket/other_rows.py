"""Rows of the docket beside the proceedings: limits that run, and what is awaited of others."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.permissions import Perm
from prosecutions.docket.asking import Group
from prosecutions.docket.words import (
    EMPTY,
    NO_TIME,
    Ready,
    about,
    accused_in_words,
    address,
    for_days,
    in_days,
    in_hours,
    limit_in_words,
    may,
)
from prosecutions.enums import Standing
from prosecutions.limits import CHARGE, COURT, source_of, source_of_clock

if TYPE_CHECKING:
    from datetime import date, datetime

    from accounts.models import User
    from prosecutions.models import AssistanceRequest, Custody, CustodyClock

    Row = dict[str, Any]


def held(_user: User, row: Custody) -> Row:
    """A suspect in custody whose last day for a charge is near."""
    today = row.case.jurisdiction.today
    day = row.charge_by or today  # rows are asked for by it
    words = _("Charge of %(code)s, in custody for %(days)s days")
    purpose = words % {"code": row.suspect.code, "days": (today - row.since).days}
    limit = _limited(row, purpose, day, "", source_of(row, CHARGE))
    return (
        _of_custody(row, Group.CUSTODY)
        | limit
        | {"ready": Ready("warn", limit_in_words(day - today))}
    )


def without_limit(user: User, row: Custody) -> Row:
    """A suspect who has been in custody for some time, and nobody has said until when at most."""
    today = row.case.jurisdiction.today
    mend = {"label": _("Record the limit"), "url": address("correct-custody", row.pk)}
    return _of_custody(row, Group.CUSTODY) | {
        "since": row.since,
        "purpose": _("%(code)s: latest day?") % {"code": row.suspect.code},
        "away": for_days(row.since, today),
        "ready": Ready("warn", _("no limit known")),
        "do": mend | {"records": False} if may(user, row, Perm.CUSTODY_RECORD) else None,
    }


def unseen(_user: User, row: Custody) -> Row:
    """A suspect in custody whom no court has seen yet."""
    purpose = _("%(code)s before a court") % {"code": row.suspect.code}
    by = row.court_by or timezone.now()  # rows are asked for by it
    return _of_custody(row, Group.COURT) | _before_a_court(row, purpose, by, source_of(row, COURT))


def presumed(_user: User, row: CustodyClock) -> Row:
    """Somebody of a case who was arrested, and is presumed to be held. Nothing says who."""
    source = source_of_clock(row.country, row.court_by)
    return about("custody-clocks", row, "suspects") | {
        **EMPTY,
        "group": Group.COURT,
        "who": _("Somebody"),
        "court": str(row.case.jurisdiction),
        "accused": _("presumed in custody"),
        **_before_a_court(row, _("Somebody arrested, before a court"), row.court_by, source),
    }


def _before_a_court(row: Custody | CustodyClock, purpose: str, by: datetime, source: str) -> Row:
    """How many hours are left until somebody must be before a court.

    What ends with a day, as where nobody knows the hour it began, is said of that day.
    """
    until, left = row.case.jurisdiction.clock(by), by - timezone.now()
    today, late = row.case.jurisdiction.today, left <= NO_TIME
    if until.time() == time.min:
        day = until.date() - timedelta(days=1)
        limit = _limited(row, purpose, day, "", source)
        return limit | {"ready": Ready("danger", limit_in_words(day - today)), "late": late}
    away, words = in_hours(left, until.date(), today)
    limit = _limited(row, purpose, until.date(), f"{until:%H:%M}", source)
    return limit | {"away": away, "ready": Ready("danger", words), "late": late}


def _limited(row: Custody | CustodyClock, purpose: str, day: date, hour: str, source: str) -> Row:
    """A limit that runs, with the law it rests on, or why it is another."""
    listed = {"hearing": None, "day": day, "hour": hour, "purpose": purpose, "record_url": ""}
    return {
        **listed,
        "dates": [listed],
        "away": in_days(day, row.case.jurisdiction.today),
        "stage": source,
    }


def _of_custody(row: Custody, group: Group) -> Row:
    return about("custodies", row, "suspects") | {
        **EMPTY,
        "group": group,
        "who": row.suspect.code,
        "court": str(row.case.jurisdiction),
        "accused": accused_in_words([Standing.HELD]),
    }


def asked_for(row: AssistanceRequest) -> str:
    """“Report of a laboratory (asked 3 times)”."""
    if not row.reminders:
        return row.get_kind_display()
    times = ngettext("asked %(n)s time", "asked %(n)s times", row.reminders + 1)
    return f"{row.get_kind_display()} ({times % {'n': row.reminders + 1}})"


def request_row(_user: User, row: AssistanceRequest) -> Row:
    """A request that waits for an answer, or for the rest of it."""
    words = [row.get_kind_display()]
    if row.answer:
        words.append(_("given in part"))
    if row.reminders:
        phrase = ngettext("%(n)s reminder", "%(n)s reminders", row.reminders)
        words.append(phrase % {"n": row.reminders})
    made = _waiting("assistance-requests", row, row.asked_on, _("Request"), ", ".join(words))
    return made | {"prosecution": row.prosecution_id}


def unreported(_user: User, row: Any) -> Row:
    """A complaint of which the police have said nothing."""
    number = _("Complaint %(number)s") % {"number": row.number}
    return _waiting("complaints", row, row.open_since, number, _("Report of the police"))


def _waiting(noun: str, row: AssistanceRequest, since: date, purpose: str, awaited: str) -> Row:
    return about(noun, row, "court") | {
        **EMPTY,
        "group": Group.WAITING,
        "since": since,
        "away": for_days(since, row.case.jurisdiction.today),
        "court": row.agency.name if row.agency else str(row.jurisdiction),
        "purpose": purpose,
        "awaited": [awaited],
        "ready": Ready("info", _("Waits")),
    }
