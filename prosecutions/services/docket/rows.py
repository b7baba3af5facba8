"""Rows of the docket: proceedings in words, and what else runs or is awaited."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.permissions import Perm
from core.access import CONTENT
from prosecutions.enums import HearingPurpose, MeasureAnswer, NoNextDate, Standing
from prosecutions.limits import CHARGE, COURT, source_of
from prosecutions.services.docket.asking import Group
from prosecutions.stages import StageTable

if TYPE_CHECKING:
    from prosecutions.models import AssistanceRequest, Custody, Prosecution

    Row = dict[str, Any]

WEEK, HOUR = 7, timedelta(hours=1)
OF_WITNESSES = (HearingPurpose.WITNESS, HearingPurpose.EVIDENCE)
MOST_AWAITED = 2


class Ready(NamedTuple):
    """What still stands in the way of the next hearing."""

    tone: str
    words: str


class Rows:
    """Puts proceedings into words, with what was found about all of them beforehand."""

    def __init__(
        self,
        user: Any,
        stand: dict[Any, list[str]],
        limits: list[Custody],
        requests: list[AssistanceRequest],
        protected: dict[Any, set[str]],
    ) -> None:
        self.user, self.stand, self.protected = user, stand, protected
        self.limits: dict[Any, Custody] = {}
        for row in limits:
            self.limits.setdefault(row.case_id, row)  # the nearest stands first
        self.awaited: dict[Any, list[str]] = {}
        for request in requests:
            of = request.prosecution_id or request.case_id
            self.awaited.setdefault(of, []).append(_asked_for(request))

    def proceeding(self, row: Any) -> Row:
        today = row.jurisdiction.today
        dates = [self._date(row, listed, today) for listed in row.to_come]
        first: Row = dates[0] if dates else _NOTHING
        reason = "" if first["day"] else (row.last or {}).get("no_next_date", "")
        group = _group_of(first["day"], reason, today)
        awaited = [*self.awaited.get(row.pk, ()), *self.awaited.get(row.case_id, ())]
        return _about(row.case, row.case.get_absolute_url() + "#court") | {
            "group": group,
            "prosecution": row.pk,
            **first,
            "dates": dates,
            "more": len(dates) - 1 if dates else 0,
            "away": in_days(first["day"], today) if first["day"] else _why_none(row.last, today),
            "late": group in (Group.OVERDUE, Group.NO_DATE),
            "court": row.court.name if row.court else row.jurisdiction.name,
            "docket": row.docket,
            "stage": StageTable.of(row).words_of(row.stage) if row.stage else "",
            "child": row.child,
            "accused": accused_in_words(self.stand.get(row.pk, ())),
            "awaited": awaited[:MOST_AWAITED],
            "awaited_more": max(0, len(awaited) - MOST_AWAITED),
            "ready": self._ready(row, group, first, awaited),
            "do": self._to_do(row, first),
        }

    def sleeping(self, row: Any) -> Row:
        """A proceeding with archived charges, and for how long they have slept."""
        slept = (row.jurisdiction.today - row.asleep_since).days
        revive = {"label": _("Take up again"), "url": _url("revive-charges", row.pk)}
        return _about(row.case, row.case.get_absolute_url() + "#court") | {
            **_EMPTY,
            "group": Group.ASLEEP,
            "since": row.asleep_since,
            "purpose": _("Archived"),
            "awaited": [_("Taking up again")],
            "prosecution": row.pk,
            "away": ngettext("for %(n)s day", "for %(n)s days", slept) % {"n": slept},
            "court": row.court.name if row.court else row.jurisdiction.name,
            "docket": row.docket,
            "stage": StageTable.of(row).words_of(row.stage) if row.stage else "",
            "ready": Ready("info", _("Sleeps")),
            "do": revive | {"records": False} if self._may(row, Perm.CHARGE_CHANGE) else None,
        }

    def _date(self, row: Prosecution, listed: dict[str, Any], today: date) -> Row:
        day = date.fromisoformat(listed["listed_on"])
        due = day <= today and self._may(row, Perm.HEARING_RECORD)
        return {
            "hearing": listed["id"],
            "day": day,
            "hour": (listed["listed_at"] or "")[:5],
            "purpose": HearingPurpose(listed["purpose"]).label,
            "purpose_code": listed["purpose"],
            "record_url": f"{_url('record-hearing', listed['id'])}?docket" if due else "",
        }

    def _to_do(self, row: Prosecution, first: Row) -> Row | None:
        """The one button of the row."""
        if first["record_url"]:
            return {"label": _("Record result"), "url": first["record_url"], "records": True}
        if not first["day"] and self._may(row, Perm.HEARING_LIST):
            url = f"{_url('list-hearing', row.pk)}?docket"
            return {"label": _("List a hearing"), "url": url, "records": False}
        return None

    def _ready(self, row: Any, group: str, first: Row, awaited: list[str]) -> Ready:
        """Whether the next hearing can go ahead, the gravest first."""
        if group == Group.OVERDUE:
            return Ready("danger", _("Result missing"))
        if group == Group.NO_DATE:
            return Ready("danger", _("Ask the court"))
        if group == Group.WAITING:
            return Ready("info", _("Waits"))
        answers = self.protected.get(row.case_id, set())
        limit = self.limits.get(row.case_id)
        if limit and limit.charge_by:
            return Ready("warn", _limit_in_words(limit.charge_by - row.jurisdiction.today))
        if "" in answers:
            return Ready("warn", _("Protection not decided"))
        heard = row.child and first.get("purpose_code") in OF_WITNESSES
        if heard and MeasureAnswer.GRANTED not in answers:
            return Ready("warn", _("Protection?"))
        return Ready("warn", _("Answer missing")) if awaited else Ready("ok", _("Ready"))

    def _may(self, row: Prosecution, permission: str) -> bool:
        may: bool = self.user.has_perm(permission)
        return may and self.user.scope.reaches(row.case, CONTENT)


def held(row: Custody) -> Row:
    """A suspect in custody whose last day for a charge is near."""
    today = row.case.jurisdiction.today
    day = row.charge_by or today  # rows are asked for by it
    words = _("Charge of %(code)s, in custody for %(days)s days")
    purpose = words % {"code": row.suspect.code, "days": (today - row.since).days}
    return _limited(row, Group.CUSTODY, purpose, day, "", _limit_in_words(day - today))


def unseen(row: Custody) -> Row:
    """A suspect in custody whom no court has seen yet."""
    by = row.court_by or timezone.now()  # rows are asked for by it
    until = row.case.jurisdiction.clock(by)
    purpose = _("%(code)s before a court") % {"code": row.suspect.code}
    hours = int((by - timezone.now()) / HOUR)
    words = (
        ngettext("%(n)s hour to limit", "%(n)s hours to limit", hours) % {"n": hours}
        if hours > 0
        else str(_("Limit passed"))
    )
    made = _limited(row, Group.COURT, purpose, until.date(), f"{until:%H:%M}", words)
    return made | {"late": hours <= 0}


def _limited(row: Custody, group: Group, purpose: str, day: date, hour: str, left: str) -> Row:
    """A limit that runs, with the law it rests on, or why it is another."""
    listed = {"hearing": None, "day": day, "hour": hour, "purpose": purpose, "record_url": ""}
    return _about(row.case, f"{row.case.get_absolute_url()}#suspects") | {
        **_EMPTY,
        **listed,
        "dates": [listed],
        "group": group,
        "who": row.suspect.code,
        "away": in_days(day, row.case.jurisdiction.today),
        "court": row.case.jurisdiction.name,
        "stage": source_of(row, COURT if group == Group.COURT else CHARGE),
        "accused": accused_in_words([Standing.HELD]),
        "ready": Ready("danger" if group == Group.COURT else "warn", left),
    }


def _asked_for(row: AssistanceRequest) -> str:
    """“Report of a laboratory (asked 3 times)”."""
    if not row.reminders:
        return row.get_kind_display()
    times = ngettext("asked %(n)s time", "asked %(n)s times", row.reminders + 1)
    return f"{row.get_kind_display()} ({times % {'n': row.reminders + 1}})"


def asked(row: AssistanceRequest) -> Row:
    """A request nobody has answered."""
    words = [row.get_kind_display()]
    if row.reminders:
        said = ngettext("%(n)s reminder", "%(n)s reminders", row.reminders)
        words.append(said % {"n": row.reminders})
    return _waiting(row, row.asked_on, _("Request"), ", ".join(words)) | {
        "prosecution": row.prosecution_id,
        "kind": row.kind,
        "kind_label": row.get_kind_display(),
    }


def unreported(row: Any) -> Row:
    """A complaint of which the police have said nothing."""
    words = _("Report of the police")
    return _waiting(
        row, row.open_since, _("Complaint %(number)s") % {"number": row.number}, words
    ) | {
        "kind": "police",
        "kind_label": words,
    }


def _waiting(row: Any, since: date, purpose: str, awaited: str) -> Row:
    days = (row.case.jurisdiction.today - since).days
    said = ngettext("for %(n)s day", "for %(n)s days", days) % {"n": days}
    return _about(row.case, f"{row.case.get_absolute_url()}#court") | {
        **_EMPTY,
        "group": Group.WAITING,
        "since": since,
        "away": said,
        "court": row.agency.name if row.agency else row.jurisdiction.name,
        "purpose": purpose,
        "awaited": [awaited],
        "ready": Ready("info", _("Waits")),
    }


def _about(case: Any, url: str) -> Row:
    return {"case": case.pk, "reference": case.reference, "case_url": url}


_NOTHING: Row = {"hearing": None, "day": None, "hour": "", "purpose": "", "record_url": ""}
_EMPTY: Row = _NOTHING | {
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


def _group_of(due: date | None, reason: str, today: date) -> Group:
    """By the day of the earliest hearing without a result; without one by the reason for that."""
    if due is None:
        return Group.WAITING if reason == NoNextDate.RESERVED else Group.NO_DATE
    if due < today:
        return Group.OVERDUE
    return Group.SOON if (due - today).days <= WEEK else Group.LATER


def _why_none(last: dict[str, Any] | None, today: date) -> str:
    """The reason that was given, and how long ago the court last saw it."""
    if last is None:
        return str(_("Never listed"))
    said = NoNextDate.as_reason(last["no_next_date"])
    words = str(NoNextDate(said).label) if said else str(_("Nobody said why"))
    return f"{words}, {in_days(date.fromisoformat(last['listed_on']), today)}"


def _limit_in_words(left: timedelta) -> str:
    if left.days <= 0:
        return str(_("Limit passed") if left.days else _("Last day today"))
    return ngettext("%(n)s day to limit", "%(n)s days to limit", left.days) % {"n": left.days}


def _url(name: str, pk: Any) -> str:
    return reverse(f"prosecutions:{name}", args=[pk])
