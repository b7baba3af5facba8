"""What is on a docket: every open proceeding, and those left behind, each once.

Of all of them stands here no more than their group, their order and the filters ask: read in one
statement each, which is put into words once for a kind of reader. What a row shows is read for a
page of them (`rows.py`).
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, Subquery

from core.shortcuts.statements import KeptStatement
from prosecutions.docket.asking import Group
from prosecutions.enums import Disposition, NoNextDate, TakingPart
from prosecutions.models import (
    Charge,
    ChargeDecision,
    ComplaintSuspect,
    Hearing,
    Participation,
    Prosecution,
    Suspect,
)
from victims.enums import RANGES, AgeBand

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

    from accounts.models import User
    from core.access import ScopedQuerySet
    from prosecutions.court_querysets import HearingQuerySet
    from prosecutions.querysets import ProsecutionQuerySet

WEEK = timedelta(days=7)
OLDEST_CHILD = RANGES[AgeBand.TEENAGER][1]  # in months
FACTS = ("pk", "case", "court", "court__name", "stage", "child")
ZONE = "jurisdiction__time_zone"
kept = KeptStatement()


class Open(NamedTuple):
    """A proceeding on the docket; `zone`: by whose clock it is today in its court."""

    pk: UUID
    case: UUID
    court: UUID | None
    court_name: str | None
    stage: str | None
    child: bool
    zone: str
    due: date | None  # of the earliest hearing without a result
    reason: str | None  # why no next date is listed
    sentence_of: UUID | None

    def group(self, today: date) -> Group:
        """By the day of the earliest hearing; without one by the reason that holds."""
        if self.due is None:
            waits = self.reason == NoNextDate.RESERVED or self.sentence_of
            return Group.WAITING if waits else Group.NO_DATE
        if self.due < today:
            return Group.OVERDUE
        return Group.SOON if self.due <= today + WEEK else Group.LATER


class Left(NamedTuple):
    """A proceeding with charges that sleep, or are transferred and nobody knows where they went.

    Whatever else is open in it.
    """

    pk: UUID
    case: UUID
    court: UUID | None
    court_name: str | None
    stage: str | None
    child: bool
    since: date
    ended_as: str
    asleep: bool  # else transferred


def open_rows(user: User) -> list[Open]:
    """In their order: by the day of the earliest listing, then by the age of the proceeding."""
    return [Open(*row) for row in kept.rows("open", _open, user)]


def left_rows(user: User) -> list[Left]:
    """Those asleep first, each the longest first."""
    return [_as_left(row) for row in kept.rows("left", _left, user)]


def _as_left(row: tuple[Any, ...]) -> Left:
    *facts, slept, slept_as, went, went_as = row
    since, ended_as = (went, went_as) if slept is None else (slept, slept_as)
    return Left._make((*facts, since, ended_as, slept is not None))


def _open(user: User) -> QuerySet[Prosecution, object]:
    rows = on_docket(Prosecution.objects.visible_to(user), Hearing.objects.visible_to(user))
    columns = (*FACTS, ZONE, "due", "reason", "sentence_of")
    return _told_apart(rows, user).order_by("due", "filed_on", "pk").values_list(*columns)


def on_docket(rows: ProsecutionQuerySet, hearings: HearingQuerySet) -> ProsecutionQuerySet:
    """Those on the docket, each with the day that is `due`, or the `reason` why none is listed."""
    hearings = hearings.filter(prosecution=OuterRef("pk"))
    last = hearings.recorded().order_by("-listed_on", "-created_at")
    return rows.on_docket().annotate(
        due=Subquery(hearings.to_come().order_by("listed_on").values("listed_on")[:1]),
        reason=Subquery(last.with_reason().values("reason")[:1]),
    )


def _left(user: User) -> QuerySet[Prosecution, object]:
    since = ("asleep_since", "asleep_as", "handed_over_since", "handed_over_as")
    order = ("asleep_since", "handed_over_since", "pk")
    rows = left_behind(Prosecution.objects.visible_to(user))
    return _told_apart(rows, user).order_by(*order).values_list(*FACTS, *since)


def left_behind(rows: ProsecutionQuerySet) -> ProsecutionQuerySet:
    """Those with charges that sleep or went elsewhere: since when, and how they ended."""
    aside = [*Disposition.ASLEEP, Disposition.TRANSFERRED]
    ends = ChargeDecision.objects.filter(disposition__in=aside, case=OuterRef("case"))
    # Asked first, as it costs little: what was decided last is looked up for few.
    rows = rows.filter(Exists(ends)).with_asleep().with_handed_over()
    return rows.filter(Q(asleep_since__isnull=False) | Q(handed_over_since__isnull=False))


def _told_apart(rows: ProsecutionQuerySet, user: User) -> ScopedQuerySet:
    """With what they are filtered by: their stage, and whether a child takes part."""
    parts = Participation.objects.visible_to(user)
    return rows.with_stage().annotate(child=Exists(children(parts)))


def children(parts: ScopedQuerySet) -> ScopedQuerySet:
    """Of these, the survivors below 18 who take part, in this proceeding or whatever becomes of
    the case.

    Who declined later takes no part any more.
    """
    later = parts.filter(
        involvement=OuterRef("involvement"),
        kind=TakingPart.DECLINED,
        happened_on__gte=OuterRef("happened_on"),
    )
    return parts.exclude(kind=TakingPart.DECLINED).filter(
        Q(prosecution=OuterRef("pk")) | Q(prosecution__isnull=True),
        ~Exists(later),
        case=OuterRef("case"),
        involvement__victim__age_max_months__lte=OLDEST_CHILD,
    )


def standings(proceedings: list[UUID], user: User) -> dict[UUID, list[str]]:
    """How the accused of each proceeding stand: those charged in it, or named in its complaint."""
    charged = Charge.objects.visible_to(user).filter(prosecution__any_of=proceedings)
    named = ComplaintSuspect.objects.visible_to(user).filter(
        complaint__prosecutions__any_of=proceedings
    )
    pairs = set(
        charged.values_list("prosecution", "suspect").union(
            named.values_list("complaint__prosecutions", "suspect")
        )
    )
    people = Suspect.objects.visible_to(user).filter(pk__any_of=[who for _of, who in pairs])
    stand = dict(people.with_standing().values_list("pk", "standing"))
    by_proceeding: dict[UUID, list[str]] = {}
    for of, who in pairs:
        if who in stand:
            by_proceeding.setdefault(of, []).append(stand[who])
    return by_proceeding
