"""Rows of the docket that are proceedings, in words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from accounts.permissions import Perm
from prosecutions.enums import Disposition, HearingPurpose, MeasureAnswer, NoNextDate
from prosecutions.services.docket import others
from prosecutions.services.docket.asking import Group
from prosecutions.services.docket.open_rows import standings
from prosecutions.services.docket.other_rows import asked_for
from prosecutions.services.docket.sentences import with_sentence
from prosecutions.services.docket.words import (
    EMPTY,
    NOTHING,
    Ready,
    about,
    accused_in_words,
    address,
    for_days,
    in_days,
    limit_in_words,
    may,
)
from prosecutions.stages import StageTable

if TYPE_CHECKING:
    from accounts.models import User
    from prosecutions.models import Custody, Prosecution

    Row = dict[str, Any]

MOST_AWAITED = 2


class Rows:
    """Puts proceedings into words, with what is known of all of them together: four queries."""

    def __init__(self, user: User, found: list[Prosecution]) -> None:
        cases = list({row.case_id for row in found})
        self.user = user
        self.stand = standings(list({row.pk for row in found}), user)
        self.protected = others.protection(cases, user)
        self.limits: dict[Any, Custody] = {}
        for row in others.limits_near(user).filter(case__any_of=cases):
            self.limits.setdefault(row.case_id, row)  # the nearest stands first
        self.awaited: dict[Any, list[str]] = {}
        for request in others.waiting(user).filter(case__any_of=cases):
            of = request.prosecution_id or request.case_id
            self.awaited.setdefault(of, []).append(asked_for(request))

    def proceeding(self, row: Any) -> Row:
        today = row.jurisdiction.today
        dates = [self._date(row, listed, today) for listed in row.to_come]
        first: Row = dates[0] if dates else NOTHING
        awaited = [*self.awaited.get(row.pk, ()), *self.awaited.get(row.case_id, ())]
        shown = self._of(row) | {
            "group": Group(row.group),
            **first,
            "dates": dates,
            "more": len(dates) - 1 if dates else 0,
            "away": in_days(first["day"], today) if first["day"] else _why_none(row, today),
            "late": row.group in (Group.OVERDUE, Group.NO_DATE),
            "child": row.child,
            "accused": accused_in_words(self.stand.get(row.pk, ())),
            "awaited": awaited[:MOST_AWAITED],
            "awaited_more": max(0, len(awaited) - MOST_AWAITED),
            "ready": self._ready(row, first, awaited),
            "do": self._to_do(row, first),
        }
        return with_sentence(row, shown, self.user) if row.sentence_of else shown

    def left_behind(self, row: Any) -> Row:
        """A proceeding with charges that sleep or went elsewhere, and for how long."""
        asleep = row.asleep_since is not None
        since = row.asleep_since if asleep else row.handed_over_since
        awaited = _("Taking up again") if asleep else _("The court it went to")
        return self._of(row) | {
            "group": Group.ASLEEP,
            "since": since,
            "purpose": Disposition(row.asleep_as if asleep else row.handed_over_as).label,
            "accused": accused_in_words(self.stand.get(row.pk, ())),
            "awaited": [awaited],
            "away": for_days(since, row.jurisdiction.today),
            "ready": Ready("info", _("Sleeps") if asleep else _("Transferred")),
            "do": self._take_up(row) if asleep else self._follow(row),
        }

    def _of(self, row: Any) -> Row:
        return about("prosecutions", row, "court") | {
            **EMPTY,
            "prosecution": row.pk,
            "court": row.court.name if row.court else row.jurisdiction.name,
            "docket": row.docket,
            "stage": StageTable.of(row).words_of(row.stage) if row.stage else "",
        }

    def _date(self, row: Prosecution, listed: dict[str, Any], today: date) -> Row:
        day = date.fromisoformat(listed["listed_on"])
        due = day <= today and may(self.user, row, Perm.HEARING_RECORD)
        return {
            "hearing": listed["id"],
            "day": day,
            "hour": (listed["listed_at"] or "")[:5],
            "purpose": HearingPurpose(listed["purpose"]).label,
            "purpose_code": listed["purpose"],
            "record_url": f"{address('record-hearing', listed['id'])}?docket" if due else "",
        }

    def _to_do(self, row: Prosecution, first: Row) -> Row | None:
        """The one button of the row."""
        if first["record_url"]:
            return {"label": _("Record result"), "url": first["record_url"], "records": True}
        if not first["day"] and may(self.user, row, Perm.HEARING_LIST):
            url = f"{address('list-hearing', row.pk)}?docket"
            return {"label": _("List a hearing"), "url": url, "records": False}
        return None

    def _take_up(self, row: Prosecution) -> Row | None:
        if not may(self.user, row, Perm.CHARGE_CHANGE):
            return None
        url = address("revive-charges", row.pk)
        return {"label": _("Take up again"), "url": url, "records": False}

    def _follow(self, row: Prosecution) -> Row | None:
        """Where it went is a proceeding of its own."""
        if not may(self.user, row, Perm.PROSECUTION_OPEN):
            return None
        url = address("open-prosecution", row.case_id)
        return {"label": _("Record where it went"), "url": url, "records": False}

    def _ready(self, row: Any, first: Row, awaited: list[str]) -> Ready:
        """Whether the next hearing can go ahead, the gravest first."""
        if row.group == Group.OVERDUE:
            return Ready("danger", _("Result missing"))
        if row.group == Group.NO_DATE:
            return Ready("danger", _("Ask the court"))
        if row.group == Group.WAITING:
            return Ready("info", _("Waits"))
        answers = self.protected.get(row.case_id, set())
        limit = self.limits.get(row.case_id)
        if limit and limit.charge_by:
            return Ready("warn", limit_in_words(limit.charge_by - row.jurisdiction.today))
        if "" in answers:
            return Ready("warn", _("Protection not decided"))
        heard = row.child and first.get("purpose_code") in HearingPurpose.OF_WITNESSES
        if heard and MeasureAnswer.GRANTED not in answers:
            return Ready("warn", _("Protection?"))
        return Ready("warn", _("Answer missing")) if awaited else Ready("ok", _("Ready"))


def _why_none(row: Any, today: date) -> str:
    """The reason that holds, and how long ago the court last saw it."""
    if row.last is None:
        return str(_("Never listed"))
    words = str(NoNextDate(row.reason).label) if row.reason else str(_("Nobody said why"))
    return f"{words}, {in_days(date.fromisoformat(row.last['listed_on']), today)}"
