"""Rows of the docket that are proceedings: read for a page of them, and put into words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from accounts.permissions import Perm
from core.shortcuts.together import read_together
from prosecutions.docket import others
from prosecutions.docket.asking import Group
from prosecutions.docket.other_rows import asked_for
from prosecutions.docket.sentences import with_sentence
from prosecutions.docket.words import (
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
from prosecutions.enums import Disposition, HearingPurpose, MeasureAnswer, NoNextDate
from prosecutions.models import Hearing, Prosecution
from prosecutions.stages import StageTable

if TYPE_CHECKING:
    from uuid import UUID

    from accounts.models import User
    from prosecutions.court_querysets import HearingQuerySet
    from prosecutions.docket.open_rows import Left, Open
    from prosecutions.docket.proceedings import Proceedings
    from prosecutions.models import Custody

    Row = dict[str, Any]

MOST_AWAITED = 2
LISTED = ("id", "listed_on", "listed_at", "purpose")


class Rows:
    """Puts proceedings into words, with what is known of all of them together."""

    def __init__(self, user: User, proceedings: list[UUID], known: Proceedings) -> None:
        self.user, self.known = user, known
        self.rows = _rows(user, proceedings)
        cases = list({row.case_id for row in self.rows.values()})
        self.stand = known.stand([*proceedings, *known.asked_all])
        answers = others.protection(user).filter(case__any_of=cases)
        limits = others.limits_near(user).filter(case__any_of=cases)
        waiting = others.unanswered_requests(user).filter(case__any_of=cases)
        read_together(answers, limits, waiting)
        self.protected: dict[Any, set[str]] = {}  # empty where no answer came yet
        for case, answer in answers:
            self.protected.setdefault(case, set()).add(answer)
        self.limits: dict[Any, Custody] = {}
        for row in limits:
            self.limits.setdefault(row.case_id, row)  # the nearest stands first
        self.awaited: dict[Any, list[str]] = {}
        for request in waiting:
            of = request.prosecution_id or request.case_id
            self.awaited.setdefault(of, []).append(asked_for(request))

    def proceeding(self, of: Open) -> Row | None:
        """Nothing where it went while it was read."""
        row = self.rows.get(of.pk)
        if row is None:
            return None
        today, group = row.jurisdiction.today, self.known.groups[of.pk]
        dates = [self._date(row, listed, today) for listed in row.to_come]
        first: Row = dates[0] if dates else NOTHING
        awaited = [*self.awaited.get(row.pk, ()), *self.awaited.get(row.case_id, ())]
        line = self._of(row, of) | {
            "group": group,
            **first,
            "dates": dates,
            "more": len(dates) - 1 if dates else 0,
            "away": in_days(first["day"], today) if first["day"] else _why_none(row, of, today),
            "late": group in (Group.OVERDUE, Group.NO_DATE),
            "child": of.child,
            "awaited": awaited[:MOST_AWAITED],
            "awaited_more": max(0, len(awaited) - MOST_AWAITED),
            "ready": self._ready(row, of, first, awaited),
            "do": self._to_do(row, first),
        }
        return with_sentence(row, of.sentence_of, line, self.user) if of.sentence_of else line

    def left_behind(self, of: Left) -> Row | None:
        """A proceeding with charges that sleep or went elsewhere, and for how long."""
        row = self.rows.get(of.pk)
        if row is None:
            return None
        awaited = _("Taking up again") if of.asleep else _("The court it went to")
        return self._of(row, of) | {
            "group": Group.ASLEEP,
            "since": of.since,
            "purpose": Disposition(of.ended_as).label,
            "awaited": [awaited],
            "away": for_days(of.since, row.jurisdiction.today),
            "ready": Ready("info", _("Paused") if of.asleep else _("Transferred")),
            "do": self._take_up(row) if of.asleep else self._follow(row),
        }

    def _of(self, row: Prosecution, of: Open | Left) -> Row:
        return about("prosecutions", row, "court") | {
            **EMPTY,
            "prosecution": row.pk,
            "court": row.court.name if row.court else str(row.jurisdiction),
            "docket": row.docket,
            "stage": StageTable.of(row).words_of(of.stage) if of.stage else "",
            "accused": accused_in_words(self.stand.get(row.pk, ())),
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

    def _ready(self, row: Prosecution, of: Open, first: Row, awaited: list[str]) -> Ready:
        """Whether the next hearing can go ahead, the gravest first."""
        group = self.known.groups[of.pk]
        if group == Group.OVERDUE:
            return Ready("danger", _("Result missing"))
        if group == Group.NO_DATE:
            return Ready("danger", _("Ask the court"))
        if group == Group.WAITING:
            return Ready("info", _("Waits"))
        answers = self.protected.get(row.case_id, set())
        limit = self.limits.get(row.case_id)
        if limit and limit.charge_by:
            return Ready("warn", limit_in_words(limit.charge_by - row.jurisdiction.today))
        if "" in answers:
            return Ready("warn", _("Protection not decided"))
        heard = of.child and first.get("purpose_code") in HearingPurpose.OF_WITNESSES
        if heard and MeasureAnswer.GRANTED not in answers:
            return Ready("warn", _("Protection?"))
        return Ready("warn", _("Answer missing")) if awaited else Ready("ok", _("Ready"))


def _why_none(row: Any, of: Open, today: date) -> str:
    """The reason that holds, and how long ago the court last saw it."""
    if row.last is None:
        return str(_("Never listed"))
    words = str(NoNextDate(of.reason).label) if of.reason else str(_("Nobody said why"))
    return f"{words}, {in_days(date.fromisoformat(row.last['listed_on']), today)}"


def _rows(user: User, proceedings: list[UUID]) -> dict[UUID, Any]:
    """These, each with every listing `to_come` and the `last` that is recorded."""
    hearings = Hearing.objects.visible_to(user).filter(prosecution=OuterRef("pk"))
    to_come = hearings.to_come().order_by("listed_on", "listed_at", "pk")
    last = hearings.recorded().order_by("-listed_on", "-created_at")
    rows = Prosecution.objects.visible_to(user).filter(pk__any_of=proceedings)
    rows = rows.select_related("case", "court", "jurisdiction").annotate(
        to_come=ArraySubquery(_listed(to_come)), last=Subquery(_listed(last)[:1])
    )
    return {row.pk: row for row in rows}


def _listed(hearings: HearingQuerySet) -> Any:
    return hearings.values(found=JSONObject(**{name: name for name in LISTED}))
