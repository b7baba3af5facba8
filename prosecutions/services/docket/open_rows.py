"""The proceedings of a docket, with what a row of it needs of them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Case,
    DateField,
    DateTimeField,
    Exists,
    F,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, JSONObject
from django.utils import timezone

from places.days import day_there
from prosecutions.enums import NoNextDate, Standing, TakingPart
from prosecutions.models import (
    Charge,
    ComplaintSuspect,
    Hearing,
    Participation,
    Prosecution,
    Suspect,
)
from prosecutions.services.docket.asking import Asked, Group, Only
from victims.enums import RANGES, AgeBand

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

    from accounts.models import User
    from core.access import ScopedQuerySet
    from prosecutions.querysets import ProsecutionQuerySet
    from prosecutions.waiting import HearingQuerySet

WEEK = timedelta(days=7)
OLDEST_CHILD = RANGES[AgeBand.TEENAGER][1]  # in months
LISTED = ("id", "listed_on", "listed_at", "purpose")


def on_docket(user: User, asked: Asked) -> ScopedQuerySet:
    """The proceedings, each with its `group`, every listing to come and the last recorded one."""
    hearings = _hearings(user)
    to_come = hearings.to_come().order_by("listed_on", "listed_at", "pk")
    last = hearings.recorded().order_by("-listed_on", "-created_at")
    return (
        asked.narrow(told_apart(user, {Only.CHILD, *asked.only}))
        .select_related("case", "court", "jurisdiction")
        .annotate(
            to_come=ArraySubquery(_listed(to_come)),
            last=Subquery(_listed(last)[:1]),
            due=Subquery(to_come.values("listed_on")[:1]),
            reason=Subquery(last.with_reason().values("reason")[:1]),
            today=_today(),
        )
        .annotate(group=_group())
        .order_by("due", "filed_on", "pk")
    )


def _today() -> Cast:
    """The day by the clock of the court."""
    return day_there(Value(timezone.now(), output_field=DateTimeField()))


def _group() -> Case:
    """By the day of the earliest hearing without a result; without one by the reason that holds."""
    soon = Cast(F("today") + Value(WEEK), DateField())
    rules = [
        (Q(due__isnull=True, reason=NoNextDate.RESERVED), Group.WAITING),
        (Q(due__isnull=True, sentence_of__isnull=False), Group.WAITING),
        (Q(due__isnull=True), Group.NO_DATE),
        (Q(due__lt=F("today")), Group.OVERDUE),
        (Q(due__lte=soon), Group.SOON),
    ]
    steps = [When(so, then=Value(group.value)) for so, group in rules]
    return Case(*steps, default=Value(Group.LATER.value))


def left_behind(user: User, asked: Asked) -> ScopedQuerySet:
    """Proceedings with charges that sleep, or are transferred and nobody knows where they went.

    Whatever else is open in them.
    """
    rows = Prosecution.objects.visible_to(user).with_asleep().with_handed_over()
    rows = rows.filter(Q(asleep_since__isnull=False) | Q(handed_over_since__isnull=False))
    return (
        asked.narrow(_told_apart(rows, user, asked.only))
        .select_related("case", "court", "jurisdiction")
        .order_by("asleep_since", "handed_over_since", "pk")
    )


def told_apart(user: User, flags: Collection[str]) -> ScopedQuerySet:
    """Proceedings on the docket with what they are filtered by: the stage, child, held, large.

    No more than is asked for: each flag is looked up for every proceeding there is.
    """
    return _told_apart(Prosecution.objects.visible_to(user).on_docket(), user, flags)


def _told_apart(rows: ProsecutionQuerySet, user: User, flags: Collection[str]) -> ScopedQuerySet:
    known = {
        Only.CHILD: Exists(_children(user)),
        Only.HELD: _accused(user, Standing.HELD),
        Only.LARGE: _accused(user, Standing.LARGE),
    }
    chosen = {flag.value: how for flag, how in known.items() if flag in flags}
    return rows.with_stage().annotate(**chosen)


def heard_in(rows: ScopedQuerySet, user: User, days: tuple[date, date]) -> ScopedQuerySet:
    """Of these proceedings, those with a listing to come between two days."""
    return rows.filter(Exists(_hearings(user).to_come().filter(listed_on__range=days)))


def _hearings(user: User) -> HearingQuerySet:
    return Hearing.objects.visible_to(user).filter(prosecution=OuterRef("pk"))


def _accused(user: User, standing: str) -> Q:
    """Whether one of the accused stands so: of the charges, or of the complaint it rests on."""
    accused = Suspect.objects.visible_to(user).filter(pk=OuterRef("suspect")).with_standing()
    so = Exists(accused.filter(standing=standing))
    charged = Charge.objects.visible_to(user).filter(so, prosecution=OuterRef("pk"))
    named = ComplaintSuspect.objects.visible_to(user).filter(so, complaint=OuterRef("complaint"))
    return Exists(charged) | Exists(named)


def _children(user: User) -> QuerySet[Participation]:
    """Survivors below 18 who take part, in this proceeding or whatever becomes of the case.

    Who declined later takes no part any more.
    """
    parts = Participation.objects.visible_to(user)
    later = parts.filter(
        involvement=OuterRef("involvement"),
        kind=TakingPart.DECLINED,
        happened_on__gte=OuterRef("happened_on"),
    )
    return parts.exclude(kind=TakingPart.DECLINED).filter(
        Q(prosecution=OuterRef("pk")) | Q(prosecution__isnull=True, case=OuterRef("case")),
        ~Exists(later),
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
    found: dict[UUID, list[str]] = {}
    for of, who in pairs:
        if who in stand:
            found.setdefault(of, []).append(stand[who])
    return found


def _listed(hearings: HearingQuerySet) -> Any:
    return hearings.values(found=JSONObject(**{name: name for name in LISTED}))
